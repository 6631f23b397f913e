// SPDX-License-Identifier: Apache-2.0
package chat.protocol.cbor;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import tools.jackson.core.JsonToken;
import tools.jackson.dataformat.cbor.CBORGenerator;

/** A record: a map from the position of a component to its value. */
final class RecordType implements ValueType {
  private static final ConcurrentMap<Class<?>, RecordType> KNOWN = new ConcurrentHashMap<>();

  private final String name;
  private final MethodHandle constructor;
  private final MethodHandle[] accessors;
  private final ValueType[] values;

  private RecordType(Class<? extends Record> type) {
    RecordComponent[] components = type.getRecordComponents();
    MethodHandles.Lookup lookup = MethodHandles.publicLookup();
    try {
      name = type.getSimpleName();
      Class<?>[] parameters =
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      constructor =
          lookup
              .findConstructor(type, MethodType.methodType(void.class, parameters))
              .asSpreader(Object[].class, components.length)
              .asType(MethodType.methodType(Object.class, Object[].class));
      accessors = new MethodHandle[components.length];
      values = new ValueType[components.length];
      for (int i = 0; i < components.length; i++) {
        accessors[i] =
            lookup
                .unreflect(components[i].getAccessor())
                .asType(MethodType.methodType(Object.class, Object.class));
        values[i] = ValueType.of(components[i].getGenericType());
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("not a public record: " + type, e);
    }
  }

  static RecordType of(Class<? extends Record> type) {
    RecordType known = KNOWN.get(type);
    if (known == null) {
      known = new RecordType(type);
      KNOWN.put(type, known);
    }
    return known;
  }

  @Override
  public void write(CBORGenerator out, Object value) {
    out.writeStartObject(value, values.length);
    for (int i = 0; i < values.length; i++) {
      out.writePropertyId(i);
      values[i].write(out, get(accessors[i], value));
    }
    out.writeEndObject();
  }

  @Override
  public Object read(CborReader in) throws MalformedException {
    in.expect(JsonToken.START_OBJECT);
    Object[] arguments = new Object[values.length];
    for (int key = in.key(); key >= 0; key = in.key()) {
      if (key < values.length) {
        arguments[key] = values[key].read(in);
      } else {
        in.skip();
      }
    }
    for (int i = 0; i < values.length; i++) {
      if (arguments[i] == null) {
        arguments[i] = values[i].absent();
      }
      if (arguments[i] == null) {
        throw new MalformedException(name + " lacks component " + i);
      }
    }
    return create(arguments);
  }

  private Object create(Object[] arguments) {
    try {
      return constructor.invokeExact(arguments);
    } catch (Throwable e) {
      throw new IllegalStateException("can't make " + name, e);
    }
  }

  private static Object get(MethodHandle accessor, Object value) {
    try {
      return accessor.invokeExact(value);
    } catch (Throwable e) {
      throw new IllegalStateException("can't read " + value.getClass(), e);
    }
  }
}
