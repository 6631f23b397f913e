// SPDX-License-Identifier: Apache-2.0
package chat.prove.hostile;

import chat.protocol.Command;
import chat.protocol.Reply;
import chat.prove.Attackers.Rule;
import chat.prove.ServerProcess;
import chat.prove.Waits;
import chat.prove.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Right passwords, one after another, each on a connection of its own, every other time of the one
 * who is to be locked out. Only what the server refuses counts as a failure while it is killed and
 * swapped as well; a connection that breaks does otherwise, too.
 */
final class LogIns implements Runnable {
  /** What is measured. */
  static final String WHAT = "log-in";

  private static final Duration PACE = Duration.ofMillis(800);

  private final ServerProcess server;
  private final List<Account> people;
  private final Latencies latencies;
  private final Rule rule;
  private int tried;
  private int right;
  private volatile boolean over;

  LogIns(ServerProcess server, List<Account> people, Latencies latencies, Rule rule) {
    this.server = server;
    this.people = people;
    this.latencies = latencies;
    this.rule = rule;
  }

  @Override
  public void run() {
    for (int i = 0; !over; i++) {
      Account account = i % 2 == 0 ? people.getFirst() : people.get(i / 2 % people.size());
      long start = System.nanoTime();
      try {
        boolean in = logIn(account);
        count(in);
        latencies.record(WHAT, System.nanoTime() - start);
      } catch (IOException e) {
        if (rule != Rule.DISTURBED && !over) {
          count(false);
        }
      }
      Waits.sleep(PACE);
    }
  }

  private boolean logIn(Account account) throws IOException {
    try (Wire wire = Wire.greeted(server.address(), Addresses.PEOPLE, "person")) {
      Reply reply =
          wire.answer(new Command.LogIn(account.name(), Account.PASSWORD, "another device"));
      if (reply instanceof Reply.LoggedIn) {
        wire.answer(new Command.LogOut());
        return true;
      }
      return false;
    }
  }

  private synchronized void count(boolean in) {
    tried++;
    right += in ? 1 : 0;
  }

  /** How many tried, and got in, since the last time. */
  synchronized int[] take() {
    int[] taken = {tried, right};
    tried = 0;
    right = 0;
    return taken;
  }

  void leave() {
    over = true;
  }
}
