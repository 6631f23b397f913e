// SPDX-License-Identifier: Apache-2.0
package chat.prove.history;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts what is wrong, and keeps the first examples of each kind. May be used by any thread. */
public final class Violations {
  private static final int EXAMPLES = 5;

  private final Map<Violation, Long> counts = new EnumMap<>(Violation.class);
  private final Map<Violation, List<String>> examples = new EnumMap<>(Violation.class);

  public void add(Violation violation, String example) {
    add(violation, 1, example);
  }

  public synchronized void add(Violation violation, long count, String example) {
    counts.merge(violation, count, Long::sum);
    List<String> same = examples.computeIfAbsent(violation, key -> new ArrayList<>());
    if (same.size() < EXAMPLES) {
      same.add(violation.shown() + ": " + example);
    }
  }

  public synchronized long count(Violation violation) {
    return counts.getOrDefault(violation, 0L);
  }

  public synchronized Map<Violation, Long> counts() {
    return Map.copyOf(counts);
  }

  public synchronized List<String> examples() {
    return examples.values().stream().flatMap(List::stream).toList();
  }
}
