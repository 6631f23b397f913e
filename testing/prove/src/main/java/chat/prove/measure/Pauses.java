// SPDX-License-Identifier: Apache-2.0
package chat.prove.measure;

import java.util.Arrays;

/** When anybody was answered, and how long nobody was. May be used by any thread. */
public final class Pauses {
  private long[] times = new long[1 << 10];
  private int size;
  private long longest;

  /** Somebody is answered now. */
  public synchronized void answered() {
    answered(System.nanoTime());
  }

  /** Somebody was answered, not before anybody else. */
  public synchronized void answered(long time) {
    if (size == times.length) {
      times = Arrays.copyOf(times, 2 * size);
    }
    if (size > 0) {
      longest = Math.max(longest, time - times[size - 1]);
    }
    times[size++] = time;
  }

  public synchronized int answers() {
    return size;
  }

  /** The longest time between two answers. */
  public synchronized long longest() {
    return longest;
  }

  /** The times between two answers. */
  public synchronized LatencySummary all() {
    LatencySummary.Recorder between = new LatencySummary.Recorder();
    for (int i = 1; i < size; i++) {
      between.record(times[i] - times[i - 1]);
    }
    return between.summary();
  }

  /** The longest time within a stretch of time in which nobody was answered. */
  public synchronized long longest(long from, long to) {
    int first = Arrays.binarySearch(times, 0, size, from);
    long within = 0;
    long last = from;
    for (int i = first < 0 ? -first - 1 : first; i < size && times[i] < to; i++) {
      within = Math.max(within, times[i] - last);
      last = times[i];
    }
    return Math.max(within, to - last);
  }
}
