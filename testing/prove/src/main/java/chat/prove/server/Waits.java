// SPDX-License-Identifier: Apache-2.0
package chat.prove.server;

import java.time.Duration;

/** Waiting, for threads that nobody interrupts. */
public final class Waits {
  private static final Duration MOMENT = Duration.ofMillis(10);

  private Waits() {}

  /** Before looking again. */
  public static void moment() {
    sleep(MOMENT);
  }

  /** For the end of a thread that ends soon. */
  public static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting", e);
    }
  }

  public static void sleep(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting", e);
    }
  }
}
