// SPDX-License-Identifier: Apache-2.0
package chat.admin.command;

import java.lang.reflect.RecordComponent;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The fields of a JSON object, in the order in which they are written. */
public final class Fields {
  private final Map<String, Object> fields = new LinkedHashMap<>();

  private Fields() {}

  public static Fields of(String name, Object value) {
    return new Fields().with(name, value);
  }

  /** Every component of a record, by its name. */
  public static Map<String, Object> of(Record value) {
    Fields fields = new Fields();
    for (RecordComponent component : value.getClass().getRecordComponents()) {
      try {
        fields.with(component.getName(), component.getAccessor().invoke(value));
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("can't read " + component, e);
      }
    }
    return fields.map();
  }

  /**
   * Adds a field.
   *
   * @param value text, a number, a boolean, a list of these or of maps, or a map
   */
  public Fields with(String name, Object value) {
    fields.put(name, value);
    return this;
  }

  /** Adds a field if there is a value. */
  public Fields with(String name, Optional<?> value) {
    value.ifPresent(there -> fields.put(name, there));
    return this;
  }

  public Map<String, Object> map() {
    return Collections.unmodifiableMap(fields);
  }
}
