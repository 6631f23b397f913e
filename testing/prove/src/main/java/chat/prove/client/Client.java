// SPDX-License-Identifier: Apache-2.0
package chat.prove.client;

import chat.protocol.Command;
import chat.protocol.Command.Direction;
import chat.protocol.Cursor;
import chat.protocol.Decoded;
import chat.protocol.Event;
import chat.protocol.Reply;
import chat.protocol.RoomView;
import chat.protocol.ServerMessage;
import chat.prove.history.History;
import chat.prove.history.Violation;
import chat.prove.server.Waits;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * One who writes and listens in a room, with the manners of every client: what has no answer is
 * sent again under its id, in the order of the first sending, and a new connection goes on at the
 * number that the last one had.
 *
 * <p><b>Threads.</b> Its own thread reads, connects again, and keeps the listener. Messages are
 * posted by the pacer; the client's monitor guards what is unanswered and makes writers take turns.
 * A write never waits for the reader: what may be unanswered fits into the socket's buffer.
 */
public final class Client {
  static final int PAGE = 200;

  private static final int WINDOW = 32;
  private static final Duration MOMENT = Duration.ofMillis(20);
  private static final long LONGEST_WAIT_MILLIS = 500;
  private static final int JITTER_MILLIS = 100;
  private static final int OWN = 50;

  /** A text, or what is done to one, that may have to be sent again. */
  private sealed interface What {
    /**
     * A text.
     *
     * @param place in the order of its author's texts
     */
    record Text(int place) implements What {}

    /** Done to a text, whose place among the texts is nobody's business: it is decided later. */
    record Change(Cursor target) implements What {}
  }

  private static final class Message {
    final Command.Append command;
    final What what;
    int correlation;

    Message(Command.Append command, What what) {
      this.command = command;
      this.what = what;
    }
  }

  private final Load load;
  private final Load.Place place;
  private final String name;
  private final SplittableRandom random;
  private final History.Author author;
  private final Thread thread;

  private final Map<UUID, Message> unanswered = new LinkedHashMap<>();
  private final Map<Integer, Message> asked = new HashMap<>();

  /** Own texts to which nothing is being done. */
  private final List<Cursor> own = new ArrayList<>();

  private final byte[] token;
  private final History.Listener listener;
  private volatile Wire wire;
  private volatile boolean in = true;
  private volatile boolean mayBeCut;
  private volatile int connections = 1;
  private volatile long heardTo;
  private volatile boolean fetching;
  private long lastPrefix;
  private int fetchCorrelation;
  private Duration backAfter = Duration.ZERO;
  private int counter;

  /** Registers, enters, and is a member of the room, which the first one makes. */
  Client(Load load, Load.Place place, String name, SplittableRandom random) throws IOException {
    this.load = load;
    this.place = place;
    this.name = name;
    this.random = random;
    this.author = load.history().author(name);
    Wire first = Wire.greeted(load.server(), "prove");
    this.token = register(first);
    this.wire = first;
    enter(first, List.of());
    place.join(first);
    long head = view(enter(first, List.of())).head();
    place.begins(head);
    this.listener = load.history().listener(name, place.of(head));
    this.heardTo = listener.level();
    this.thread = load.thread(name, this::read);
  }

  private byte[] register(Wire first) throws IOException {
    while (true) {
      try {
        Reply reply =
            first.ask(
                new Command.Register(
                    name, RawClient.PASSWORD, "prove", load.server().guest().invitation()));
        if (reply instanceof Reply.LoggedIn(var self, byte[] given, _)) {
          return given;
        }
        throw new IOException("the server refuses " + name + ": " + reply);
      } catch (Wire.AgainException e) {
        if (e.after().toMillis() > load.patience().toMillis()) {
          throw new IOException(
              "the server takes no more registrations now ("
                  + e.getMessage()
                  + "): raise its registrationsPerTenMinutes, or use fewer clients",
              e);
        }
        Waits.sleep(e.after());
      }
    }
  }

  private static Reply.Synced enter(Wire wire, List<Cursor> cursors) throws IOException {
    Reply reply = wire.ask(new Command.Sync(cursors, 0, 0));
    if (reply instanceof Reply.Synced entered) {
      return entered;
    }
    throw new IOException("may not enter: " + reply);
  }

  private RoomView view(Reply.Synced entered) throws IOException {
    return entered.rooms().stream()
        .filter(view -> view.room() == place.id())
        .findFirst()
        .orElseThrow(() -> new IOException(name + " is no member of room " + place.id()));
  }

  void start() {
    thread.start();
  }

  void join() {
    Waits.join(thread);
  }

  Load.Place place() {
    return place;
  }

  String name() {
    return name;
  }

  /** Worth as much as the password. */
  byte[] token() {
    return token;
  }

  /** Up to which number it has all. */
  long heardTo() {
    return heardTo;
  }

  /** How many connections it has had, if it has one now; else -1. */
  public int connection() {
    return in ? connections : -1;
  }

  /** Its next loss of a connection is no fault of the server. */
  public void mayBeCut() {
    mayBeCut = true;
  }

  /** Cuts its connection as a broken line does. */
  public void cut() throws IOException {
    wire.cut();
  }

  synchronized int unanswered() {
    return unanswered.size();
  }

  /** Says something, or changes what it said, if not too much is unanswered. */
  synchronized boolean post() {
    if (!in || unanswered.size() >= WINDOW) {
      return false;
    }
    boolean change = !own.isEmpty() && random.nextInt(100) < load.changes();
    Message message = change ? change(own.remove(random.nextInt(own.size()))) : text();
    unanswered.put(message.command.id(), message);
    say(message);
    return true;
  }

  private Message text() {
    return new Message(
        new Command.Post(UUID.randomUUID(), place.id(), name + " says " + ++counter),
        new What.Text(author.sent()));
  }

  private Message change(Cursor target) {
    UUID id = UUID.randomUUID();
    Command.Append command =
        switch (random.nextInt(5)) {
          case 0, 1 -> new Command.Edit(id, target, name + " corrects " + ++counter);
          case 2, 3 -> new Command.React(id, target, "👍", random.nextBoolean());
          default -> new Command.Delete(id, target);
        };
    return new Message(command, new What.Change(target));
  }

  private void say(Message message) {
    try {
      asked.remove(message.correlation);
      message.correlation = wire.say(message.command);
      asked.put(message.correlation, message);
    } catch (IOException e) {
      // The reader notices too, and says it again on the next connection.
    }
  }

  private void read() {
    while (!load.over()) {
      try {
        Decoded.Message<ServerMessage> said = wire.next();
        if (said == null) {
          comeBack();
        } else {
          hear(said.correlation(), said.message());
        }
      } catch (IOException e) {
        comeBack();
      }
    }
    close();
  }

  private void hear(int correlation, ServerMessage message) throws IOException {
    switch (message) {
      case Event.Entry entry when entry.room() != place.id() -> {}
      case Event.Entry entry -> heard(entry);
      case Reply.Posted posted -> posted(correlation, posted);
      case Reply.Failed failed -> failed(correlation, failed);
      case Event.Gap(long room, long head) when room != place.id() -> {}
      case Event.Gap(long room, long head) -> gap(head);
      case Reply.Page page -> fetched(page);
      case Event.Restarted restarted -> repeat();
      case Event.Leaving(String reason, long millis) -> backAfter = Duration.ofMillis(millis);
      case Event.LoggedOut out ->
          throw new IllegalStateException("was logged out: " + out.reason());
      case Event.Presence _,
          Event.RoomChanged _,
          Event.RoomInvited _,
          Event.RoleChanged _,
          Event.Announced _,
          Event.RoomGone _,
          Event.ContactChanged _,
          Event.ReadMarkChanged _,
          Event.Typing _ -> {}
      case Reply.Welcome _,
          Reply.LoggedIn _,
          Reply.Synced _,
          Reply.PeoplePage _,
          Reply.Opened _,
          Reply.RoomsPage _,
          Reply.Found _,
          Reply.ProfileFound _,
          Reply.Invited _,
          Reply.DeviceList _,
          Reply.SecondFactor _,
          Reply.RecoveryCodes _,
          Reply.AccountPage _,
          Reply.UploadStarted _,
          Reply.UploadProgress _,
          Reply.Data _,
          Reply.Done _ -> {}
    }
  }

  private void heard(Event.Entry entry) {
    listener.heard(place.of(entry.number()), entry.id());
    lastPrefix = Cursor.prefix(entry.id());
    heardTo = listener.level();
  }

  private synchronized void posted(int correlation, Reply.Posted posted) {
    asked.remove(correlation);
    Message message = unanswered.remove(posted.id());
    long number = place.of(posted.number());
    if (message == null) {
      load.history().acknowledged(posted.id(), number);
      return;
    }
    load.pauses().answered();
    switch (message.what) {
      case What.Text(int at) -> {
        author.acknowledged(at, posted.id(), number);
        free(new Cursor(place.id(), posted.number(), Cursor.prefix(posted.id())));
      }
      case What.Change(Cursor target) -> {
        load.history().acknowledged(posted.id(), number);
        if (!(message.command instanceof Command.Delete)) {
          free(target);
        }
      }
    }
  }

  private void free(Cursor text) {
    if (own.size() < OWN) {
      own.add(text);
    }
  }

  private void failed(int correlation, Reply.Failed failed) {
    load.refused();
    boolean page = fetching && correlation == fetchCorrelation;
    if (Wire.later(failed)) {
      Runnable again = page ? this::fetch : () -> sayAgain(correlation);
      load.later(Duration.ofMillis(Math.max(failed.retryAfter(), MOMENT.toMillis())), again);
    } else {
      load.violations().add(Violation.REFUSED, name + " was told " + failed);
      forget(correlation);
    }
  }

  private synchronized void sayAgain(int correlation) {
    Message message = asked.get(correlation);
    if (in && message != null) {
      repeat(message);
    }
  }

  private void repeat(Message message) {
    if (message.what instanceof What.Text(int at)) {
      author.repeated(at);
    }
    say(message);
  }

  private synchronized void forget(int correlation) {
    Message message = asked.remove(correlation);
    if (message != null) {
      unanswered.remove(message.command.id());
    }
  }

  private synchronized void repeat() {
    asked.clear();
    unanswered.values().forEach(this::repeat);
    if (fetching) {
      fetch();
    }
  }

  private void gap(long head) {
    listener.gap(place.of(head));
    heardTo = listener.level();
    if (!fetching && listener.toFetch() != 0) {
      fetching = true;
      fetch();
    }
  }

  private synchronized void fetch() {
    try {
      fetchCorrelation =
          wire.say(
              new Command.History(
                  place.id(), Direction.AFTER, place.number(listener.toFetch()) - 1, PAGE));
    } catch (IOException e) {
      // The reader notices too, and asks again on the next connection.
    }
  }

  private void fetched(Reply.Page page) {
    long before = listener.toFetch();
    for (Event.Entry entry : page.entries()) {
      listener.fetched(place.of(entry.number()), entry.id());
    }
    heardTo = listener.level();
    // A page that brings nothing new would be asked for for ever; what it lacks counts as missing.
    boolean more = listener.toFetch() != 0 && listener.toFetch() != before;
    fetching = more;
    if (more) {
      fetch();
    }
  }

  private void comeBack() {
    in = false;
    if (load.over()) {
      return;
    }
    load.lost(this, mayBeCut);
    long wait = backAfter.toMillis();
    backAfter = Duration.ZERO;
    while (!load.over()) {
      Waits.sleep(Duration.ofMillis(wait + random.nextInt(JITTER_MILLIS)));
      try {
        connect();
        return;
      } catch (Wire.AgainException e) {
        wait = e.after().toMillis();
      } catch (IOException e) {
        wait = Math.clamp(2 * wait, JITTER_MILLIS, LONGEST_WAIT_MILLIS);
      }
    }
  }

  private void connect() throws IOException {
    close();
    Wire fresh = Wire.greeted(load.server(), "prove");
    try {
      Reply resumed = fresh.ask(new Command.Resume(token));
      if (!(resumed instanceof Reply.LoggedIn)) {
        throw new IllegalStateException("its session is gone: " + resumed);
      }
      boolean first = lastPrefix == 0;
      Reply.Synced entered =
          enter(
              fresh,
              first
                  ? List.of()
                  : List.of(new Cursor(place.id(), place.number(listener.last()), lastPrefix)));
      RoomView room = view(entered);
      go(fresh);
      if (!room.resumed()) {
        gap(room.head());
      }
    } catch (IOException e) {
      fresh.close();
      throw e;
    }
  }

  private synchronized void go(Wire fresh) {
    wire = fresh;
    in = true;
    connections++;
    mayBeCut = false;
    repeat();
  }

  private void close() {
    try {
      wire.close();
    } catch (IOException e) {
      // It was broken before.
    }
  }

  /** What was never answered, for the verdict. */
  synchronized List<UUID> left() {
    return new ArrayList<>(unanswered.keySet());
  }
}
