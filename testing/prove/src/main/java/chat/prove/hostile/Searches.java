// SPDX-License-Identifier: Apache-2.0
package chat.prove.hostile;

import chat.protocol.Command;
import chat.prove.client.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Searches for what is everywhere, and for what is nowhere, five a second and more. */
final class Searches implements Attack {
  private static final Duration PACE = Duration.ofMillis(150);
  private static final int WORKERS = 4;
  private static final int LIMIT = 200;
  private static final List<String> WORDS =
      List.of("word1", "word1 word2 word3 word4 nowhere", "\"word5 word6 word7\"", "from:nobody w");

  @Override
  public void run(Target target) throws InterruptedException {
    target.together(WORKERS, () -> search(target));
  }

  private static void search(Target target) throws IOException, InterruptedException {
    Wire wire = target.loggedIn(target.ground().attacker(2));
    try {
      for (int i = 0; !target.isOver(); i++) {
        target.ask(wire, new Command.Search(WORDS.get(i % WORDS.size()), List.of(), LIMIT));
        target.pause(PACE);
      }
    } finally {
      target.release(wire);
    }
  }
}
