package chat.prove;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts what is wrong, and keeps the first examples. May be used by any thread. */
final class Faults {
  private static final int EXAMPLES = 20;

  private final Map<Fault, Long> counts = new EnumMap<>(Fault.class);
  private final List<String> examples = new ArrayList<>();

  void add(Fault fault, String example) {
    add(fault, 1, example);
  }

  synchronized void add(Fault fault, long count, String example) {
    counts.merge(fault, count, Long::sum);
    if (examples.size() < EXAMPLES) {
      examples.add(fault.shown() + ": " + example);
    }
  }

  synchronized long count(Fault fault) {
    return counts.getOrDefault(fault, 0L);
  }

  synchronized Map<Fault, Long> counts() {
    return Map.copyOf(counts);
  }

  synchronized List<String> examples() {
    return List.copyOf(examples);
  }
}
