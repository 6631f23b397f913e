// SPDX-License-Identifier: Apache-2.0
package chat.prove.hostile;

import chat.prove.measure.LatencySummary;
import java.util.LinkedHashMap;
import java.util.Map;

/** How long people waited, by what they asked. May be used by any thread. */
final class Latencies {
  private Map<String, LatencySummary.Recorder> recorders = new LinkedHashMap<>();
  private long refusals;

  /** What was measured in a time. */
  record Measured(Map<String, LatencySummary> times, long refusals) {}

  synchronized void record(String asked, long nanos) {
    recorders.computeIfAbsent(asked, key -> new LatencySummary.Recorder()).record(nanos);
  }

  /** Somebody was told to come again. */
  synchronized void refused() {
    refusals++;
  }

  /** What was measured since the last time, and begins anew. */
  synchronized Measured take() {
    Map<String, LatencySummary> times = new LinkedHashMap<>();
    recorders.forEach((asked, recorder) -> times.put(asked, recorder.summary()));
    Measured measured = new Measured(times, refusals);
    recorders = new LinkedHashMap<>();
    refusals = 0;
    return measured;
  }
}
