package chat.runtime;

import chat.protocol.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Counts what happened: what was acknowledged, what is stored, what each listener was given. Lost,
 * doubled and out of order are counted, never assumed. Not thread-safe; used when all is over.
 */
final class Ledger {
  private final Map<UUID, Long> acknowledged = new HashMap<>();
  private final List<String> faults = new ArrayList<>();

  /** Somebody was told that an entry is on disk at this number. */
  void acknowledged(UUID id, long number) {
    Long before = acknowledged.put(id, number);
    if (before != null && before != number) {
      faults.add("acknowledged at two numbers: " + id + " at " + before + " and " + number);
    }
  }

  /** What the store has, from number 1 on. */
  void stored(List<Event.Entry> entries) {
    check("the store", 1, entries);
    Set<UUID> ids = new HashSet<>();
    Map<UUID, Long> numbers = new HashMap<>();
    for (Event.Entry entry : entries) {
      if (!ids.add(entry.id())) {
        faults.add("stored twice: " + entry.id());
      }
      numbers.put(entry.id(), entry.number());
    }
    acknowledged.forEach((id, number) -> {
      Long at = numbers.get(id);
      if (at == null) {
        faults.add("lost: acknowledged " + id + " at " + number);
      } else if (!at.equals(number)) {
        faults.add("moved: " + id + " from " + number + " to " + at);
      }
    });
  }

  /** What one listener was given, from its first entry on. */
  void delivered(String listener, List<Event.Entry> entries) {
    if (!entries.isEmpty()) {
      check(listener, entries.getFirst().number(), entries);
    }
  }

  private void check(String who, long first, List<Event.Entry> entries) {
    long expected = first;
    for (Event.Entry entry : entries) {
      if (entry.number() < expected) {
        faults.add(who + " has " + entry.number() + " again or out of order");
      } else if (entry.number() > expected) {
        faults.add(who + " misses " + expected + " to " + (entry.number() - 1));
      }
      expected = entry.number() + 1;
    }
  }

  int acknowledged() {
    return acknowledged.size();
  }

  /** Everything that is wrong. */
  List<String> faults() {
    return faults;
  }
}
