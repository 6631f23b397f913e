// SPDX-License-Identifier: Apache-2.0
package chat.operations;

import java.time.Instant;

/**
 * How the server is doing.
 *
 * @param since when it began
 * @param entries of all rooms together
 */
public record ServerStatus(
    Instant since,
    int sessions,
    int online,
    int accounts,
    int rooms,
    long entries,
    Journal journal) {

  /**
   * What is on its way to the store.
   *
   * @param stalledMillis for how long the store has taken nothing; 0 if all is well
   */
  public record Journal(
      int waiting, long waitingBytes, long committed, long batches, long stalledMillis) {}
}
