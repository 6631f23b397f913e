// SPDX-License-Identifier: Apache-2.0
package chat.seed;

import chat.admin.client.AdminClient;
import chat.admin.client.Json;
import chat.admin.client.RefusedException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Imports into a running server. What is said to it can be said again without harm, and is, while a
 * part of the server is being exchanged.
 *
 * @param patience how long it is tried
 */
record Operator(AdminClient server, Duration patience) {
  private static final long PAUSE_MILLIS = 300;

  /** With which the server answers what it will never take. */
  private static final Set<String> NEVER = Set.of("usage", "invalid-argument", "internal");

  private static final int ATTEMPTS = 2;

  /**
   * Imports some things of a kind.
   *
   * @param words for all of them
   * @return an outcome for each
   * @throws IOException if the server does not answer, or not well, for so long
   */
  List<Outcome> imports(String kind, List<String> words) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of("import", kind));
    line.addAll(words);
    long end = System.nanoTime() + patience.toNanos();
    int failed = 0;
    while (true) {
      try {
        List<Outcome> outcomes = new ArrayList<>();
        for (Json each : server.ask(line).result().objects("outcomes")) {
          outcomes.add(Outcome.of(each));
        }
        return outcomes;
      } catch (IOException e) {
        failed++;
        if (System.nanoTime() > end || (failed >= ATTEMPTS && isOfTheThing(e))) {
          throw e;
        }
        Thread.sleep(PAUSE_MILLIS);
      }
    }
  }

  /** Whether it lies in what was said to the server, and not in the server's state. */
  static boolean isOfTheThing(IOException e) {
    return e instanceof RefusedException refused && NEVER.contains(refused.code());
  }
}
