// SPDX-License-Identifier: Apache-2.0
package chat.prove.report;

import chat.prove.fault.Disturbance;
import chat.prove.fault.Kind;
import chat.prove.history.Violation;
import chat.prove.measure.LatencySummary;
import chat.prove.measure.Pauses;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a run has shown.
 *
 * @param time from the first message on until the load ended
 * @param stored entries in the room since the first client entered: also joins, files, and what
 *     others said
 * @param delivered entries heard, all listeners together
 * @param refused how often somebody was told to try again
 * @param violations what is wrong; what is not in it is not wrong
 * @param examples the first of them
 * @param pauses between two acknowledgements, of whomever
 * @param fsync of 4 KiB on the server's disk
 * @param serverCpu empty if somebody else has started the server
 * @param attacks what they did to others; the first is the time before them
 */
public record Report(
    long seed,
    Duration time,
    int clients,
    int rate,
    int acknowledged,
    int stored,
    long delivered,
    long gapMarkers,
    long refused,
    int closed,
    int closedUnexpectedly,
    int filesSent,
    int filesChecked,
    Map<Violation, Long> violations,
    List<String> examples,
    LatencySummary pauses,
    LatencySummary fsync,
    List<OfKind> disturbances,
    Optional<Duration> serverCpu,
    Duration ownCpu,
    List<AttackResult> attacks) {

  /**
   * All disturbances of one kind.
   *
   * @param took the disturbance itself
   * @param longestPause without an acknowledgement, from its start until a second after its end, or
   *     until the next disturbance or the end of the load
   * @param longestBack until everybody was back whose connection it broke; 0 if it broke none
   */
  public record OfKind(
      Kind kind, long failed, LatencySummary took, long longestPause, long longestBack) {
    private static final long AFTERMATH = 1_000_000_000L;

    /**
     * Sums up.
     *
     * @param end of the load, in nanoseconds
     */
    public static List<OfKind> all(List<Disturbance> disturbances, Pauses pauses, long end) {
      Map<Kind, List<Disturbance>> kinds =
          disturbances.stream()
              .collect(Collectors.groupingBy(Disturbance::kind, TreeMap::new, Collectors.toList()));
      Map<Disturbance, Long> longest = new HashMap<>();
      for (int i = 0; i < disturbances.size(); i++) {
        Disturbance each = disturbances.get(i);
        long next = i + 1 == disturbances.size() ? end : disturbances.get(i + 1).start();
        long until = Math.min(each.end() + AFTERMATH, next);
        longest.put(each, pauses.longest(each.start(), until));
      }
      return kinds.entrySet().stream()
          .map(same -> of(same.getKey(), same.getValue(), longest))
          .toList();
    }

    private static OfKind of(
        Kind kind, List<Disturbance> same, Map<Disturbance, Long> longestPauses) {
      return new OfKind(
          kind,
          same.stream().filter(each -> !each.problem().isEmpty()).count(),
          LatencySummary.of(same.stream().mapToLong(Disturbance::took).toArray()),
          same.stream().mapToLong(longestPauses::get).max().orElse(0),
          same.stream().mapToLong(Disturbance::back).max().orElse(0));
    }
  }

  /** How often something is wrong. */
  public long count(Violation violation) {
    return violations.getOrDefault(violation, 0L);
  }

  /** How often something was done to the server. */
  public long count(Kind kind) {
    return disturbances.stream()
        .filter(same -> same.kind() == kind)
        .mapToLong(same -> same.took().count())
        .sum();
  }

  /** Whether nothing is wrong. */
  public boolean isFine() {
    return violations.isEmpty();
  }
}
