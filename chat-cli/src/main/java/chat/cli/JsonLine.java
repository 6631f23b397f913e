package chat.cli;

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
          } else if (c <= Character.MAX_VALUE && Harmless.dangerous(c)) {
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
