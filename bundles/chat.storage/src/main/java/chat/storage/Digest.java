// SPDX-License-Identifier: Apache-2.0
package chat.storage;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The rolling digest of a stream: the first 16 bytes of SHA-256 over the digest before and the
 * envelope that was added. Two streams with the same head and digest hold the same envelopes.
 */
public record Digest(long high, long low) {
  /** The digest of an empty stream. */
  public static final Digest ZERO = new Digest(0, 0);

  /** The digest after one more envelope. */
  public Digest with(Envelope envelope) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(ByteBuffer.allocate(16).putLong(high).putLong(low).flip());
      ByteBuffer hash = ByteBuffer.wrap(sha.digest(envelope.bytes()));
      return new Digest(hash.getLong(), hash.getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
