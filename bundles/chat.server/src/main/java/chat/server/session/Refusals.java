// SPDX-License-Identifier: Apache-2.0
package chat.server.session;

import chat.protocol.Problem;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** How often commands were refused, and why. May be used from any thread. */
public final class Refusals {
  private final Map<Problem, LongAdder> counts = new EnumMap<>(Problem.class);

  public Refusals() {
    for (Problem problem : Problem.values()) {
      counts.put(problem, new LongAdder());
    }
  }

  void count(Problem problem) {
    counts.getOrDefault(problem, new LongAdder()).increment();
  }

  /** The counts that are not zero. */
  public Map<Problem, Long> counts() {
    Map<Problem, Long> counted = new EnumMap<>(Problem.class);
    counts.forEach((problem, count) -> {
      if (count.sum() > 0) {
        counted.put(problem, count.sum());
      }
    });
    return counted;
  }
}
