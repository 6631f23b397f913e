// SPDX-License-Identifier: Apache-2.0
package chat.desktop.plugin;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.eclipse.swt.SWTException;
import org.eclipse.swt.widgets.Display;

/**
 * Notices when the thread of the windows does not come back from a plug-in. It looks now and then
 * where that thread is; while it is in plug-in code it is asked for a sign of life, and if there is
 * none for too long, somebody is told where it is. Dialogs of the system that keep it in a loop of
 * their own answer, so they are no cause; and a window that is idle is not woken.
 */
final class UiWatchdog implements AutoCloseable {
  private static final long STEPS = 4;

  private final Display display;
  private final Thread windows;
  private final long patience;
  private final Predicate<StackTraceElement[]> suspect;
  private final Consumer<StackTraceElement[]> onBlocked;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("chat-watchdog").factory());
  private volatile boolean answered = true;
  private long asked;
  private boolean told;

  /**
   * @param suspect whether a place is one that nobody should stay at
   */
  UiWatchdog(
      Display display,
      Duration patience,
      Predicate<StackTraceElement[]> suspect,
      Consumer<StackTraceElement[]> onBlocked) {
    this.display = display;
    this.windows = display.getThread();
    this.patience = patience.toNanos();
    this.suspect = suspect;
    this.onBlocked = onBlocked;
  }

  void start() {
    long step = patience / STEPS;
    var unused = clock.scheduleWithFixedDelay(this::look, step, step, TimeUnit.NANOSECONDS);
  }

  /** Interrupts a thread after a while, unless what is given back is run before. */
  Runnable limit(Thread thread, Duration limit) {
    var interruption = clock.schedule(thread::interrupt, limit.toNanos(), TimeUnit.NANOSECONDS);
    return () -> interruption.cancel(false);
  }

  private void look() {
    if (answered) {
      told = false;
      if (suspect.test(windows.getStackTrace())) {
        ask();
      }
    } else if (!told && System.nanoTime() - asked > patience) {
      told = true;
      onBlocked.accept(windows.getStackTrace());
    }
  }

  private void ask() {
    asked = System.nanoTime();
    answered = false;
    try {
      display.asyncExec(this::answer);
    } catch (SWTException e) {
      // The display is no more, so nothing is waited for.
      answered = true;
    }
  }

  private void answer() {
    // An interruption that nobody heard must not meet who comes next.
    boolean unused = Thread.interrupted();
    answered = true;
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
