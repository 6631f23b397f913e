// SPDX-License-Identifier: Apache-2.0
package chat.prove.hostile;

import chat.protocol.Command;
import chat.protocol.Reply;
import chat.prove.client.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Wrong passwords, on many connections at once: each that is looked at costs the server. */
final class PasswordFlood implements Attack {
  private static final int CONNECTIONS = 215;
  private static final Duration APART = Duration.ofMillis(10);
  private static final Duration PACE = Duration.ofMillis(50);

  private final AtomicInteger names = new AtomicInteger();

  @Override
  public void run(Target target) throws InterruptedException {
    target.together(CONNECTIONS, APART, () -> guess(target));
  }

  private void guess(Target target) throws IOException, InterruptedException {
    Wire wire = target.greeted(Addresses.ATTACKER);
    try {
      while (!target.isOver()) {
        String name = "nobody" + names.incrementAndGet();
        if (target.ask(wire, new Command.LogIn(name, Account.WRONG, "")) instanceof Reply.Failed) {
          target.pause(PACE);
        }
      }
    } finally {
      target.release(wire);
    }
  }
}
