// SPDX-License-Identifier: Apache-2.0
package chat.protocol.cbor;

import chat.protocol.Keys;
import chat.protocol.Max;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;
import tools.jackson.dataformat.cbor.CBORGenerator;

/**
 * A record: a map from keys to the values of its components. A component's key is its position,
 * unless {@link Keys} says otherwise; an empty {@link Optional} is left out.
 */
final class RecordType implements ValueType {
  private static final ConcurrentMap<Class<?>, RecordType> KNOWN = new ConcurrentHashMap<>();

  /** A value in the map. */
  private record Field(int key, MethodHandle accessor, ValueType type) {}

  /** A component: one field, or those of a nested record, from one index on. */
  private record Component(int first, @Nullable RecordType nested) {}

  private final String name;
  private final MethodHandle constructor;
  private final Component[] components;

  /** In the order of the components. */
  private final List<Field> fields = new ArrayList<>();

  /** In the order in which they are written. */
  private final Field[] sorted;

  /** From a key to the index of its field. */
  private final int[] indexes;

  private RecordType(Class<? extends Record> type) {
    name = type.getSimpleName();
    RecordComponent[] declared = type.getRecordComponents();
    components = new Component[declared.length];
    try {
      constructor = constructor(type, declared);
      for (int i = 0; i < declared.length; i++) {
        components[i] = component(declared[i], i);
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("not a public record: " + type, e);
    }
    sorted = fields.stream().sorted(Comparator.comparingInt(Field::key)).toArray(Field[]::new);
    indexes = new int[sorted.length == 0 ? 0 : sorted[sorted.length - 1].key() + 1];
    Arrays.fill(indexes, -1);
    for (Field field : sorted) {
      if (indexes[field.key()] >= 0) {
        throw new IllegalArgumentException(type + " has two components with key " + field.key());
      }
      indexes[field.key()] = fields.indexOf(field);
    }
  }

  private static MethodHandle constructor(Class<?> type, RecordComponent[] declared)
      throws ReflectiveOperationException {
    Class<?>[] parameters =
        Arrays.stream(declared).map(RecordComponent::getType).toArray(Class<?>[]::new);
    return MethodHandles.publicLookup()
        .findConstructor(type, MethodType.methodType(void.class, parameters))
        .asSpreader(Object[].class, parameters.length)
        .asType(MethodType.methodType(Object.class, Object[].class));
  }

  private Component component(RecordComponent declared, int position)
      throws ReflectiveOperationException {
    Keys keys = declared.getAnnotation(Keys.class);
    MethodHandle accessor =
        MethodHandles.publicLookup()
            .unreflect(declared.getAccessor())
            .asType(MethodType.methodType(Object.class, Object.class));
    int first = fields.size();
    if (keys == null || keys.value().length == 1) {
      int key = keys == null ? position : keys.value()[0];
      fields.add(new Field(key, accessor, type(declared)));
      return new Component(first, null);
    }
    RecordType nested = of(declared.getType().asSubclass(Record.class));
    if (nested.fields.size() != keys.value().length) {
      throw new IllegalArgumentException(declared + " needs a key for each of its components");
    }
    for (int i = 0; i < keys.value().length; i++) {
      Field inner = nested.fields.get(i);
      MethodHandle path = MethodHandles.filterReturnValue(accessor, inner.accessor());
      fields.add(new Field(keys.value()[i], path, inner.type()));
    }
    return new Component(first, nested);
  }

  private static ValueType type(RecordComponent declared) {
    ValueType type = ValueType.of(declared.getGenericType());
    Max max = declared.getAnnotation(Max.class);
    return max == null ? type : new Bounded(declared.getName(), type, max);
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
    Object[] values = new Object[sorted.length];
    int count = 0;
    for (int i = 0; i < sorted.length; i++) {
      values[i] = get(sorted[i].accessor(), value);
      count += isLeftOut(values[i]) ? 0 : 1;
    }
    out.writeStartObject(value, count);
    for (int i = 0; i < sorted.length; i++) {
      if (!isLeftOut(values[i])) {
        out.writePropertyId(sorted[i].key());
        sorted[i].type().write(out, values[i]);
      }
    }
    out.writeEndObject();
  }

  private static boolean isLeftOut(Object value) {
    return value instanceof Optional<?> optional && optional.isEmpty();
  }

  @Override
  public Object read(CborReader in) throws MalformedException {
    in.expect(JsonToken.START_OBJECT);
    Object[] values = new Object[fields.size()];
    for (int key = in.key(); key >= 0; key = in.key()) {
      int index = key < indexes.length ? indexes[key] : -1;
      if (index >= 0) {
        values[index] = fields.get(index).type().read(in);
      } else {
        in.skip();
      }
    }
    for (int i = 0; i < values.length; i++) {
      if (values[i] == null) {
        values[i] = fields.get(i).type().absent();
      }
      if (values[i] == null) {
        throw new MalformedException(name + " lacks component " + fields.get(i).key());
      }
    }
    return create(values, 0);
  }

  /** Of the values of its fields, which begin at an index. */
  private Object create(Object[] values, int offset) {
    Object[] arguments = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      Component component = components[i];
      int first = offset + component.first();
      arguments[i] =
          component.nested() == null ? values[first] : component.nested().create(values, first);
    }
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
