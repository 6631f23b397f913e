// SPDX-License-Identifier: Apache-2.0
package chat.prove.hostile;

import chat.protocol.Command;
import chat.protocol.Command.Direction;
import chat.protocol.Reply;
import chat.prove.client.Wire;
import chat.prove.server.ServerProcess;
import chat.prove.server.Waits;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who chats at a human pace: a sign of life twice a second, a message every two seconds, a
 * look at what was said every two. A question counts from when it was due, so that one that waits
 * behind another is not forgotten.
 *
 * <p><b>Threads.</b> One of its own.
 */
final class Person implements Runnable {
  private static final long STEP_NANOS = 500_000_000;
  private static final int ROUND = 4;
  private static final int PAGE = 50;

  private final ServerProcess server;
  private final Account account;
  private final Latencies latencies;
  private final int index;
  private volatile boolean over;
  private volatile @Nullable Wire wire;

  Person(ServerProcess server, Account account, Latencies latencies, int index) {
    this.server = server;
    this.account = account;
    this.latencies = latencies;
    this.index = index;
  }

  @Override
  public void run() {
    long due = System.nanoTime() + index * STEP_NANOS / 10;
    for (int step = index; !over; step++) {
      Waits.sleep(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
      try {
        switch (step % ROUND) {
          case 1 ->
              ask(
                  "post",
                  due,
                  new Command.Post(UUID.randomUUID(), Ground.LOBBY, "Message " + step));
          case 3 ->
              ask("history", due, new Command.History(Ground.LOBBY, Direction.BEFORE, 0, PAGE));
          default -> {}
        }
        ask("ping", Math.max(due, System.nanoTime() - STEP_NANOS), new Command.Ping());
      } catch (IOException e) {
        disconnect();
        Waits.moment();
      }
      due = Math.max(due + STEP_NANOS, System.nanoTime() - STEP_NANOS);
    }
    disconnect();
  }

  private void ask(String what, long due, Command command) throws IOException {
    Wire open = connected();
    long start = Math.max(due, 0);
    Reply reply = open.answer(command);
    if (reply instanceof Reply.Failed) {
      latencies.refused();
    } else {
      latencies.record(what, System.nanoTime() - start);
    }
  }

  private Wire connected() throws IOException {
    Wire open = wire;
    if (open == null) {
      open = Wire.greeted(server.address(), Addresses.PEOPLE, "person");
      wire = open;
      if (!(open.answer(new Command.Resume(account.token())) instanceof Reply.LoggedIn)) {
        latencies.refused();
        throw new IOException("not let in");
      }
      open.answer(new Command.Sync(List.of(), 0, 0));
    }
    return open;
  }

  private void disconnect() {
    Wire open = wire;
    wire = null;
    if (open != null) {
      try {
        open.cut();
      } catch (IOException e) {
        // It was broken before.
      }
    }
  }

  /** Ends it soon. */
  void leave() {
    over = true;
    disconnect();
  }
}
