// SPDX-License-Identifier: Apache-2.0
package chat.desktop.ui;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.swt.widgets.Display;

/**
 * Measures how long the thread of the windows lets others wait, and where it was when that was
 * long. A busy machine makes any thread late, so what counts is where it stood.
 */
public final class Watchdog implements AutoCloseable {
  private static final long LATE_MILLIS = 40;
  private static final long MOST_MILLIS = 1_500;

  /** Disk, network, and waiting for somebody who does such things. */
  private static final Pattern BLOCKING =
      Pattern.compile(
          "sun\\.nio\\.|java\\.net\\.|java\\.nio\\.file\\.|java\\.io\\.(File|RandomAccess)"
              + "|org\\.sqlite|\\.park\\(|Object\\.wait|chat\\.client\\.");

  private static final Pattern CLASS_LOADING = Pattern.compile("ClassLoader");

  private final Thread thread;
  private final List<String> late = new CopyOnWriteArrayList<>();
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

  /** Fails if the thread of the windows waited for a disk or a network, or was long away. */
  public void assertNothingBlocked() {
    List<String> blocked =
        late.stream()
            .filter(stack -> BLOCKING.matcher(stack).find())
            .filter(stack -> !CLASS_LOADING.matcher(stack).find())
            .toList();
    if (!blocked.isEmpty() || longestMillis() > MOST_MILLIS) {
      throw new AssertionError(
          "the thread of the windows was away for "
              + longestMillis()
              + " ms, in\n  "
              + worst
              + "\nand waited in\n  "
              + String.join("\n\n  ", blocked));
    }
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
          late.add(doing);
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
