// SPDX-License-Identifier: Apache-2.0
package chat.prove;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts what is wrong, and keeps the first examples of each kind. May be used by any thread. */
final class Faults {
  private static final int EXAMPLES = 5;

  private final Map<Fault, Long> counts = new EnumMap<>(Fault.class);
  private final Map<Fault, List<String>> examples = new EnumMap<>(Fault.class);

  void add(Fault fault, String example) {
    add(fault, 1, example);
  }

  synchronized void add(Fault fault, long count, String example) {
    counts.merge(fault, count, Long::sum);
    List<String> same = examples.computeIfAbsent(fault, key -> new ArrayList<>());
    if (same.size() < EXAMPLES) {
      same.add(fault.shown() + ": " + example);
    }
  }

  synchronized long count(Fault fault) {
    return counts.getOrDefault(fault, 0L);
  }

  synchronized Map<Fault, Long> counts() {
    return Map.copyOf(counts);
  }

  synchronized List<String> examples() {
    return examples.values().stream().flatMap(List::stream).toList();
  }
}
