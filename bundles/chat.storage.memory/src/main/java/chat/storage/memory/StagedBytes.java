// SPDX-License-Identifier: Apache-2.0
package chat.storage.memory;

import java.util.Arrays;

/** The bytes of a blob that is still growing. */
final class StagedBytes {
  private byte[] bytes = new byte[0];
  private int length;

  int length() {
    return length;
  }

  /** Puts a piece at an offset within what is there and ends with it. */
  void put(int offset, byte[] piece) {
    int end = Math.addExact(offset, piece.length);
    if (end > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(end, (int) Math.min(2L * end, Integer.MAX_VALUE - 8)));
    }
    System.arraycopy(piece, 0, bytes, offset, piece.length);
    length = end;
  }

  byte[] copy() {
    return Arrays.copyOf(bytes, length);
  }
}
