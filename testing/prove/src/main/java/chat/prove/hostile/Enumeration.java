// SPDX-License-Identifier: Apache-2.0
package chat.prove.hostile;

import chat.protocol.Command;
import chat.protocol.Problem;
import chat.protocol.Reply;
import chat.prove.client.Wire;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Asks which names there are, without an account and where registration takes an invitation: an
 * answer that differs for a name that is taken and one that is free tells it.
 */
final class Enumeration implements Attack {
  private static final int WORKERS = 8;

  @Override
  public void run(Target target) throws InterruptedException {
    AtomicInteger told = new AtomicInteger();
    target.together(WORKERS, () -> ask(target, told));
    target.note(told + " answers told whether there is a name");
    if (told.get() > 0) {
      target.fault(told + " answers told whether there is a name");
    }
  }

  private static void ask(Target target, AtomicInteger told) throws IOException {
    Wire wire = target.greeted(Addresses.ATTACKER);
    try {
      for (int i = 0; !target.isOver(); i++) {
        String name = i % 2 == 0 ? "person" + i % 10 : "nobody" + i;
        tell(target.ask(wire, new Command.Register(name, Account.WRONG, "", "")), told);
        tell(target.ask(wire, new Command.LogIn(name, Account.WRONG, "")), told);
      }
    } finally {
      target.release(wire);
    }
  }

  private static void tell(Reply reply, AtomicInteger told) {
    if (reply instanceof Reply.Failed failed
        && (failed.problem() == Problem.NAME_TAKEN
            || failed.problem() == Problem.ACCOUNT_UNKNOWN)) {
      told.incrementAndGet();
    }
  }
}
