// SPDX-License-Identifier: Apache-2.0
package chat.server.base;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The end of a stored form: components that a record got after the form was made. Each stands under
 * its position, unless it has its default value: zero, false, empty, or the first choice. So adding
 * a component needs no new form; an earlier build, which reads a stored form to its own end only,
 * does not see it, and a later one finds the default where nothing was written.
 *
 * <p>Components may be {@code boolean}, {@code int}, {@code long}, {@link String} or an enum; their
 * record must be public.
 */
public final class AddedComponents {
  private static final int MOST = 0xffff;

  private AddedComponents() {}

  /** Writes the components of a record from a position on. */
  public static void write(DataOutputStream out, Record value, int from) throws IOException {
    RecordComponent[] components = value.getClass().getRecordComponents();
    for (int i = from; i < components.length; i++) {
      Class<?> type = components[i].getType();
      Object component = get(components[i], value);
      if (!component.equals(byDefault(type))) {
        byte[] bytes = bytes(component);
        if (bytes.length > MOST) {
          throw new IllegalArgumentException(components[i] + " has more than " + MOST + " bytes");
        }
        out.writeByte(i);
        out.writeShort(bytes.length);
        out.write(bytes);
      }
    }
  }

  /**
   * Makes a record.
   *
   * @param in at its end, or where {@link #write} began
   * @param fixed the first components
   * @throws IOException if the bytes are none that were written here
   */
  public static <R extends Record> R read(DataInputStream in, Class<R> type, Object... fixed)
      throws IOException {
    RecordComponent[] components = type.getRecordComponents();
    Object[] values = Arrays.copyOf(fixed, components.length);
    for (int i = fixed.length; i < values.length; i++) {
      values[i] = byDefault(components[i].getType());
    }
    while (in.available() > 0) {
      int position = in.readUnsignedByte();
      byte[] bytes = new byte[in.readUnsignedShort()];
      in.readFully(bytes);
      if (position >= fixed.length && position < values.length) {
        values[position] = value(components[position].getType(), bytes);
      }
    }
    return make(type, values);
  }

  /** The components of a record, in their order. */
  public static List<Object> of(Record value) {
    return Arrays.stream(value.getClass().getRecordComponents())
        .map(component -> get(component, value))
        .toList();
  }

  private static Object byDefault(Class<?> type) {
    return switch (type) {
      case Class<?> c when c == boolean.class -> false;
      case Class<?> c when c == int.class -> 0;
      case Class<?> c when c == long.class -> 0L;
      case Class<?> c when c == String.class -> "";
      case Class<?> c when c.isEnum() -> c.getEnumConstants()[0];
      default -> throw new IllegalArgumentException("no stored form for " + type);
    };
  }

  private static byte[] bytes(Object value) {
    return switch (value) {
      case String text -> text.getBytes(StandardCharsets.UTF_8);
      case Boolean on -> number(on ? 1 : 0);
      case Enum<?> choice -> number(choice.ordinal());
      case Number number -> number(number.longValue());
      default -> throw new IllegalArgumentException("no stored form for " + value.getClass());
    };
  }

  private static byte[] number(long value) {
    return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
  }

  private static Object value(Class<?> type, byte[] bytes) throws IOException {
    if (type == String.class) {
      return new String(bytes, StandardCharsets.UTF_8);
    }
    if (bytes.length != Long.BYTES) {
      throw new IOException("a number of " + bytes.length + " bytes");
    }
    long number = ByteBuffer.wrap(bytes).getLong();
    return switch (type) {
      case Class<?> c when c == boolean.class -> number != 0;
      case Class<?> c when c == int.class -> (int) number;
      case Class<?> c when c.isEnum() -> choice(c.getEnumConstants(), number);
      default -> number;
    };
  }

  private static Object choice(Object[] choices, long position) throws IOException {
    if (position < 0 || position >= choices.length) {
      throw new IOException("there is no choice " + position);
    }
    return choices[(int) position];
  }

  private static Object get(RecordComponent component, Record value) {
    try {
      return MethodHandles.publicLookup().unreflect(component.getAccessor()).invoke(value);
    } catch (Throwable e) {
      throw new IllegalStateException("can't read " + component, e);
    }
  }

  private static <R extends Record> R make(Class<R> type, Object[] values) {
    Class<?>[] parameters =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      MethodHandle constructor =
          MethodHandles.publicLookup()
              .findConstructor(type, MethodType.methodType(void.class, parameters));
      return type.cast(constructor.invokeWithArguments(values));
    } catch (Throwable e) {
      throw new IllegalStateException("can't make " + type, e);
    }
  }
}
