// SPDX-License-Identifier: Apache-2.0
package chat.prove.hostile;

import chat.protocol.Command;
import chat.prove.client.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Log-in names, each another one, as long as they may be and longer: does the server keep them? */
final class LongNames implements Attack {
  private static final int WORKERS = 150;
  private static final Duration APART = Duration.ofMillis(10);
  private static final int[] LENGTHS = {32, 500, 14_000};

  @Override
  public void run(Target target) throws InterruptedException {
    target.together(WORKERS, APART, () -> guess(target));
  }

  private static void guess(Target target) throws IOException {
    Wire wire = target.greeted(Addresses.ATTACKER);
    try {
      for (int i = 0; !target.isOver(); i++) {
        target.ask(wire, new Command.LogIn(name(LENGTHS[i % 3]), Account.WRONG, ""));
      }
    } finally {
      target.release(wire);
    }
  }

  private static String name(int length) {
    String start = Long.toString(ThreadLocalRandom.current().nextLong(Long.MAX_VALUE), 36);
    return start + "n".repeat(length - start.length());
  }
}
