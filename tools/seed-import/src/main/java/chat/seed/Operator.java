// SPDX-License-Identifier: Apache-2.0
package chat.seed;

import chat.admin.client.AdminClient;
import chat.admin.client.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Imports into a running server. What is said to it can be said again without harm, and is, while a
 * part of the server is being exchanged.
 *
 * @param patience how long it is tried
 */
record Operator(AdminClient server, Duration patience) {
  private static final long PAUSE_MILLIS = 300;

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
    while (true) {
      try {
        List<Outcome> outcomes = new ArrayList<>();
        for (Json each : server.ask(line).result().objects("outcomes")) {
          outcomes.add(Outcome.of(each));
        }
        return outcomes;
      } catch (IOException e) {
        if (System.nanoTime() > end) {
          throw e;
        }
        Thread.sleep(PAUSE_MILLIS);
      }
    }
  }
}
