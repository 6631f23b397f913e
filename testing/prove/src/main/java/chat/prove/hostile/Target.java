// SPDX-License-Identifier: Apache-2.0
package chat.prove.hostile;

import chat.protocol.Command;
import chat.protocol.Reply;
import chat.prove.Attackers.Rule;
import chat.prove.client.Wire;
import chat.prove.report.AttackResult.Cost;
import chat.prove.server.ServerProcess;
import chat.prove.server.Waits;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * A server as its attacker sees it: connections, which are counted and closed in the end, and a
 * time that is over at some point. Bounded, also in what it may spend.
 *
 * <p><b>Threads.</b> May be used from any thread.
 */
final class Target implements AutoCloseable {
  private static final long MOST_CONNECTIONS = 20_000;
  private static final long MOST_COMMANDS = 2_000_000;
  private static final int PATIENCE_MILLIS = 60_000;

  /** Something that a worker does again and again. */
  interface Work {
    void once() throws IOException, InterruptedException;
  }

  private final ServerProcess server;
  private final Ground ground;
  private final Rule rule;
  private final long deadline;
  private final Set<Closeable> open = ConcurrentHashMap.newKeySet();
  private final AtomicLong connections = new AtomicLong();
  private final LongAdder commands = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final List<String> faults = new ArrayList<>();
  private volatile String note = "";
  private volatile boolean over;

  Target(ServerProcess server, Ground ground, Rule rule, Duration time) {
    this.server = server;
    this.rule = rule;
    this.ground = ground;
    this.deadline = System.nanoTime() + time.toNanos();
  }

  ServerProcess server() {
    return server;
  }

  Ground ground() {
    return ground;
  }

  boolean isOver() {
    return over
        || System.nanoTime() > deadline
        || connections.get() > MOST_CONNECTIONS
        || commands.sum() > MOST_COMMANDS;
  }

  /** Whether connections break for other reasons than the attack, too. */
  boolean isDisturbed() {
    return rule == Rule.DISTURBED;
  }

  /** Has several do something until the time is over; whoever is thrown out comes again. */
  void together(int workers, Work work) throws InterruptedException {
    together(workers, Duration.ZERO, work);
  }

  /**
   * The same, but they begin one after another.
   *
   * @param apart what lies between two of them, so that their handshakes alone are no attack
   */
  void together(int workers, Duration apart, Work work) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < workers && !isOver(); i++) {
      Thread.sleep(apart);
      threads.add(Thread.ofVirtual().name("attacker-" + i).start(() -> again(work)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private void again(Work work) {
    while (!isOver()) {
      try {
        work.once();
      } catch (IOException e) {
        // Being refused or cut off is what an attacker expects.
        Waits.moment();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** Waits, but not beyond the end. */
  void pause(Duration time) throws InterruptedException {
    long until = Math.min(deadline, System.nanoTime() + time.toNanos());
    while (!over && System.nanoTime() < until) {
      Thread.sleep(Duration.ofNanos(Math.clamp(until - System.nanoTime(), 0, 50_000_000)));
    }
  }

  /** A bare socket. */
  Socket socket(InetAddress from, int port) throws IOException {
    Socket socket = new Socket();
    open.add(socket);
    connections.incrementAndGet();
    try {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.bind(new InetSocketAddress(from, 0));
      socket.connect(new InetSocketAddress(server.address().getAddress(), port), PATIENCE_MILLIS);
      return socket;
    } catch (IOException e) {
      release(socket);
      throw e;
    }
  }

  void send(Socket socket, byte[] sent) throws IOException {
    socket.getOutputStream().write(sent);
    bytes.add(sent.length);
  }

  /** A connection on which Hello was said. */
  Wire greeted(InetAddress from) throws IOException {
    connections.incrementAndGet();
    Wire wire = Wire.greeted(server.address(), from, "attacker");
    open.add(wire);
    return wire;
  }

  /** A connection of somebody who is logged in. */
  Wire loggedIn(Account account) throws IOException {
    Wire wire = greeted(Addresses.ATTACKER);
    if (!(ask(wire, new Command.Resume(account.token())) instanceof Reply.LoggedIn)) {
      release(wire);
      throw new IOException("not let in");
    }
    return wire;
  }

  /** Sends a command and does not wait. */
  int say(Wire wire, Command command) throws IOException {
    commands.increment();
    return wire.say(command);
  }

  /** Sends a command and waits for what is said to it, refusals included. */
  Reply ask(Wire wire, Command command) throws IOException {
    commands.increment();
    return wire.answer(command);
  }

  /** It is closed, and its bytes are counted. */
  void release(Closeable connection) {
    if (open.remove(connection)) {
      try {
        if (connection instanceof Wire wire) {
          bytes.add(wire.sent());
          wire.cut();
        } else {
          connection.close();
        }
      } catch (IOException e) {
        // It was broken before.
      }
    }
  }

  /** Says what the attacker achieved. */
  void note(String achieved) {
    note = achieved;
  }

  /** The attacker achieved something that nobody should. */
  synchronized void fault(String sentence) {
    faults.add(sentence);
  }

  String note() {
    return note;
  }

  synchronized List<String> faults() {
    return List.copyOf(faults);
  }

  Cost cost() {
    return new Cost(connections.get(), commands.sum(), bytes.sum());
  }

  @Override
  public void close() {
    over = true;
    List.copyOf(open).forEach(this::release);
  }
}
