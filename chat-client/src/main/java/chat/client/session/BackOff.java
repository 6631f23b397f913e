// SPDX-License-Identifier: Apache-2.0
package chat.client.session;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try: the most doubles with each failure, and what is waited is
 * any part of it, so that a thousand clients of a server that fell do not come back as one.
 */
final class BackOff {
  private final RandomGenerator random;
  private final Duration first;
  private final Duration most;
  private long ceiling;

  BackOff(RandomGenerator random, Duration first, Duration most) {
    this.random = random;
    this.first = first;
    this.most = most;
    this.ceiling = first.toMillis();
  }

  /** The time to wait after one more failure. */
  Duration next() {
    long bound = ceiling;
    ceiling = Math.min(bound * 2, most.toMillis());
    return Duration.ofMillis(random.nextLong(bound + 1));
  }

  /** The time to wait after the server asked for this one; it is no failure. */
  Duration asked(long millis) {
    return Duration.ofMillis(millis + random.nextLong(first.toMillis() + millis / 4 + 1));
  }

  /** All was well for a while. */
  void reset() {
    ceiling = first.toMillis();
  }
}
