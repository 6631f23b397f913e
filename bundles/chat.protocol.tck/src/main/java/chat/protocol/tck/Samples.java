// SPDX-License-Identifier: Apache-2.0
package chat.protocol.tck;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Random messages of every kind, edge values included. The same generator gives the same ones. */
public final class Samples {
  private static final List<String> TEXTS =
      List.of(
          "",
          "hello",
          "你好，世界",
          "👩‍👩‍👧‍👦🎉",
          "line\nline\ttab",
          "\u0000",
          "مرحبا",
          "x".repeat(3000),
          "长".repeat(30_000));
  private static final long[] INTEGERS = {
    0, 1, -1, 23, 24, 255, 256, 65_535, 65_536, Integer.MAX_VALUE, Long.MAX_VALUE, Long.MIN_VALUE
  };

  private final RandomGenerator random;

  public Samples(RandomGenerator random) {
    this.random = random;
  }

  /** One message of each record below a sealed interface. */
  public <T> List<T> each(Class<T> sealed) {
    return records(sealed).map(type -> sealed.cast(value(type))).toList();
  }

  private static Stream<Class<?>> records(Class<?> type) {
    return type.isRecord()
        ? Stream.of(type)
        : Stream.of(type.getPermittedSubclasses()).flatMap(Samples::records);
  }

  private Object value(Type type) {
    return switch (type) {
      case Class<?> c when c == long.class || c == Long.class ->
          INTEGERS[random.nextInt(INTEGERS.length)];
      case Class<?> c when c == int.class -> (int) INTEGERS[random.nextInt(INTEGERS.length)];
      case Class<?> c when c == boolean.class || c == Boolean.class -> random.nextBoolean();
      case Class<?> c when c == String.class -> TEXTS.get(random.nextInt(TEXTS.size()));
      case Class<?> c when c == byte[].class -> bytes();
      case Class<?> c when c == UUID.class -> new UUID(random.nextLong(), random.nextLong());
      case Class<?> c when c.isEnum() ->
          c.getEnumConstants()[random.nextInt(c.getEnumConstants().length)];
      case Class<?> c when c.isRecord() -> make(c);
      case Class<?> c when c.isSealed() -> {
        List<Class<?>> choices = records(c).toList();
        yield make(choices.get(random.nextInt(choices.size())));
      }
      case ParameterizedType p when p.getRawType() == Optional.class ->
          random.nextBoolean()
              ? Optional.of(value(p.getActualTypeArguments()[0]))
              : Optional.empty();
      case ParameterizedType list -> {
        List<Object> items = new ArrayList<>();
        for (int n = random.nextInt(4); n > 0; n--) {
          items.add(value(list.getActualTypeArguments()[0]));
        }
        yield items;
      }
      default -> throw new IllegalArgumentException("no sample for " + type);
    };
  }

  private byte[] bytes() {
    byte[] bytes =
        new byte[random.nextInt(2) * random.nextInt(random.nextInt(4) == 0 ? 40_000 : 300)];
    random.nextBytes(bytes);
    return bytes;
  }

  private Object make(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    Object[] arguments = new Object[components.length];
    Class<?>[] parameters = new Class<?>[components.length];
    for (int i = 0; i < components.length; i++) {
      arguments[i] = value(components[i].getGenericType());
      parameters[i] = components[i].getType();
    }
    try {
      return type.getConstructor(parameters).newInstance(arguments);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("not a public record: " + type, e);
    }
  }

  /** Whether two messages are the same, arrays by their content. */
  public static boolean same(Object a, Object b) {
    if (a instanceof byte[] left && b instanceof byte[] right) {
      return Arrays.equals(left, right);
    }
    if (a instanceof List<?> left && b instanceof List<?> right) {
      return left.size() == right.size()
          && IntStream.range(0, left.size()).allMatch(i -> same(left.get(i), right.get(i)));
    }
    if (a instanceof Record && a.getClass() == b.getClass()) {
      for (RecordComponent component : a.getClass().getRecordComponents()) {
        try {
          if (!same(component.getAccessor().invoke(a), component.getAccessor().invoke(b))) {
            return false;
          }
        } catch (ReflectiveOperationException e) {
          throw new IllegalStateException(e);
        }
      }
      return true;
    }
    return Objects.equals(a, b);
  }
}
