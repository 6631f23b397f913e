// SPDX-License-Identifier: Apache-2.0
package chat.protocol.cbor;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.dataformat.cbor.CBORFactory;

/**
 * Reads the part of CBOR that the format uses, and nothing else: definite lengths, integer keys,
 * each key once, at most {@link #MAX_DEPTH} levels. For one body, by one thread.
 */
final class CborReader implements AutoCloseable {
  static final int MAX_DEPTH = 8;

  private static final int MAJOR_TYPE = 0xe0;
  private static final int UNSIGNED = 0x00;
  private static final int ADDITIONAL = 0x1f;
  private static final int INDEFINITE = 0x1f;

  private static final CBORFactory FACTORY =
      CBORFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
          .build();

  private final byte[] bytes;
  private final JsonParser parser;
  private @Nullable JsonToken peeked;

  CborReader(byte[] bytes) {
    this.bytes = bytes;
    this.parser = FACTORY.createParser(ObjectReadContext.empty(), bytes);
  }

  /** Begins a map, an array or a value. */
  JsonToken next() throws MalformedException {
    JsonToken ready = peeked;
    if (ready != null) {
      peeked = null;
      return ready;
    }
    JsonToken token = advance();
    if (token == null) {
      throw new MalformedException("ends too early");
    }
    if ((firstByte() & ADDITIONAL) == INDEFINITE
        && token != JsonToken.END_OBJECT
        && token != JsonToken.END_ARRAY) {
      throw new MalformedException("indefinite length");
    }
    return token;
  }

  void expect(JsonToken expected) throws MalformedException {
    require(next() == expected, "expected " + expected);
  }

  /** The next key of a map, or -1 at its end. */
  int key() throws MalformedException {
    JsonToken token = next();
    if (token == JsonToken.END_OBJECT) {
      return -1;
    }
    if (token != JsonToken.PROPERTY_NAME || (firstByte() & MAJOR_TYPE) != UNSIGNED) {
      throw new MalformedException("a key is not an unsigned integer");
    }
    try {
      return Integer.parseInt(parser.currentName());
    } catch (NumberFormatException e) {
      throw new MalformedException("a key is too large");
    }
  }

  /** Whether an array goes on; moves past its end otherwise. */
  boolean hasItem() throws MalformedException {
    peeked = next();
    if (peeked == JsonToken.END_ARRAY) {
      peeked = null;
      return false;
    }
    return true;
  }

  long integer(long min, long max) throws MalformedException {
    require(next() == JsonToken.VALUE_NUMBER_INT, "expected an integer");
    try {
      long value = parser.getLongValue();
      require(value >= min && value <= max, "an integer is out of range");
      return value;
    } catch (JacksonException e) {
      throw new MalformedException("an integer is out of range");
    }
  }

  boolean bool() throws MalformedException {
    JsonToken token = next();
    require(token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE, "expected a boolean");
    return token == JsonToken.VALUE_TRUE;
  }

  String text() throws MalformedException {
    require(next() == JsonToken.VALUE_STRING, "expected a text");
    try {
      String text = parser.getString();
      require(wellFormed(text), "a text is not valid UTF-8");
      return text;
    } catch (JacksonException e) {
      throw new MalformedException("a text is not valid UTF-8");
    }
  }

  byte[] bytes() throws MalformedException {
    require(next() == JsonToken.VALUE_EMBEDDED_OBJECT, "expected bytes");
    try {
      byte[] value = parser.getBinaryValue();
      require(value != null, "undefined is no value");
      return value;
    } catch (JacksonException e) {
      throw new MalformedException("bytes end too early");
    }
  }

  /** Passes over a value of whatever kind. */
  void skip() throws MalformedException {
    JsonToken token = next();
    int depth = 0;
    while (true) {
      if (token.isStructStart()) {
        depth++;
      } else if (token.isStructEnd()) {
        depth--;
      } else {
        finishToken();
      }
      if (depth == 0) {
        return;
      }
      token = next();
    }
  }

  /** Makes sure that nothing follows. */
  void end() throws MalformedException {
    require(advance() == null, "bytes behind the body");
  }

  @Override
  public void close() {
    parser.close();
  }

  private @Nullable JsonToken advance() throws MalformedException {
    try {
      return parser.nextToken();
    } catch (JacksonException e) {
      throw new MalformedException("no valid CBOR: " + e.getOriginalMessage());
    }
  }

  private void finishToken() throws MalformedException {
    try {
      parser.finishToken();
    } catch (JacksonException e) {
      throw new MalformedException("no valid CBOR: " + e.getOriginalMessage());
    }
  }

  private int firstByte() {
    int offset = (int) parser.currentTokenLocation().getByteOffset();
    return offset >= 0 && offset < bytes.length ? bytes[offset] : 0;
  }

  private static boolean wellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        return false;
      }
    }
    return true;
  }

  private static void require(boolean condition, String otherwise) throws MalformedException {
    if (!condition) {
      throw new MalformedException(otherwise);
    }
  }
}
