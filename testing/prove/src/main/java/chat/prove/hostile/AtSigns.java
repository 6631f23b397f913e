// SPDX-License-Identifier: Apache-2.0
package chat.prove.hostile;

import chat.protocol.Command;
import chat.prove.client.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Texts of nothing but at-signs, at the pace that one account may write. */
final class AtSigns implements Attack {
  private static final Duration PACE = Duration.ofMillis(200);
  private static final List<String> TEXTS =
      List.of("@", "@a", "@person", "@\uFDFA", "@\u0301", "@a ", "@@\u200D");

  @Override
  public void run(Target target) throws InterruptedException {
    target.together(1, () -> write(target));
  }

  private static void write(Target target) throws IOException, InterruptedException {
    Wire wire = target.loggedIn(target.ground().attacker(1));
    try {
      for (int i = 0; !target.isOver(); i++) {
        String text = Largest.filled(TEXTS.get(i % TEXTS.size()), Ground.TEXT);
        target.ask(wire, new Command.Post(UUID.randomUUID(), Ground.LOBBY, text));
        target.pause(PACE);
      }
    } finally {
      target.release(wire);
    }
  }
}
