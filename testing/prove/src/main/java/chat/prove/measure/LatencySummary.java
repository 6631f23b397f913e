// SPDX-License-Identifier: Apache-2.0
package chat.prove.measure;

import org.HdrHistogram.Histogram;

/**
 * How a set of times is distributed, in nanoseconds: the longest as it was, percentiles to three
 * digits.
 */
public record LatencySummary(long count, long median, long p99, long longest) {
  public static final LatencySummary NONE = new LatencySummary(0, 0, 0, 0);
  private static final int DIGITS = 3;
  private static final double MEDIAN = 50;
  private static final double P99 = 99;

  /** Takes times in bounded memory, however many they are. Not thread-safe. */
  public static final class Recorder {
    private final Histogram times = new Histogram(DIGITS);
    private long longest;

    public void record(long nanos) {
      long time = Math.max(0, nanos);
      times.recordValue(time);
      longest = Math.max(longest, time);
    }

    public LatencySummary summary() {
      return times.getTotalCount() == 0
          ? NONE
          : new LatencySummary(times.getTotalCount(), percentile(MEDIAN), percentile(P99), longest);
    }

    private long percentile(double percent) {
      return Math.min(longest, times.getValueAtPercentile(percent));
    }
  }

  public static LatencySummary of(long[] nanos) {
    Recorder recorder = new Recorder();
    for (long each : nanos) {
      recorder.record(each);
    }
    return recorder.summary();
  }
}
