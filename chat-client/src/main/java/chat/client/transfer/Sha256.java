// SPDX-License-Identifier: Apache-2.0
package chat.client.transfer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Hashes files without holding them. */
public final class Sha256 {
  private static final int BLOCK = 64 << 10;

  private Sha256() {}

  public static MessageDigest begin() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Takes in the first bytes of a file; fewer if it is shorter. */
  static void update(MessageDigest digest, FileChannel file, long bytes) throws IOException {
    ByteBuffer block = ByteBuffer.allocate(BLOCK);
    for (long at = 0; at < bytes; ) {
      int count = file.read(block.clear().limit((int) Math.min(BLOCK, bytes - at)), at);
      if (count < 0) {
        return;
      }
      digest.update(block.flip());
      at += count;
    }
  }
}
