// SPDX-License-Identifier: Apache-2.0
package chat.protocol.tck;

import chat.protocol.Command;
import chat.protocol.Max;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
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
    for (int i = 0; i < components.length; i++) {
      arguments[i] = fitting(components[i], value(components[i].getGenericType()));
    }
    return make(type, arguments);
  }

  private static Object fitting(RecordComponent component, Object value) {
    Max max = component.getAnnotation(Max.class);
    return max == null ? value : fitting(value, max.value(), max.each());
  }

  private static Object fitting(Object value, int most, int each) {
    return switch (value) {
      case String text when text.getBytes(StandardCharsets.UTF_8).length > most -> "x".repeat(most);
      case byte[] bytes when bytes.length > most -> Arrays.copyOf(bytes, most);
      case Integer number when number > most -> most;
      case Optional<?> optional -> optional.map(inner -> fitting(inner, most, each));
      case List<?> list when each > 0 ->
          list.stream().limit(most).map(element -> fitting(element, each, 0)).toList();
      default -> value;
    };
  }

  /**
   * Every command with a maximum in it, once as large as it may be and then once for each maximum
   * with a little more.
   */
  public record Extremes(List<Command> allowed, List<Command> tooLarge) {}

  /** The commands at the maxima that their records declare, and beyond. */
  public Extremes extremes() {
    List<Command> allowed = new ArrayList<>();
    List<Command> tooLarge = new ArrayList<>();
    for (Class<?> type : records(Command.class).toList()) {
      RecordComponent[] components = type.getRecordComponents();
      Object[] largest = new Object[components.length];
      for (int i = 0; i < components.length; i++) {
        Max max = components[i].getAnnotation(Max.class);
        largest[i] =
            max == null
                ? fitting(components[i], value(components[i].getGenericType()))
                : sized(components[i].getGenericType(), max.value(), max.each());
      }
      allowed.add((Command) make(type, largest));
      for (int i = 0; i < components.length; i++) {
        Max max = components[i].getAnnotation(Max.class);
        if (max != null) {
          Object[] beyond = largest.clone();
          beyond[i] = sized(components[i].getGenericType(), max.value() + 1, max.each());
          tooLarge.add((Command) make(type, beyond));
        }
      }
    }
    return new Extremes(allowed, tooLarge);
  }

  private Object sized(Type type, int size, int each) {
    return switch (type) {
      case Class<?> c when c == String.class -> "x".repeat(size);
      case Class<?> c when c == byte[].class -> new byte[size];
      case Class<?> c when c == int.class -> size;
      case ParameterizedType list when list.getRawType() == List.class -> {
        Type element = list.getActualTypeArguments()[0];
        yield Collections.nCopies(size, each > 0 ? sized(element, each, 0) : value(element));
      }
      default -> throw new IllegalArgumentException("no maximum for " + type);
    };
  }

  private static Object make(Class<?> type, Object[] arguments) {
    Class<?>[] parameters =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
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
