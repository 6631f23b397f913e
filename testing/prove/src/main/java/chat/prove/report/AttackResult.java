// SPDX-License-Identifier: Apache-2.0
package chat.prove.report;

import chat.prove.measure.LatencySummary;
import java.util.List;
import java.util.Map;

/**
 * What an attack did to the others.
 *
 * @param name empty for the time before the first attack, against which the others are held
 * @param cost what it took
 * @param times of the others' answers, by what was asked
 * @param refusals of the others' questions that were not answered
 */
public record AttackResult(
    String name,
    Cost cost,
    Map<String, LatencySummary> times,
    long refusals,
    LogIns logIns,
    Heap heap,
    Verdict verdict) {

  /** What an attacker spent. */
  public record Cost(long connections, long commands, long bytes) {}

  /**
   * Log-ins with the right password.
   *
   * @param right those that got in
   */
  public record LogIns(int tried, int right) {}

  /**
   * Bytes that a collection could not give back.
   *
   * @param during at the end of the attack
   * @param after a time of quiet
   */
  public record Heap(long during, long after) {}

  /**
   * What comes of it.
   *
   * @param note what the attacker achieved
   * @param faults what should not be, a sentence each
   */
  public record Verdict(String note, List<String> faults) {}

  /** The same, once the server had a time of quiet. */
  public AttackResult withHeapAfter(long bytes) {
    return new AttackResult(
        name, cost, times, refusals, logIns, new Heap(heap.during(), bytes), verdict);
  }

  /** The same with these faults. */
  public AttackResult withFaults(List<String> faults) {
    return new AttackResult(
        name, cost, times, refusals, logIns, heap, new Verdict(verdict.note(), faults));
  }
}
