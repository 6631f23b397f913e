// SPDX-License-Identifier: Apache-2.0
package chat.admin.client;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** A JSON object. What is not there reads as empty, so that servers may say more or less. */
public record Json(Map<String, Object> fields) {
  private static final Json NOTHING = new Json(Map.of());

  /**
   * Reads an object.
   *
   * @throws IOException if the text is none, or more
   */
  static Json of(String text) throws IOException {
    try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("the answer is no JSON object");
      }
      Json json = new Json(object(parser));
      if (parser.nextToken() != null) {
        throw new IOException("there is more than one JSON object");
      }
      return json;
    } catch (JacksonException e) {
      throw new IOException("the answer is no JSON: " + e.getOriginalMessage(), e);
    }
  }

  private static Map<String, Object> object(JsonParser parser) {
    Map<String, Object> fields = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      Object value = value(parser, parser.nextToken());
      if (value != null) {
        fields.put(name, value);
      }
    }
    return fields;
  }

  private static @Nullable Object value(JsonParser parser, @Nullable JsonToken token) {
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> {
        List<Object> list = new ArrayList<>();
        for (JsonToken next = parser.nextToken();
            next != null && next != JsonToken.END_ARRAY;
            next = parser.nextToken()) {
          Object element = value(parser, next);
          if (element != null) {
            list.add(element);
          }
        }
        yield list;
      }
      case VALUE_NUMBER_INT -> parser.getLongValue();
      case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_STRING -> parser.getString();
      case null, default -> null;
    };
  }

  /** The names of the fields, as they came. */
  public List<String> names() {
    return List.copyOf(fields.keySet());
  }

  public boolean has(String name) {
    return fields.containsKey(name);
  }

  /** A text; empty if there is none. */
  public String text(String name) {
    Object value = fields.get(name);
    return value == null ? "" : value.toString();
  }

  public OptionalLong number(String name) {
    return fields.get(name) instanceof Long number ? OptionalLong.of(number) : OptionalLong.empty();
  }

  /** A count; 0 if there is none. */
  public long count(String name) {
    return number(name).orElse(0);
  }

  /** An object; one without fields if there is none. */
  public Json object(String name) {
    return fields.get(name) instanceof Map<?, ?> map ? of(map) : NOTHING;
  }

  public Optional<Json> optional(String name) {
    return has(name) ? Optional.of(object(name)) : Optional.empty();
  }

  public List<Json> objects(String name) {
    List<Json> objects = new ArrayList<>();
    for (Object each : list(name)) {
      if (each instanceof Map<?, ?> map) {
        objects.add(of(map));
      }
    }
    return objects;
  }

  public List<String> texts(String name) {
    return list(name).stream().map(Object::toString).toList();
  }

  private List<?> list(String name) {
    return fields.get(name) instanceof List<?> list ? list : List.of();
  }

  private static Json of(Map<?, ?> map) {
    Map<String, Object> fields = new LinkedHashMap<>();
    map.forEach((name, value) -> fields.put(String.valueOf(name), value));
    return new Json(fields);
  }
}
