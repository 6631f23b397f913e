// SPDX-License-Identifier: Apache-2.0
package chat.prove.hostile;

import chat.protocol.Command;
import chat.prove.client.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Wants to hear all that is said in the Lobby, on many connections, and reads none of it. */
final class SilentReaders implements Attack {
  private static final int CONNECTIONS = 300;
  private static final int PAGE = 200;
  private static final Duration APART = Duration.ofMillis(10);
  private static final Duration STAYS = Duration.ofSeconds(60);

  @Override
  public void run(Target target) throws InterruptedException {
    AtomicInteger index = new AtomicInteger();
    target.together(CONNECTIONS, APART, () -> hear(target, index.getAndIncrement()));
  }

  private static void hear(Target target, int index) throws IOException, InterruptedException {
    Wire wire = target.loggedIn(target.ground().attacker(index));
    try {
      target.say(wire, new Command.Sync(List.of(), PAGE, 0));
      target.pause(STAYS);
    } finally {
      target.release(wire);
    }
  }
}
