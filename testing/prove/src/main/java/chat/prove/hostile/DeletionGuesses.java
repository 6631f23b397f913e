// SPDX-License-Identifier: Apache-2.0
package chat.prove.hostile;

import chat.protocol.Command;
import chat.protocol.Problem;
import chat.protocol.Reply;
import chat.prove.client.Wire;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/** Guesses the password of an account that is open on a stolen device, by deleting it. */
final class DeletionGuesses implements Attack {
  private static final int WORKERS = 20;
  private static final int ALLOWED = 10;

  @Override
  public void run(Target target) throws InterruptedException {
    AtomicInteger lookedAt = new AtomicInteger();
    target.together(WORKERS, () -> guess(target, lookedAt));
    target.note(lookedAt + " guesses were looked at");
    if (lookedAt.get() > ALLOWED) {
      target.fault(lookedAt + " guesses were looked at");
    }
  }

  /** Both ways to guess have one limit. */
  private static boolean isEven(AtomicInteger lookedAt) {
    return lookedAt.get() % 2 == 0;
  }

  private static void guess(Target target, AtomicInteger lookedAt) throws IOException {
    Wire wire = target.loggedIn(target.ground().attacker(3));
    try {
      while (!target.isOver()) {
        Command guess =
            isEven(lookedAt)
                ? new Command.DeleteAccount(Account.WRONG)
                : new Command.ChangePassword(Account.WRONG, Account.WRONG + " too");
        Reply reply = target.ask(wire, guess);
        if (reply instanceof Reply.Failed failed && failed.problem() == Problem.PASSWORD_WRONG) {
          lookedAt.incrementAndGet();
        }
      }
    } finally {
      target.release(wire);
    }
  }
}
