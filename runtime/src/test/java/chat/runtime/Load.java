package chat.runtime;

import chat.protocol.Command;
import chat.protocol.Command.Direction;
import chat.protocol.Cursor;
import chat.protocol.Event;
import chat.protocol.Problem;
import chat.protocol.Reply;
import chat.protocol.ServerMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Clients that write at a steady rate and listen, each with a thread that writes and one that
 * reads. What has no answer when a connection breaks is sent again under its id, as every client
 * does.
 */
final class Load implements AutoCloseable {
  private final ServerProcess server;
  private final List<Client> clients = new ArrayList<>();
  private final AtomicLong lastAnswer = new AtomicLong(System.nanoTime());
  private final AtomicLong longestPause = new AtomicLong();
  private final AtomicInteger losses = new AtomicInteger();
  private final long nanosBetween;
  private volatile @Nullable Throwable failure;
  private volatile boolean writing = true;
  private volatile boolean listening = true;

  /**
   * @param perSecond messages of all clients together
   */
  Load(ServerProcess server, String name, int clients, int perSecond) throws IOException {
    this.server = server;
    this.nanosBetween = 1_000_000_000L * clients / perSecond;
    for (int i = 0; i < clients; i++) {
      this.clients.add(new Client(name + i));
    }
    this.clients.forEach(Client::start);
  }

  /** Connections that broke. */
  int losses() {
    return losses.get();
  }

  /** The longest time in which nobody was answered, in milliseconds. */
  long longestPauseMillis() {
    return longestPause.get() / 1_000_000;
  }

  int acknowledged() {
    goesWell();
    return clients.stream().mapToInt(client -> client.acknowledged.size()).sum();
  }

  /** A client's thread that failed fails the test, instead of leaving it waiting. */
  private void goesWell() {
    if (failure != null) {
      throw new AssertionError("a client failed", failure);
    }
  }

  /** Stops writing, waits for every answer and for every listener, and counts. */
  Ledger settle() throws IOException, InterruptedException {
    writing = false;
    for (Client client : clients) {
      while (!client.writer.join(Duration.ofMillis(50))) {
        goesWell();
      }
    }
    List<Event.Entry> stored = stored();
    long head = stored.getLast().number();
    for (Client client : clients) {
      while (client.heardTo() < head) {
        goesWell();
        ServerProcess.pause();
      }
    }
    listening = false;
    Ledger ledger = new Ledger();
    for (Client client : clients) {
      client.acknowledged.forEach(ledger::acknowledged);
    }
    ledger.stored(stored);
    for (Client client : clients) {
      ledger.delivered(client.name, List.copyOf(client.heard));
    }
    return ledger;
  }

  private List<Event.Entry> stored() throws IOException {
    List<Event.Entry> all = new ArrayList<>();
    try (RawClient reader =
        RawClient.entered(server, "reader" + Math.abs(UUID.randomUUID().hashCode()))) {
      long number = 0;
      while (true) {
        Reply reply = reader.ask(new Command.History(1, Direction.AFTER, number, 200));
        if (!(reply instanceof Reply.Page page)) {
          throw new AssertionError("no page: " + reply);
        }
        if (page.entries().isEmpty()) {
          all.sort(Comparator.comparingLong(Event.Entry::number));
          return all;
        }
        all.addAll(page.entries());
        number = page.entries().getLast().number();
      }
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    writing = false;
    listening = false;
    for (Client client : clients) {
      client.writer.join();
      client.connection.close();
      client.reader.join();
    }
  }

  /** One client; the writer has at most {@link #WINDOW} unanswered messages. */
  private final class Client {
    private static final int WINDOW = 32;

    final String name;
    final Map<UUID, Long> acknowledged = new LinkedHashMap<>();
    final List<Event.Entry> heard = new ArrayList<>();
    final Thread writer;
    final Thread reader;

    private final Map<UUID, Command.Post> unanswered = new LinkedHashMap<>();
    private final Map<Integer, UUID> asked = new ConcurrentSkipListMap<>();
    private final byte[] token;
    private volatile RawClient connection;
    private int counter;

    Client(String name) throws IOException {
      this.name = name;
      connection = RawClient.greeted(server);
      Reply reply = connection.ask(new Command.Register(name, Friend.PASSWORD, "load", ""));
      if (!(reply instanceof Reply.LoggedIn(var self, byte[] given))) {
        throw new AssertionError("not registered: " + reply);
      }
      token = given;
      connection.ask(new Command.Enter(List.of(), 0, 0));
      connection.events().forEach(this::heard);
      writer = thread("-writer", this::write);
      reader = thread("-reader", this::read);
    }

    private Thread thread(String kind, Runnable task) {
      return Thread.ofPlatform()
          .name(name + kind)
          .uncaughtExceptionHandler((thread, fault) -> failure = fault)
          .unstarted(task);
    }

    void start() {
      writer.start();
      reader.start();
    }

    synchronized long heardTo() {
      return heard.isEmpty() ? 0 : heard.getLast().number();
    }

    private void write() {
      long next = System.nanoTime();
      while (listening && (writing || !done())) {
        if (writing && open() && System.nanoTime() >= next) {
          next += nanosBetween;
          post();
        } else {
          ServerProcess.pause();
        }
      }
    }

    private synchronized boolean done() {
      return unanswered.isEmpty();
    }

    private synchronized boolean open() {
      return unanswered.size() < WINDOW;
    }

    private synchronized void post() {
      UUID id = UUID.randomUUID();
      Command.Post post = new Command.Post(id, 1, name + " " + ++counter);
      unanswered.put(id, post);
      say(post);
    }

    private synchronized void say(Command.Post post) {
      try {
        asked.put(connection.say(post), post.id());
      } catch (IOException e) {
        // The reader notices too, and says it again on the next connection.
      }
    }

    private void read() {
      while (listening) {
        try {
          ServerMessage message = hear();
          if (message == null) {
            reconnect();
          }
        } catch (IOException e) {
          reconnect();
        }
      }
    }

    private @Nullable ServerMessage hear() throws IOException {
      RawClient.Said said = connection.hear();
      switch (said.message()) {
        case Reply.Posted posted -> posted(said.correlation(), posted);
        case Reply.Failed failed -> failed(said.correlation(), failed);
        case Event.Restarted restarted -> repeat();
        case Event event -> heard(event);
        case null, default -> {}
      }
      return said.message();
    }

    private synchronized void posted(int correlation, Reply.Posted posted) {
      asked.remove(correlation);
      unanswered.remove(posted.id());
      acknowledged.put(posted.id(), posted.number());
      long now = System.nanoTime();
      longestPause.accumulateAndGet(now - lastAnswer.getAndSet(now), Math::max);
    }

    private synchronized void failed(int correlation, Reply.Failed failed) {
      UUID id = asked.remove(correlation);
      boolean later = failed.problem() == Problem.UNAVAILABLE || failed.problem() == Problem.BUSY;
      if (id == null || !later) {
        throw new AssertionError(name + " was refused: " + failed);
      }
      ServerProcess.pause();
      Optional.ofNullable(unanswered.get(id)).ifPresent(this::say);
    }

    private synchronized void heard(Event event) {
      if (event instanceof Event.Entry entry
          && (heard.isEmpty() || !heard.getLast().equals(entry))) {
        heard.add(entry);
      }
    }

    private synchronized void repeat() {
      asked.clear();
      List.copyOf(unanswered.values()).forEach(this::say);
    }

    private void reconnect() {
      losses.incrementAndGet();
      while (listening) {
        try {
          connection.close();
          RawClient fresh = RawClient.greeted(server);
          Reply in = fresh.ask(new Command.Resume(token));
          if (!(in instanceof Reply.LoggedIn)) {
            fresh.close();
            continue;
          }
          List<Cursor> cursors;
          synchronized (this) {
            cursors = heard.isEmpty() ? List.of() : List.of(Cursor.behind(heard.getLast()));
          }
          Reply entered = fresh.ask(new Command.Enter(cursors, 0, 0));
          if (entered instanceof Reply.Entered(var rooms, var online)
              && !cursors.isEmpty()
              && !rooms.getFirst().resumed()) {
            throw new AssertionError(name + " could not resume at " + cursors);
          }
          fresh.events().forEach(this::heard);
          connection = fresh;
          repeat();
          return;
        } catch (IOException e) {
          ServerProcess.pause();
        }
      }
    }
  }
}
