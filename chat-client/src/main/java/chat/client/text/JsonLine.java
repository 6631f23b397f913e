// SPDX-License-Identifier: Apache-2.0
package chat.client.text;

import java.util.List;

/** Writes one JSON object on one line (RFC 8259), in the order of the calls. */
final class JsonLine {
  private final StringBuilder json = new StringBuilder("{");

  JsonLine put(String key, String value) {
    key(key);
    string(value);
    return this;
  }

  JsonLine put(String key, long value) {
    key(key);
    json.append(value);
    return this;
  }

  JsonLine put(String key, boolean value) {
    key(key);
    json.append(value);
    return this;
  }

  JsonLine put(String key, JsonLine value) {
    key(key);
    json.append(value);
    return this;
  }

  JsonLine put(String key, List<String> values) {
    key(key);
    json.append('[');
    for (int i = 0; i < values.size(); i++) {
      json.append(i == 0 ? "" : ",");
      string(values.get(i));
    }
    json.append(']');
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

  private void key(String key) {
    if (json.length() > 1) {
      json.append(',');
    }
    string(key);
    json.append(':');
  }

  private void string(String value) {
    json.append('"');
    // Half a surrogate pair is a code point of its own here, and escaped: UTF-8 has no room for it.
    value
        .codePoints()
        .forEach(c -> {
          if (c == '"' || c == '\\') {
            json.append('\\').appendCodePoint(c);
          } else if (c == '\n') {
            json.append("\\n");
          } else if (c == '\t') {
            json.append("\\t");
          } else if (c <= Character.MAX_VALUE && TerminalSanitizer.dangerous(c)) {
            json.append(String.format("\\u%04x", c));
          } else {
            json.appendCodePoint(c);
          }
        });
    json.append('"');
  }

  @Override
  public String toString() {
    return json + "}";
  }
}
