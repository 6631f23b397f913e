// SPDX-License-Identifier: Apache-2.0
package chat.storage.sqlite;

import chat.storage.StorageException.Unavailable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Lets calls in until it is shut, and tells when the last one has left. */
final class Gate {
  private static final int ALL = Integer.MAX_VALUE;

  private final Semaphore places = new Semaphore(ALL);
  private volatile boolean shut;

  /** A call that is inside; closing it leaves. */
  interface Visit extends AutoCloseable {
    @Override
    void close();
  }

  Visit enter() throws Unavailable {
    if (shut || !places.tryAcquire()) {
      throw new Unavailable("this store object is closed");
    }
    if (shut) {
      places.release();
      throw new Unavailable("this store object is closed");
    }
    return places::release;
  }

  /**
   * Shuts the gate and waits for those inside.
   *
   * @return whether they all left in time; false also if it was shut before
   */
  synchronized boolean shut(long millis) {
    if (shut) {
      return false;
    }
    shut = true;
    boolean interrupted = Thread.interrupted();
    try {
      return places.tryAcquire(ALL, millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
      return false;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  boolean isShut() {
    return shut;
  }
}
