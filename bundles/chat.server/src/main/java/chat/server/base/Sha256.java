// SPDX-License-Identifier: Apache-2.0
package chat.server.base;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 without a checked exception: every Java platform has it. */
public final class Sha256 {
  public static final int BYTES = 32;

  private Sha256() {}

  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  public static byte[] of(byte[] bytes) {
    return digest().digest(bytes);
  }
}
