// SPDX-License-Identifier: Apache-2.0
package chat.protocol.cbor;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;
import tools.jackson.dataformat.cbor.CBORGenerator;

/** How the value of a record's component is written and read. */
interface ValueType {
  void write(CBORGenerator out, Object value);

  Object read(CborReader in) throws MalformedException;

  /** The value of a component that an older peer does not send; null if there must be one. */
  default @Nullable Object absent() {
    return null;
  }

  static ValueType of(Type type) {
    return switch (type) {
      case Class<?> c when c == long.class || c == Long.class ->
          new Int(Long.MIN_VALUE, Long.MAX_VALUE);
      case Class<?> c when c == int.class -> new Int(Integer.MIN_VALUE, Integer.MAX_VALUE);
      case Class<?> c when c == boolean.class || c == Boolean.class -> new Bool();
      case Class<?> c when c == String.class -> new Text();
      case Class<?> c when c == byte[].class -> new Bytes();
      case Class<?> c when c == UUID.class -> new Id();
      case Class<?> c when c.isEnum() -> new Choice(c.getEnumConstants());
      case Class<?> c when c.isRecord() -> RecordType.of(c.asSubclass(Record.class));
      case Class<?> c when c.isSealed() -> new Variant(c.getPermittedSubclasses());
      case ParameterizedType p when p.getRawType() == List.class ->
          new Items(of(p.getActualTypeArguments()[0]));
      case ParameterizedType p when p.getRawType() == Optional.class ->
          new Maybe(of(p.getActualTypeArguments()[0]));
      default -> throw new IllegalArgumentException("no CBOR form for " + type);
    };
  }

  /** An integer; {@code int} and {@code long} alike. */
  record Int(long min, long max) implements ValueType {
    @Override
    public void write(CBORGenerator out, Object value) {
      out.writeNumber(((Number) value).longValue());
    }

    @Override
    public Object read(CborReader in) throws MalformedException {
      return narrow(in.integer(min, max));
    }

    @Override
    public Object absent() {
      return narrow(0);
    }

    private Object narrow(long value) {
      if (max == Integer.MAX_VALUE) {
        return (int) value;
      }
      return value;
    }
  }

  /** True or false. */
  record Bool() implements ValueType {
    @Override
    public void write(CBORGenerator out, Object value) {
      out.writeBoolean((boolean) value);
    }

    @Override
    public Object read(CborReader in) throws MalformedException {
      return in.bool();
    }

    @Override
    public Object absent() {
      return false;
    }
  }

  /** A text. */
  record Text() implements ValueType {
    @Override
    public void write(CBORGenerator out, Object value) {
      // Not writeString: it writes long texts in pieces of indefinite length.
      byte[] utf8 = ((String) value).getBytes(StandardCharsets.UTF_8);
      out.writeUTF8String(utf8, 0, utf8.length);
    }

    @Override
    public Object read(CborReader in) throws MalformedException {
      return in.text();
    }

    @Override
    public Object absent() {
      return "";
    }
  }

  /** Bytes. */
  record Bytes() implements ValueType {
    @Override
    public void write(CBORGenerator out, Object value) {
      out.writeBinary((byte[]) value);
    }

    @Override
    public Object read(CborReader in) throws MalformedException {
      return in.bytes();
    }

    @Override
    public Object absent() {
      return new byte[0];
    }
  }

  /** An id: 16 bytes. */
  record Id() implements ValueType {
    @Override
    public void write(CBORGenerator out, Object value) {
      UUID id = (UUID) value;
      out.writeBinary(
          ByteBuffer.allocate(16)
              .putLong(id.getMostSignificantBits())
              .putLong(id.getLeastSignificantBits())
              .array());
    }

    @Override
    public Object read(CborReader in) throws MalformedException {
      byte[] bytes = in.bytes();
      if (bytes.length != 16) {
        throw new MalformedException("an id has 16 bytes");
      }
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      return new UUID(buffer.getLong(), buffer.getLong());
    }
  }

  /** A value that may be left out. */
  record Maybe(ValueType type) implements ValueType {
    @Override
    public void write(CBORGenerator out, Object value) {
      type.write(out, ((Optional<?>) value).orElseThrow());
    }

    @Override
    public Object read(CborReader in) throws MalformedException {
      return Optional.of(type.read(in));
    }

    @Override
    public Object absent() {
      return Optional.empty();
    }
  }

  /** An enum constant, by its position; the first one if it is left out. */
  record Choice(Object[] constants) implements ValueType {
    @Override
    public void write(CBORGenerator out, Object value) {
      out.writeNumber(((Enum<?>) value).ordinal());
    }

    @Override
    public Object read(CborReader in) throws MalformedException {
      return constants[(int) in.integer(0, constants.length - 1)];
    }

    @Override
    public Object absent() {
      return constants[0];
    }
  }

  /** One of several records: an array of its position in the permits clause and the record. */
  record Variant(Class<?>[] classes, RecordType[] types) implements ValueType {
    Variant(Class<?>[] classes) {
      this(classes, new RecordType[classes.length]);
      for (int i = 0; i < classes.length; i++) {
        types[i] = RecordType.of(classes[i].asSubclass(Record.class));
      }
    }

    @Override
    public void write(CBORGenerator out, Object value) {
      int kind = List.of(classes).indexOf(value.getClass());
      out.writeStartArray(value, 2);
      out.writeNumber(kind);
      types[kind].write(out, value);
      out.writeEndArray();
    }

    @Override
    public Object read(CborReader in) throws MalformedException {
      in.expect(JsonToken.START_ARRAY);
      int kind = (int) in.integer(0, types.length - 1);
      Object value = types[kind].read(in);
      in.expect(JsonToken.END_ARRAY);
      return value;
    }
  }

  /** A list. */
  record Items(ValueType item) implements ValueType {
    @Override
    public void write(CBORGenerator out, Object value) {
      List<?> list = (List<?>) value;
      out.writeStartArray(value, list.size());
      for (Object element : list) {
        item.write(out, element);
      }
      out.writeEndArray();
    }

    @Override
    public Object read(CborReader in) throws MalformedException {
      in.expect(JsonToken.START_ARRAY);
      List<Object> list = new ArrayList<>();
      while (in.hasItem()) {
        list.add(item.read(in));
      }
      return list;
    }

    @Override
    public Object absent() {
      return List.of();
    }
  }
}
