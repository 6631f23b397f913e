// SPDX-License-Identifier: Apache-2.0
package chat.prove.hostile;

import chat.protocol.Command;
import chat.protocol.Reply;
import chat.prove.client.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Guesses at the password of one person, from as many addresses as the attacker has. */
final class LockOut implements Attack {
  private static final int WORKERS = 20;
  private static final Duration PACE = Duration.ofSeconds(1);

  @Override
  public void run(Target target) throws InterruptedException {
    AtomicInteger from = new AtomicInteger();
    AtomicInteger lookedAt = new AtomicInteger();
    String victim = target.ground().people().getFirst().name();
    target.together(WORKERS, () -> guess(target, victim, from.getAndIncrement(), lookedAt));
    target.note(lookedAt + " guesses were looked at");
  }

  private static void guess(Target target, String victim, int from, AtomicInteger lookedAt)
      throws IOException, InterruptedException {
    Wire wire = target.greeted(Addresses.ofAttacker(from));
    try {
      Reply reply = target.ask(wire, new Command.LogIn(victim, Account.WRONG, ""));
      if (reply instanceof Reply.Failed failed && !Wire.later(failed)) {
        lookedAt.incrementAndGet();
      }
    } finally {
      target.release(wire);
    }
    target.pause(PACE);
  }
}
