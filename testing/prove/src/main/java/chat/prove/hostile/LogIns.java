// SPDX-License-Identifier: Apache-2.0
package chat.prove.hostile;

import chat.protocol.Command;
import chat.protocol.Reply;
import chat.prove.Attackers.Rule;
import chat.prove.client.Wire;
import chat.prove.server.ServerProcess;
import chat.prove.server.Waits;
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
  private String lastFailure = "";
  private volatile boolean over;

  /**
   * What became of them.
   *
   * @param lastFailure why the last one failed that did; empty if none did
   */
  record Counted(int tried, int right, String lastFailure) {}

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
        count(logIn(account));
        latencies.record(WHAT, System.nanoTime() - start);
      } catch (IOException e) {
        if (rule != Rule.DISTURBED && !over) {
          count("no answer: " + e.getMessage());
        }
      }
      Waits.sleep(PACE);
    }
  }

  /** Why it failed; empty if it did not. */
  private String logIn(Account account) throws IOException {
    try (Wire wire = Wire.greeted(server.address(), Addresses.PEOPLE, "person")) {
      Reply reply =
          wire.answer(new Command.LogIn(account.name(), Account.PASSWORD, "another device"));
      if (reply instanceof Reply.LoggedIn) {
        wire.answer(new Command.LogOut());
        return "";
      }
      return reply.toString();
    }
  }

  private synchronized void count(String failure) {
    tried++;
    if (failure.isEmpty()) {
      right++;
    } else {
      lastFailure = failure;
    }
  }

  /** What became of those since the last time. */
  synchronized Counted take() {
    Counted taken = new Counted(tried, right, lastFailure);
    tried = 0;
    right = 0;
    lastFailure = "";
    return taken;
  }

  void leave() {
    over = true;
  }
}
