// SPDX-License-Identifier: Apache-2.0
package chat.server.command.account;

import chat.server.base.Aes;
import chat.server.base.Seals;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Tokens by which a device logs in again without a password; the store has their hashes alone. */
public record AccessTokens(Seals seals) {
  private static final int BYTES = 32;
  private static final int RANDOM = 24;

  /** No kind of entry has this number. */
  private static final int DEVICE_MARK = -1;

  /**
   * A token that nobody can guess: 24 random bytes, and 8 by which the server knows later that it
   * made them for this account, also when the token is worth nothing any more.
   */
  byte[] fresh(long account) {
    byte[] random = Aes.random(RANDOM);
    return ByteBuffer.allocate(BYTES).put(random).putLong(mark(account, random)).array();
  }

  /** Whether this is a token that was made for an account, good or not any more. */
  boolean wasMadeFor(long account, byte[] token) {
    return token.length == BYTES
        && ByteBuffer.wrap(token).getLong(RANDOM) == mark(account, Arrays.copyOf(token, RANDOM));
  }

  private long mark(long account, byte[] random) {
    return seals.hashBefore(account, DEVICE_MARK, random);
  }
}
