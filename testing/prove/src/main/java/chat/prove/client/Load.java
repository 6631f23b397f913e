// SPDX-License-Identifier: Apache-2.0
package chat.prove.client;

import chat.protocol.Command;
import chat.protocol.Command.Direction;
import chat.protocol.Event;
import chat.protocol.Reply;
import chat.protocol.RoomKind;
import chat.prove.history.History;
import chat.prove.history.Violation;
import chat.prove.history.Violations;
import chat.prove.measure.Pauses;
import chat.prove.server.Server;
import chat.prove.server.Waits;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/**
 * Clients that write at a steady rate, all together, and listen.
 *
 * <p><b>Threads.</b> One for each client reads; they are virtual, which for 100 clients takes a
 * sixth less of the processors than platform threads do. One for all is the pacer, which posts what
 * is due and repeats what was put off.
 */
public final class Load implements AutoCloseable {
  /** How long nothing may get better before the rest is taken for lost. */
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private static final Duration LISTENERS_PATIENCE = Duration.ofSeconds(5);
  private static final long TICK_MICROS = 1_000;

  private final Server server;
  private final Violations violations = new Violations();
  private final History history = new History(violations);
  private final Pauses pauses = new Pauses();
  private final List<Client> clients = new ArrayList<>();
  private final List<Place> places;
  private final int perSecond;
  private final int changes;
  private final AtomicInteger losses = new AtomicInteger();
  private final AtomicInteger unexpectedLosses = new AtomicInteger();
  private final AtomicLong refused = new AtomicLong();
  private final ScheduledExecutorService pacer =
      new ScheduledThreadPoolExecutor(
          1,
          Thread.ofPlatform().name("pacer").daemon().factory(),
          new ThreadPoolExecutor.DiscardPolicy());
  private volatile boolean writing = true;
  private volatile boolean over;
  private volatile boolean cutsExpected;
  private long paceFrom;
  private long posted;
  private int turn;

  /**
   * In the Lobby, texts alone.
   *
   * @param perSecond messages of all clients together
   */
  public Load(Server server, String name, int clients, int perSecond) throws IOException {
    this(server, name, clients, 1, perSecond, 0, new SplittableRandom());
  }

  /**
   * @param rooms in how many rooms the clients are, each in one; the first is the Lobby
   * @param changes of 100 messages so many change an earlier one
   */
  public Load(
      Server server,
      String name,
      int clients,
      int rooms,
      int perSecond,
      int changes,
      SplittableRandom random)
      throws IOException {
    this.server = server;
    this.perSecond = perSecond;
    this.changes = changes;
    this.places = IntStream.range(0, rooms).mapToObj(i -> new Place(i, name + "room" + i)).toList();
    for (int i = 0; i < clients; i++) {
      this.clients.add(new Client(this, places.get(i % rooms), name + i, random.split()));
    }
    this.clients.forEach(Client::start);
    paceFrom = System.nanoTime();
    var _ =
        pacer.scheduleAtFixedRate(
            guarded(this::pace),
            0,
            Math.max(TICK_MICROS, 1_000_000L / perSecond),
            TimeUnit.MICROSECONDS);
  }

  /** A room with load in it. For the thread that makes the clients; later it does not change. */
  static final class Place {
    static final long LOBBY = 1;

    private final int index;
    private final String name;
    private volatile long id;
    private volatile long begin = -1;

    private Place(int index, String name) {
      this.index = index;
      this.name = name;
      this.id = index == 0 ? LOBBY : 0;
    }

    long id() {
      return id;
    }

    /** Where an entry of it stands in the history. */
    long of(long number) {
      return History.place(index, number);
    }

    /** The number of an entry in the room. */
    long number(long place) {
      return place - of(0);
    }

    /** Makes somebody a member; the first one makes the room. */
    private void joined(Wire wire, Command command) throws IOException {
      while (true) {
        try {
          if (wire.ask(command) instanceof Reply.Posted posted) {
            id = posted.room();
            return;
          }
          throw new IOException("the server refuses " + command);
        } catch (Wire.AgainException e) {
          Waits.sleep(e.after());
        }
      }
    }

    void join(Wire wire) throws IOException {
      if (id == 0) {
        joined(wire, new Command.Create(UUID.randomUUID(), RoomKind.PUBLIC, name, ""));
      } else if (id != LOBBY && begin >= 0) {
        joined(wire, new Command.Join(UUID.randomUUID(), id));
      }
    }

    /** What is counted comes after this number, if nothing is counted yet. */
    void begins(long head) {
      if (begin < 0) {
        begin = head;
      }
    }
  }

  /** Posts what is due. After a pause at most one second's worth is made up for. */
  private void pace() {
    if (!writing) {
      return;
    }
    long due = (System.nanoTime() - paceFrom) * perSecond / 1_000_000_000L - posted;
    if (due > perSecond) {
      posted += due - perSecond;
      due = perSecond;
    }
    for (; due > 0 && somebodyPosts(); due--) {
      posted++;
    }
  }

  private boolean somebodyPosts() {
    for (int i = 0; i < clients.size(); i++) {
      turn = (turn + 1) % clients.size();
      if (clients.get(turn).post()) {
        return true;
      }
    }
    return false;
  }

  Server server() {
    return server;
  }

  History history() {
    return history;
  }

  public Violations violations() {
    return violations;
  }

  public Pauses pauses() {
    return pauses;
  }

  public List<Client> clients() {
    return clients;
  }

  int changes() {
    return changes;
  }

  Duration patience() {
    return PATIENCE;
  }

  boolean over() {
    return over;
  }

  /** A client's thread; one that fails is a violation of the run. */
  Thread thread(String name, Runnable task) {
    return Thread.ofVirtual()
        .name(name)
        .uncaughtExceptionHandler(
            (thread, e) -> violations.add(Violation.CLIENT_FAILED, name + ": " + e.getMessage()))
        .unstarted(task);
  }

  /** Does something later, on the pacer's thread. */
  void later(Duration after, Runnable task) {
    var _ = pacer.schedule(guarded(task), after.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The pacer keeps what its tasks throw to itself. */
  private Runnable guarded(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException e) {
        violations.add(Violation.CLIENT_FAILED, "the pacer: " + e);
      }
    };
  }

  void refused() {
    refused.incrementAndGet();
  }

  void lost(Client client, boolean expected) {
    losses.incrementAndGet();
    if (!expected && !cutsExpected) {
      unexpectedLosses.incrementAndGet();
      violations.add(Violation.CUT_OFF, client.name() + " lost its connection");
    }
  }

  /** Connections that broke. */
  public int losses() {
    return losses.get();
  }

  /** Connections that broke although nobody had touched their sockets. */
  public int unexpectedLosses() {
    return unexpectedLosses.get();
  }

  /** How often somebody was told to try again. */
  public long refusals() {
    return refused.get();
  }

  /** The longest time in which nobody was answered, in milliseconds. */
  public long longestPauseMillis() {
    return TimeUnit.NANOSECONDS.toMillis(pauses.longest());
  }

  public int acknowledged() {
    if (violations.count(Violation.CLIENT_FAILED) > 0) {
      throw new IllegalStateException(String.join("; ", violations.examples()));
    }
    return history.acknowledged();
  }

  /** From now on connections may break without being a violation. */
  public void expectCuts() {
    cutsExpected = true;
  }

  /** Stops writing, waits for every answer and for every listener, and counts. */
  public History settle() {
    writing = false;
    await(PATIENCE, this::unanswered, 0);
    for (Client client : clients) {
      client
          .left()
          .forEach(id -> violations.add(Violation.UNANSWERED, client.name() + " about " + id));
    }
    try {
      for (Place place : places) {
        long head = readStore(place);
        await(LISTENERS_PATIENCE, () -> behind(place, head), 0);
      }
      close();
      history.close();
    } catch (IOException e) {
      close();
      violations.add(
          Violation.CLIENT_FAILED,
          "the store could not be read, so that nobody knows what is lost: " + e.getMessage());
    }
    return history;
  }

  private long unanswered() {
    return clients.stream().mapToInt(Client::unanswered).sum();
  }

  private long behind(Place place, long head) {
    return clients.stream()
        .filter(client -> client.place() == place)
        .mapToLong(client -> Math.max(0, place.of(head) - client.heardTo()))
        .sum();
  }

  /** Waits until a figure has come down to its goal, or has stood still for too long. */
  private static void await(Duration patience, LongSupplier figure, long goal) {
    long last = Long.MAX_VALUE;
    long deadline = 0;
    for (long now = figure.getAsLong(); now > goal; now = figure.getAsLong()) {
      if (now < last) {
        last = now;
        deadline = System.nanoTime() + patience.toNanos();
      } else if (System.nanoTime() > deadline) {
        return;
      }
      Waits.moment();
    }
  }

  /** Tells the history what the store has since the first client entered; gives the last number. */
  private long readStore(Place place) throws IOException {
    Client member = clients.get(place.index);
    long number = place.begin;
    history.storedAfter(place.of(number));
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try (SteadyClient reader =
        new SteadyClient(server, member.token(), () -> System.nanoTime() > deadline)) {
      while (true) {
        Command next = new Command.History(place.id(), Direction.AFTER, number, Client.PAGE);
        Reply reply = reader.does(wire -> wire.ask(next));
        if (!(reply instanceof Reply.Page page)) {
          throw new IOException("no page but " + reply);
        }
        if (page.entries().isEmpty()) {
          return number;
        }
        for (Event.Entry entry : page.entries()) {
          history.stored(place.of(entry.number()), entry.id());
        }
        number = page.entries().getLast().number();
      }
    }
  }

  @Override
  public void close() {
    writing = false;
    over = true;
    pacer.shutdownNow();
    for (Client client : clients) {
      try {
        client.cut();
        client.join();
      } catch (IOException e) {
        throw new IllegalStateException("a client does not end", e);
      }
    }
  }
}
