package chat.desktop.ui;

import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.eclipse.swt.widgets.Display;

/** Measures how long the thread of the windows lets others wait, at the longest, and where. */
public final class Watchdog implements AutoCloseable {
  private static final long LATE_MILLIS = 40;

  private final Thread thread;
  private volatile boolean ended;
  private volatile long longest;
  private volatile String worst = "";

  public Watchdog(Display display) {
    thread = Thread.ofPlatform().daemon().name("watchdog").start(() -> watch(display));
  }

  /** The longest wait so far, in milliseconds. */
  public long longestMillis() {
    return TimeUnit.NANOSECONDS.toMillis(longest);
  }

  /** What the thread of the windows was doing during the longest wait, if that was a long one. */
  public String worst() {
    return worst;
  }

  private void watch(Display display) {
    Semaphore answered = new Semaphore(0);
    try {
      while (!ended && !display.isDisposed()) {
        long asked = System.nanoTime();
        display.asyncExec(answered::release);
        String doing = "";
        if (!answered.tryAcquire(LATE_MILLIS, TimeUnit.MILLISECONDS)) {
          doing = stack(display.getThread());
          answered.acquire();
        }
        long waited = System.nanoTime() - asked;
        if (waited > longest) {
          longest = waited;
          worst = doing;
        }
        TimeUnit.MILLISECONDS.sleep(2);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String stack(Thread busy) {
    return Arrays.stream(busy.getStackTrace())
        .map(String::valueOf)
        .collect(Collectors.joining("\n  "));
  }

  @Override
  public void close() {
    ended = true;
    thread.interrupt();
  }
}
