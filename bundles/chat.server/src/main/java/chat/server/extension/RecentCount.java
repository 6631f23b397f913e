// SPDX-License-Identifier: Apache-2.0
package chat.server.extension;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** How often something happened in the last ten to twenty minutes. */
final class RecentCount {
  private static final long WINDOW_NANOS = TimeUnit.MINUTES.toNanos(10);

  private final LongSupplier nanos;
  private long began;
  private long before;
  private long now;

  RecentCount(LongSupplier nanos) {
    this.nanos = nanos;
    this.began = nanos.getAsLong();
  }

  /** It happened again; gives how often it did with this. */
  synchronized long add() {
    move();
    now++;
    return before + now;
  }

  synchronized long get() {
    move();
    return before + now;
  }

  private void move() {
    long passed = (nanos.getAsLong() - began) / WINDOW_NANOS;
    if (passed > 0) {
      before = passed == 1 ? now : 0;
      now = 0;
      began += passed * WINDOW_NANOS;
    }
  }
}
