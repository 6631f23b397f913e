package chat.desktop.ui;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.swt.widgets.Display;

/** Measures how long the thread of the windows lets others wait, at the longest. */
public final class Watchdog implements AutoCloseable {
  private final Thread thread;
  private volatile boolean ended;
  private volatile long longest;

  public Watchdog(Display display) {
    thread = Thread.ofPlatform().daemon().name("watchdog").start(() -> watch(display));
  }

  /** The longest wait so far, in milliseconds. */
  public long longestMillis() {
    return TimeUnit.NANOSECONDS.toMillis(longest);
  }

  private void watch(Display display) {
    Semaphore answered = new Semaphore(0);
    try {
      while (!ended && !display.isDisposed()) {
        long asked = System.nanoTime();
        display.asyncExec(answered::release);
        answered.acquire();
        longest = Math.max(longest, System.nanoTime() - asked);
        TimeUnit.MILLISECONDS.sleep(2);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    ended = true;
    thread.interrupt();
  }
}
