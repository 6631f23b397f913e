// SPDX-License-Identifier: Apache-2.0
package chat.client.text;

import java.io.StringWriter;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.CharacterEscapes;
import tools.jackson.core.io.SerializedString;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/** Writes one JSON object on one line (RFC 8259), in the order of the calls. */
final class JsonLine {
  private static final JsonFactory FORMAT =
      JsonFactory.builder()
          .disable(JsonWriteFeature.ESCAPE_FORWARD_SLASHES)
          .characterEscapes(new Escapes())
          .build();

  private final StringWriter json = new StringWriter();
  private final JsonGenerator generator = FORMAT.createGenerator(ObjectWriteContext.empty(), json);

  JsonLine() {
    generator.writeStartObject();
  }

  JsonLine put(String key, String value) {
    generator.writeStringProperty(key, wellFormed(value));
    return this;
  }

  JsonLine put(String key, long value) {
    generator.writeNumberProperty(key, value);
    return this;
  }

  JsonLine put(String key, boolean value) {
    generator.writeBooleanProperty(key, value);
    return this;
  }

  /** An object with whatever {@code properties} puts into it. */
  JsonLine put(String key, Consumer<JsonLine> properties) {
    generator.writeObjectPropertyStart(key);
    properties.accept(this);
    generator.writeEndObject();
    return this;
  }

  JsonLine put(String key, List<String> values) {
    generator.writeArrayPropertyStart(wellFormed(key));
    values.forEach(value -> generator.writeString(wellFormed(value)));
    generator.writeEndArray();
    return this;
  }

  /** Leaves out what has its usual value. */
  JsonLine unlessEmpty(String key, String value) {
    return value.isEmpty() ? this : put(key, value);
  }

  JsonLine unlessZero(String key, long value) {
    return value == 0 ? this : put(key, value);
  }

  JsonLine ifSo(String key, boolean value) {
    return value ? put(key, true) : this;
  }

  /** The line; nothing can be put after that. */
  String end() {
    generator.writeEndObject();
    generator.close();
    return json.toString();
  }

  /** UTF-8 has no room for half a surrogate pair. */
  private static String wellFormed(String text) {
    return text.codePoints()
        .map(c -> Character.getType(c) == Character.SURROGATE ? '\ufffd' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /** What a terminal would obey is escaped, too, so that a line can be looked at as it is. */
  private static final class Escapes extends CharacterEscapes {
    private static final long serialVersionUID = 1;
    private final int[] ascii = standardAsciiEscapesForJSON();

    Escapes() {
      for (int c = 0; c < ascii.length; c++) {
        if (c != '\n' && c != '\t' && TerminalSanitizer.dangerous(c)) {
          ascii[c] = ESCAPE_CUSTOM;
        }
      }
    }

    @Override
    public int[] getEscapeCodesForAscii() {
      return ascii;
    }

    @Override
    public @Nullable SerializableString getEscapeSequence(int c) {
      // Halves of pairs come here one by one, and are well as they are.
      return !Character.isSurrogate((char) c) && TerminalSanitizer.dangerous(c)
          ? new SerializedString(String.format("\\u%04x", c))
          : null;
    }
  }
}
