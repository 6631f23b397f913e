// SPDX-License-Identifier: Apache-2.0
package chat.prove.hostile;

import chat.protocol.Command;
import chat.prove.client.Wire;
import java.io.IOException;
import java.util.List;

/** Asks for people, rooms and profiles without a pause, as many at once as may be unanswered. */
final class Lists implements Attack {
  private static final int WORKERS = 10;
  private static final int AT_ONCE = 48;
  private static final int LIMIT = 100_000;

  @Override
  public void run(Target target) throws InterruptedException {
    target.together(WORKERS, () -> ask(target));
  }

  private static void ask(Target target) throws IOException {
    List<Command> commands =
        List.of(
            new Command.People(Ground.LOBBY, "", LIMIT),
            new Command.Rooms("", "", LIMIT),
            new Command.Rooms("number", "", LIMIT),
            new Command.GetProfile(0, "person1"));
    Wire wire = target.loggedIn(target.ground().attacker(4));
    try {
      while (!target.isOver()) {
        for (int i = 0; i < AT_ONCE; i++) {
          target.say(wire, commands.get(i % commands.size()));
        }
        for (int i = 0; i < AT_ONCE; i++) {
          wire.reply();
        }
      }
    } finally {
      target.release(wire);
    }
  }
}
