// SPDX-License-Identifier: Apache-2.0
package chat.operations;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How the server is doing.
 *
 * @param since when it began
 */
public record ServerStatus(
    Instant since, int sessions, int online, Contents contents, Journal journal, Load load) {

  /**
   * What there is.
   *
   * @param entries of all rooms together
   */
  public record Contents(int accounts, int rooms, long entries) {}

  /**
   * What is on its way to the store.
   *
   * @param stalledMillis for how long the store has taken nothing; 0 if all is well
   */
  public record Journal(
      int waiting, long waitingBytes, long committed, long batches, long stalledMillis) {}

  /**
   * What is asked of the machine.
   *
   * @param heapBytes in use after the last collection
   * @param heapMost bytes that there can be
   * @param passwordsWaiting log-ins whose password waits to be looked at
   * @param searchesWaiting searches that wait for their turn
   * @param readsWaiting clients that wait for a reading thread
   * @param refusals how often commands were refused since the server began, by the name of the
   *     problem
   * @param passedOver for how many texts each hook was passed over in the last ten to twenty
   *     minutes, by the name of its bundle
   */
  public record Load(
      long heapBytes,
      long heapMost,
      int passwordsWaiting,
      int searchesWaiting,
      int readsWaiting,
      Map<String, Long> refusals,
      Map<String, Long> passedOver) {
    private static final int MANY = 1_000;

    public Load {
      refusals = Map.copyOf(refusals);
      passedOver = Map.copyOf(passedOver);
    }

    /** What is too much, in words for operators; empty if nothing is. */
    public List<String> problems() {
      List<String> problems = new ArrayList<>();
      if (heapMost > 0 && heapBytes > heapMost / 10 * 9) {
        problems.add(
            "memory: "
                + heapBytes / (1 << 20)
                + " of "
                + heapMost / (1 << 20)
                + " MiB are in use; give the server more with CHATROOM_HEAP");
      }
      add(problems, passwordsWaiting, "log-ins wait for their password to be looked at");
      add(problems, searchesWaiting, "searches wait for their turn");
      add(problems, readsWaiting, "clients wait for a reading thread");
      new TreeMap<>(passedOver)
          .forEach((hook, count) ->
              problems.add(hook + " was passed over for " + count + " texts: see the log"));
      return problems;
    }

    private static void add(List<String> problems, int waiting, String what) {
      if (waiting >= MANY) {
        problems.add(waiting + " " + what);
      }
    }
  }
}
