// SPDX-License-Identifier: Apache-2.0
package chat.protocol.classic;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/** Passing over what can't be taken, as far as it was announced, however long that takes. */
final class SkippedInput {
  private SkippedInput() {}

  static void bytes(AdapterCall turn, long count) {
    begin(turn, "passBytes", count);
  }

  static void characters(AdapterCall turn, long count) {
    begin(turn, "passCharacters", count);
  }

  private static void begin(AdapterCall turn, String what, long count) {
    if (count > 0) {
      turn.memory().number(what, count);
    }
  }

  static boolean goesOn(Memory memory) {
    return memory.number("passBytes") > 0 || memory.number("passCharacters") > 0;
  }

  static void heard(Memory memory, ByteBuffer bytes) {
    long left = memory.number("passBytes");
    if (left > 0) {
      int passed = (int) Math.min(left, bytes.remaining());
      bytes.position(bytes.position() + passed);
      memory.number("passBytes", left - passed);
    } else {
      pass(memory, bytes);
    }
  }

  private static void pass(Memory memory, ByteBuffer bytes) {
    long left = memory.number("passCharacters");
    try {
      for (; left > 0 && bytes.hasRemaining(); left--) {
        int length = Utf8.length(bytes.get(bytes.position()));
        if (length > bytes.remaining()) {
          break;
        }
        bytes.position(bytes.position() + length);
      }
      memory.number("passCharacters", left);
    } catch (CharacterCodingException e) {
      bytes.position(bytes.limit());
      memory.number("passCharacters", 0);
    }
  }
}
