// SPDX-License-Identifier: Apache-2.0
package chat.prove.hostile;

import chat.protocol.Command;
import chat.protocol.Command.Direction;
import chat.prove.client.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Asks on many connections, and reads none of what is answered or told.
 *
 * @param connections at most as many as its accounts may have
 * @param times how often each asks
 */
record UnreadAnswers(int connections, int times, Command question) implements Attack {
  private static final int PAGE = 200;
  private static final Duration APART = Duration.ofMillis(10);
  private static final Duration STAYS = Duration.ofSeconds(60);

  /** Pages of history, as many as may be outstanding. */
  static UnreadAnswers toHistory() {
    return new UnreadAnswers(400, 60, new Command.History(Ground.LOBBY, Direction.BEFORE, 0, PAGE));
  }

  /** Everything once, and from then on whatever is said. */
  static UnreadAnswers toSync() {
    return new UnreadAnswers(300, 1, new Command.Sync(List.of(), PAGE, 0));
  }

  @Override
  public void run(Target target) throws InterruptedException {
    AtomicInteger index = new AtomicInteger();
    target.together(connections, APART, () -> ask(target, index.getAndIncrement()));
  }

  private void ask(Target target, int index) throws IOException, InterruptedException {
    Wire wire = target.loggedIn(target.ground().attacker(index));
    try {
      for (int i = 0; i < times && !target.isOver(); i++) {
        target.say(wire, question);
      }
      target.pause(STAYS);
    } finally {
      target.release(wire);
    }
  }
}
