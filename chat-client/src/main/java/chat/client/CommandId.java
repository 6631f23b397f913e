// SPDX-License-Identifier: Apache-2.0
package chat.client;

import java.security.SecureRandom;
import java.util.UUID;

/**
 * Makes the ids of commands: UUIDs of version 7 (RFC 9562), the time in milliseconds followed by 74
 * random bits. What is said next stands beside what was said last in the server's index, which
 * makes it cheaper to store there than at a random place. Nobody relies on the order.
 */
public final class CommandId {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final long VERSION = 0x7000;
  private static final long RANDOM_HIGH = 0xfff;
  private static final long VARIANT = 1L << 63;
  private static final long RANDOM_LOW = (1L << 62) - 1;

  private CommandId() {}

  /** An id that was never used. */
  public static UUID next() {
    return at(System.currentTimeMillis(), RANDOM.nextLong(), RANDOM.nextLong());
  }

  static UUID at(long millis, long high, long low) {
    return new UUID(millis << 16 | VERSION | high & RANDOM_HIGH, VARIANT | low & RANDOM_LOW);
  }
}
