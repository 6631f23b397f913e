// SPDX-License-Identifier: Apache-2.0
package chat.prove;

import java.util.Arrays;

/** How a set of times is spread; nanoseconds. */
record LatencySummary(long count, long median, long p99, long longest) {
  static final LatencySummary NONE = new LatencySummary(0, 0, 0, 0);

  static LatencySummary of(long[] nanos) {
    if (nanos.length == 0) {
      return NONE;
    }
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return new LatencySummary(
        sorted.length,
        sorted[(sorted.length - 1) / 2],
        sorted[(int) Math.ceil(0.99 * sorted.length) - 1],
        sorted[sorted.length - 1]);
  }
}
