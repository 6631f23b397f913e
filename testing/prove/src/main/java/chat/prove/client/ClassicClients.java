// SPDX-License-Identifier: Apache-2.0
package chat.prove.client;

import chat.admin.client.ServerReport;
import chat.protocol.Command;
import chat.protocol.Command.Direction;
import chat.protocol.Content;
import chat.protocol.Event;
import chat.protocol.Reply;
import chat.prove.history.Violation;
import chat.prove.history.Violations;
import chat.prove.server.Server;
import chat.prove.server.Waits;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Original clients beside the others: each writes two lines a second and hears what everybody else
 * writes. They have no acknowledgements, never connect again, and need not: what each wrote has to
 * be stored once and in order, and what is stored has to be heard so by all the others.
 *
 * <p><b>Threads.</b> One writes for all of them; each has one that reads.
 */
public final class ClassicClients implements AutoCloseable {
  private static final Duration STEP = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int PAGE = 200;

  private final Server server;
  private final String prefix;
  private final List<ClassicClient> clients = new ArrayList<>();
  private final Thread writer;
  private long headBefore;
  private int said;
  private volatile boolean writing = true;
  private volatile String broken = "";

  /**
   * All of them have entered, and nobody has written yet.
   *
   * @param prefix of every name in this run
   */
  public ClassicClients(Server server, String prefix, int count) throws IOException {
    this.server = server;
    this.prefix = prefix;
    this.writer = Thread.ofPlatform().name("classic-clients").daemon().unstarted(this::write);
    if (count == 0) {
      return;
    }
    int port = port(server);
    for (int i = 0; i < count; i++) {
      clients.add(ClassicClient.named(prefix + "old" + i, port).registers());
    }
    try (RawClient reader = RawClient.entered(server, prefix + "first")) {
      headBefore = page(reader, Direction.BEFORE, 0, 1).head();
    }
    writer.start();
  }

  private static int port(Server server) throws IOException {
    return server
        .admin()
        .status()
        .listener("classic")
        .map(ServerReport.Listener::port)
        .orElseThrow(() -> new IOException("the server has no listener classic"));
  }

  private void write() {
    try {
      while (writing) {
        said++;
        for (ClassicClient client : clients) {
          client.says(line(said));
        }
        Waits.sleep(STEP);
      }
    } catch (IOException e) {
      broken = e.toString();
    }
  }

  private static String line(int number) {
    return "line " + number;
  }

  /** Writes nothing more. */
  public void stop() {
    writing = false;
    Waits.join(writer);
  }

  /** Holds what is stored against what was written and what was heard. */
  public void check(Violations violations) {
    if (clients.isEmpty()) {
      return;
    }
    if (!broken.isEmpty()) {
      violations.add(Violation.CLIENT_FAILED, "an original client: " + broken);
    }
    try {
      awaitLastLines();
      List<Event.Entry> stored = stored();
      List<String> written = new ArrayList<>();
      for (int i = 1; i <= said; i++) {
        written.add(line(i));
      }
      for (ClassicClient client : clients) {
        List<String> own =
            stored.stream()
                .filter(entry -> entry.author().name().equals(client.name()))
                .map(ClassicClients::text)
                .toList();
        compare(client.name() + " is stored", written, own, Violation.LOST, violations);
        List<String> others =
            stored.stream()
                .filter(entry -> !entry.author().name().equals(client.name()))
                .map(entry -> "301 " + entry.author().name() + ": " + text(entry))
                .toList();
        awaitHeard(client, others.size());
        compare(client.name() + " heard", others, heard(client), Violation.MISSING, violations);
        client
            .troubles()
            .forEach(
                trouble -> violations.add(Violation.CLIENT_FAILED, client.name() + ": " + trouble));
      }
    } catch (IOException e) {
      violations.add(Violation.CLIENT_FAILED, "what original clients said can't be read: " + e);
    }
  }

  private List<String> heard(ClassicClient client) {
    return client.heard().stream().filter(line -> line.startsWith("301 " + prefix)).toList();
  }

  static void compare(
      String what,
      List<String> wanted,
      List<String> found,
      Violation absent,
      Violations violations) {
    Set<String> once = new HashSet<>(found);
    Set<String> all = new HashSet<>(wanted);
    all.removeAll(once);
    if (once.size() < found.size()) {
      violations.add(Violation.DOUBLED, found.size() - once.size(), what);
    }
    if (!all.isEmpty()) {
      violations.add(absent, all.size(), what + " without " + all.iterator().next());
    }
    if (all.isEmpty() && once.size() == found.size() && !wanted.equals(found)) {
      violations.add(Violation.OUT_OF_ORDER, what);
    }
  }

  /** An original client is not told when what it wrote is on disk. */
  private void awaitLastLines() throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    long wanted = (long) said * clients.size();
    while (storedByClassicClients() < wanted && System.nanoTime() < deadline) {
      Waits.sleep(STEP);
    }
  }

  private long storedByClassicClients() throws IOException {
    Set<String> names = new HashSet<>(clients.stream().map(ClassicClient::name).toList());
    return stored().stream().filter(entry -> names.contains(entry.author().name())).count();
  }

  private void awaitHeard(ClassicClient client, int wanted) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (heard(client).size() < wanted && System.nanoTime() < deadline) {
      Waits.moment();
    }
  }

  /** The texts of this run. */
  private List<Event.Entry> stored() throws IOException {
    List<Event.Entry> stored = new ArrayList<>();
    try (RawClient reader = RawClient.greeted(server)) {
      reader.ask(new Command.LogIn(prefix + "first", RawClient.PASSWORD, "raw"));
      long number = headBefore;
      for (List<Event.Entry> page = after(reader, number); !page.isEmpty(); ) {
        page.stream()
            .filter(entry -> entry.content() instanceof Content.Text)
            .filter(entry -> entry.author().name().startsWith(prefix))
            .forEach(stored::add);
        number = page.getLast().number();
        page = after(reader, number);
      }
    }
    return stored;
  }

  private static List<Event.Entry> after(RawClient reader, long number) throws IOException {
    return page(reader, Direction.AFTER, number, PAGE).entries();
  }

  private static Reply.Page page(RawClient reader, Direction direction, long number, int limit)
      throws IOException {
    Reply reply = reader.ask(new Command.History(Load.Place.LOBBY, direction, number, limit));
    if (reply instanceof Reply.Page page) {
      return page;
    }
    throw new IOException("no page but " + reply);
  }

  private static String text(Event.Entry entry) {
    return entry.content() instanceof Content.Text text ? text.text() : "";
  }

  /** A line about them for people; empty if there are none. */
  public String summary() {
    return clients.isEmpty()
        ? ""
        : "%d original clients wrote %,d lines each, and heard %,d"
            .formatted(clients.size(), said, heard(clients.getFirst()).size());
  }

  @Override
  public void close() throws IOException {
    writing = false;
    for (ClassicClient client : clients) {
      client.close();
    }
  }
}
