// SPDX-License-Identifier: Apache-2.0
package chat.seed;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What became of everything. For one thread. */
final class Report {
  /** How many of a kind. */
  private static final class Count {
    private int fresh;
    private int there;
    private int refused;
  }

  private final Map<Kind, Count> counts = new EnumMap<>(Kind.class);
  private final List<String> refusals = new ArrayList<>();
  private final Set<String> refused = new HashSet<>();

  /** Something of a kind could not be read. */
  void broken(Kind kind, String place, String why) {
    of(kind).refused++;
    refusals.add((place + ": " + why).replace("\n", "\\n"));
    refused.add(place);
  }

  /** Whether what stands there did not come in. */
  boolean isRefused(String place) {
    return refused.contains(place);
  }

  /** Something was said to the server. */
  void answered(Kind kind, String place, Outcome outcome) {
    switch (outcome) {
      case Outcome.Imported imported -> of(kind).fresh++;
      case Outcome.Present present -> of(kind).there++;
      case Outcome.Refused(String why) -> broken(kind, place, why);
    }
  }

  private Count of(Kind kind) {
    return counts.computeIfAbsent(kind, _ -> new Count());
  }

  /** For people: a line for each kind, then what was refused. */
  String text() {
    StringBuilder text = new StringBuilder();
    counts.forEach((kind, count) ->
        text.append(
            (kind == Kind.ORDER
                    ? "%-14s %,7d moved %,5d right already %,7d refused%n"
                    : "%-14s %,7d new %,7d there already %,7d refused%n")
                .formatted(kind, count.fresh, count.there, count.refused)));
    if (!refusals.isEmpty()) {
      text.append("refused:\n");
      refusals.forEach(refusal -> text.append("  ").append(refusal).append('\n'));
      if (of(Kind.PEOPLE).refused > 0) {
        text.append(
            "--as OLD=NEW imports a person under another name, and with it what they said.\n");
      }
    }
    return text.toString();
  }
}
