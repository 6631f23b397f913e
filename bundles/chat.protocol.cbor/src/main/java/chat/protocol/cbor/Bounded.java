// SPDX-License-Identifier: Apache-2.0
package chat.protocol.cbor;

import chat.protocol.Max;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.dataformat.cbor.CBORGenerator;

/** A component that declares the most it may be: more of it is refused when it is read. */
record Bounded(String name, ValueType type, Max max) implements ValueType {
  @Override
  public void write(CBORGenerator out, Object value) {
    type.write(out, value);
  }

  @Override
  public Object read(CborReader in) throws MalformedException {
    Object value = type.read(in);
    require(size(value) <= max.value(), max.value());
    if (max.each() > 0) {
      for (Object element : (List<?>) value) {
        require(size(element) <= max.each(), max.each());
      }
    }
    return value;
  }

  private void require(boolean fits, int most) throws TooLargeException {
    if (!fits) {
      throw new TooLargeException(name + ": at most " + most);
    }
  }

  private static long size(Object value) {
    return switch (value) {
      case String text -> text.getBytes(StandardCharsets.UTF_8).length;
      case byte[] bytes -> bytes.length;
      case List<?> list -> list.size();
      case Number number -> number.longValue();
      case Optional<?> optional -> optional.map(Bounded::size).orElse(0L);
      default -> throw new IllegalArgumentException("no size of " + value.getClass());
    };
  }

  @Override
  public @Nullable Object absent() {
    return type.absent();
  }
}
