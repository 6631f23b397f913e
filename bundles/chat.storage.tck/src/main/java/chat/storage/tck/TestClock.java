// SPDX-License-Identifier: Apache-2.0
package chat.storage.tck;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands still until a test turns it, forwards or back. */
public final class TestClock implements InstantSource {
  private final AtomicLong millis = new AtomicLong(1_700_000_000_000L);

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(millis.get());
  }

  @Override
  public long millis() {
    return millis.get();
  }

  /** Turns the clock; a negative number turns it back. */
  public void turn(long by) {
    millis.addAndGet(by);
  }
}
