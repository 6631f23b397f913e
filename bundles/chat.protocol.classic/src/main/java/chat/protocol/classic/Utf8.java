// SPDX-License-Identifier: Apache-2.0
package chat.protocol.classic;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;

/** Characters among bytes. A length in characters is one in Unicode code points. */
final class Utf8 {
  private Utf8() {}

  /** Where the two line feeds behind a header begin; -1 if they are not there. */
  static int separator(ByteBuffer bytes, int from, int to) {
    for (int at = from; at + 1 < to; at++) {
      if (bytes.get(at) == '\n' && bytes.get(at + 1) == '\n') {
        return at;
      }
    }
    return -1;
  }

  /** The bytes between two positions, which must be valid UTF-8. */
  static String decode(ByteBuffer bytes, int from, int to) throws CharacterCodingException {
    return StandardCharsets.UTF_8
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT)
        .decode(bytes.slice(from, to - from))
        .toString();
  }

  /** Whether bytes are valid UTF-8. */
  static boolean isValid(byte[] bytes) {
    try {
      decode(ByteBuffer.wrap(bytes), 0, bytes.length);
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /** The position behind so many characters; -1 if not all of them are there. */
  static int end(ByteBuffer bytes, int from, long characters) throws CharacterCodingException {
    int at = from;
    for (long left = characters; left > 0; left--) {
      if (at >= bytes.limit()) {
        return -1;
      }
      int behind = at + length(bytes.get(at));
      for (at++; at < Math.min(behind, bytes.limit()); at++) {
        if ((bytes.get(at) & 0xc0) != 0x80) {
          throw new MalformedInputException(1);
        }
      }
      if (at < behind) {
        return -1;
      }
    }
    return at;
  }

  /** Whether the last character is cut off, and all before it are valid. */
  static boolean endsWithin(ByteBuffer bytes, int from) {
    for (int cut = 1; cut <= 3 && bytes.limit() - cut >= from; cut++) {
      try {
        if (length(bytes.get(bytes.limit() - cut)) > cut) {
          decode(bytes, from, bytes.limit() - cut);
          return true;
        }
      } catch (CharacterCodingException e) {
        // A byte in the middle of a character: its first one may be before it.
      }
    }
    return false;
  }

  /** The bytes of the character that begins with this one. */
  static int length(byte first) throws MalformedInputException {
    int lead = Byte.toUnsignedInt(first);
    if (lead < 0x80) {
      return 1;
    }
    if (lead >= 0xc2 && lead < 0xe0) {
      return 2;
    }
    if (lead >= 0xe0 && lead < 0xf0) {
      return 3;
    }
    if (lead >= 0xf0 && lead < 0xf5) {
      return 4;
    }
    throw new MalformedInputException(1);
  }
}
