// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.platform;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The one way into the thread of the windows. However much comes in from other threads, at most one
 * turn waits in that thread's own queue, and a turn ends after a few milliseconds so that keys and
 * painting get their share; what is left over goes on in the next turn, in order.
 *
 * <p>The queue has no bound: what fills it is already bounded by the connection that delivers it.
 */
public final class UiExecutor implements Executor {
  private static final long TURN_NANOS = 8_000_000;

  private final Executor windows;
  private final LongSupplier nanoTime;
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private boolean scheduled;

  /**
   * @param windows runs a task in the thread of the windows, later
   */
  public UiExecutor(Executor windows, LongSupplier nanoTime) {
    this.windows = windows;
    this.nanoTime = nanoTime;
  }

  @Override
  public void execute(Runnable task) {
    synchronized (waiting) {
      waiting.add(task);
      if (scheduled) {
        return;
      }
      scheduled = true;
    }
    windows.execute(this::turn);
  }

  private void turn() {
    long end = nanoTime.getAsLong() + TURN_NANOS;
    try {
      while (nanoTime.getAsLong() - end < 0) {
        Runnable task = next();
        if (task == null) {
          return;
        }
        task.run();
      }
    } finally {
      goOn();
    }
  }

  private @Nullable Runnable next() {
    synchronized (waiting) {
      return waiting.poll();
    }
  }

  private void goOn() {
    synchronized (waiting) {
      if (waiting.isEmpty()) {
        scheduled = false;
        return;
      }
    }
    windows.execute(this::turn);
  }
}
