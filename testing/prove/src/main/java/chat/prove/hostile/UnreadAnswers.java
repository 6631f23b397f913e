// SPDX-License-Identifier: Apache-2.0
package chat.prove.hostile;

import chat.protocol.Command;
import chat.protocol.Command.Direction;
import chat.prove.client.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Asks for much and reads none of it, on as many connections as its accounts may have. */
final class UnreadAnswers implements Attack {
  private static final int CONNECTIONS = 400;
  private static final int QUESTIONS = 60;
  private static final int PAGE = 200;
  private static final Duration APART = Duration.ofMillis(10);
  private static final Duration STAYS = Duration.ofSeconds(60);

  @Override
  public void run(Target target) throws InterruptedException {
    AtomicInteger index = new AtomicInteger();
    target.together(CONNECTIONS, APART, () -> ask(target, index.getAndIncrement()));
  }

  private static void ask(Target target, int index) throws IOException, InterruptedException {
    Wire wire = target.loggedIn(target.ground().attacker(index));
    try {
      for (int i = 0; i < QUESTIONS && !target.isOver(); i++) {
        target.say(wire, new Command.History(Ground.LOBBY, Direction.BEFORE, 0, PAGE));
      }
      target.pause(STAYS);
    } finally {
      target.release(wire);
    }
  }
}
