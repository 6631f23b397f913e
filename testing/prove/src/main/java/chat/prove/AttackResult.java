// SPDX-License-Identifier: Apache-2.0
package chat.prove;

import java.util.List;
import java.util.Map;

/**
 * What an attack did to the others.
 *
 * @param name empty for the time before the first attack, against which the others are held
 * @param cost what it took
 * @param times of the others' answers, by what was asked
 * @param refusals of the others' questions that were not answered
 * @param logIns with the right password
 * @param logInsRight those of them that got in
 * @param heapDuring bytes that a collection at the end of the attack could not give back
 * @param heapAfter the same after a time of quiet
 * @param note what the attacker achieved
 * @param faults what should not be, a sentence each
 */
public record AttackResult(
    String name,
    Cost cost,
    Map<String, LatencySummary> times,
    long refusals,
    int logIns,
    int logInsRight,
    long heapDuring,
    long heapAfter,
    String note,
    List<String> faults) {

  /** What an attacker spent. */
  public record Cost(long connections, long commands, long bytes) {}
}
