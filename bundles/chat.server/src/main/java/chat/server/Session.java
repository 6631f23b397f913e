// SPDX-License-Identifier: Apache-2.0
package chat.server;

import chat.connection.Connection;
import chat.protocol.Availability;
import chat.protocol.Command;
import chat.protocol.Dialect;
import chat.protocol.Event;
import chat.protocol.Interpreter;
import chat.protocol.Limits;
import chat.protocol.Problem;
import chat.protocol.Reply;
import chat.storage.Change;
import chat.storage.Change.CellWrite;
import chat.storage.StorageException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client on one connection.
 *
 * <p><b>Reading</b> goes on while the journal has room, fewer than {@link Limits#outstanding}
 * commands are unanswered, the lane to the disk is not full, the client takes what it is sent and
 * the wire format is there. Else the connection's reads pause, and go on as soon as that has
 * changed.
 *
 * <p><b>Writing.</b> Replies always go out, at most {@code outstanding} of them; while the wire
 * format is away they wait in the {@link Voice}. Events go out only while the connection is
 * writable.
 *
 * <p><b>Changing hands.</b> A session that a snapshot brought back takes nothing before its token
 * has been looked at. If it is parked again by then, it leaves the snapshot as it came.
 *
 * <p><b>Threads.</b> Commands are handled on the connection's event loop, or one at a time by the
 * hands that an interpreter has. Answers come from any thread. Whatever changes the stage holds
 * this object's lock, so that nothing that comes late can bring an ended session back.
 */
final class Session {
  private static final Logger LOG = LoggerFactory.getLogger(Session.class);
  private static final int LANE = 16;

  /** How far a client has got. */
  sealed interface Stage {
    /** Came from the last server, and goes on once its token has been looked at. */
    record Returning(Snapshot snapshot) implements Stage {}

    /** Hello has not been said. */
    record Greeting() implements Stage {}

    /** Nobody is logged in; {@code busy} while a log-in is being decided. */
    record Guest(boolean busy) implements Stage {}

    /** Somebody is logged in. */
    record Member(Account account, byte[] tokenHash) implements Stage {}

    /** The connection is gone, or belongs to the next server. */
    record Ended() implements Stage {}
  }

  private final Services services;
  private final Connection connection;
  private final String formatName;
  private final Readers.Lane lane;
  private final Desks desks;
  private final AtomicInteger outstanding = new AtomicInteger();
  private final Map<Long, Feed> feeds = new ConcurrentHashMap<>();
  private final FileTransfers transfers = new FileTransfers();
  private final long since = System.nanoTime();

  /** What is to be told, once each. Guarded by itself. */
  private final LinkedHashSet<News> untold = new LinkedHashSet<>();

  /** Guarded by {@code untold}. */
  private boolean telling;

  private volatile Voice voice;
  private volatile Dialect dialect = Dialect.NONE;
  private volatile Stage stage;
  private boolean begun;
  private volatile boolean present;
  private volatile Availability availability = Availability.ONLINE;
  private volatile boolean paused;

  /** Of a new connection, which says Hello first. */
  Session(Services services, Desks desks, Connection connection) {
    this(services, desks, connection, new Stage.Greeting());
  }

  /** Of a connection that was parked; waits for {@link #goOn}. */
  Session(Services services, Desks desks, Connection connection, Snapshot snapshot) {
    this(services, desks, connection, new Stage.Returning(snapshot));
  }

  private Session(Services services, Desks desks, Connection connection, Stage stage) {
    this.stage = stage;
    this.services = services;
    this.desks = desks;
    this.connection = connection;
    this.formatName = connection.listener().formats().getFirst();
    this.lane = services.readers().lane(LANE);
    Interpreter interpreter = services.formats().interpreter(formatName);
    this.voice =
        interpreter == null
            ? new DirectVoice(this, services.formats(), formatName)
            : new InterpretedVoice(this, services.formats(), formatName, interpreter);
  }

  Services services() {
    return services;
  }

  Connection connection() {
    return connection;
  }

  Readers.Lane lane() {
    return lane;
  }

  FileTransfers transfers() {
    return transfers;
  }

  Stage stage() {
    return stage;
  }

  Dialect dialect() {
    return dialect;
  }

  Manners manners() {
    return voice.manners();
  }

  boolean isOver() {
    return stage instanceof Stage.Ended;
  }

  boolean writable() {
    return connection.writable();
  }

  /**
   * The session of a parked connection goes on, with every room where it was; unless the connection
   * is gone or has been parked again.
   */
  synchronized void goOn() {
    if (!(stage instanceof Stage.Returning(Snapshot snapshot))) {
      return;
    }
    dialect = snapshot.dialect();
    availability = snapshot.availability();
    stage = dialect.equals(Dialect.NONE) ? new Stage.Greeting() : new Stage.Guest(false);
    List<Feed> parked = new ArrayList<>();
    services
        .accounts()
        .get(snapshot.account())
        .ifPresent(account -> {
          stage = new Stage.Member(account, snapshot.tokenHash());
          snapshot
              .sent()
              .forEach((id, sent) -> {
                Room room = services.rooms().of(account.id(), id);
                if (room != null) {
                  parked.add(new Feed(this, room, sent));
                }
              });
        });
    begin(parked);
  }

  /** A new connection: begins to read. */
  void begin() {
    begin(List.of());
  }

  private void begin(List<Feed> parked) {
    beginToSpeak();
    if (!parked.isEmpty()) {
      follow(parked, availability);
      tellEverything();
    }
    connection.resumeReads();
  }

  /** What changed while the server was exchanged is not known: how it is now is told anew. */
  private void tellEverything() {
    if (stage instanceof Stage.Member(Account account, byte[] tokenHash)) {
      services.rooms().of(account.id()).forEach(room -> tell(new News.OfRoom(room.id())));
      services.contacts().of(account.id()).keySet().forEach(id -> tell(new News.OfContact(id)));
    }
  }

  private synchronized void beginToSpeak() {
    begun = true;
    voice.begin(!dialect.equals(Dialect.NONE));
  }

  /**
   * What the next server needs to go on with this session.
   *
   * @param away who is gone and still counts as here
   */
  synchronized Snapshot park(List<Long> away) {
    Stage last = stage;
    voice.end();
    Map<Long, Long> sent = new HashMap<>();
    feeds.forEach((id, feed) -> {
      feed.end();
      sent.put(id, feed.sent());
    });
    if (last instanceof Stage.Member member) {
      depart(member.account().id(), false);
    }
    stage = new Stage.Ended();
    return switch (last) {
      case Stage.Returning(Snapshot snapshot) -> snapshot.with(away);
      case Stage.Member(Account account, byte[] tokenHash) ->
          new Snapshot(dialect, account.id(), tokenHash, sent, away, availability);
      case Stage.Greeting _, Stage.Guest _, Stage.Ended _ ->
          new Snapshot(dialect, 0, new byte[0], Map.of(), List.of(), Availability.ONLINE);
    };
  }

  /** Takes what is whole of the bytes that have arrived. */
  void received(ByteBuffer bytes) {
    voice.received(bytes);
  }

  /** Offers bytes again that nobody took, if any can be taken now. */
  void offerAgain() {
    if (ready()) {
      paused = false;
      connection.resumeReads();
    }
  }

  /** Carries out a command. */
  void run(int correlation, Command command) {
    outstanding.incrementAndGet();
    handle(correlation, command);
  }

  /** Answers what is no command. */
  void refuse(int correlation, Problem problem, String why) {
    outstanding.incrementAndGet();
    fail(correlation, problem, why);
  }

  /** The most bytes of a frame now. */
  int maxFrame() {
    return stage instanceof Stage.Member ? services.limits().frame() : Limits.FRAME_BEFORE_LOGIN;
  }

  /** Whether another command may be taken. */
  boolean ready() {
    return stage instanceof Stage.Returning == false
        && services.journal().hasRoom()
        && outstanding.get() < services.limits().outstanding()
        && lane.hasRoom()
        && connection.writable()
        && voice.isReady();
  }

  /** Takes no bytes until it may be ready again. */
  void pause() {
    paused = true;
    connection.pauseReads();
    resume();
  }

  /** Goes on reading if it was paused and need not be any more. */
  void resume() {
    if (paused && ready()) {
      paused = false;
      connection.resumeReads();
    }
  }

  private void handle(int correlation, Command command) {
    switch (stage) {
      case Stage.Returning returning ->
          throw new IllegalStateException("a command came before the session went on");
      case Stage.Greeting greeting -> {
        switch (command) {
          case Command.Hello hello -> desks.door().hello(this, correlation, hello);
          case Command.Ping ping -> answer(correlation, new Reply.Done());
          default -> fail(correlation, Problem.OUT_OF_PLACE, "say Hello first");
        }
      }
      case Stage.Guest guest -> {
        switch (command) {
          case Command.Register register when !guest.busy() ->
              desks.door().register(this, correlation, register);
          case Command.LogIn logIn when !guest.busy() ->
              desks.door().logIn(this, correlation, logIn);
          case Command.Resume resume when !guest.busy() ->
              desks.door().resume(this, correlation, resume);
          case Command.Ping ping -> answer(correlation, new Reply.Done());
          default -> fail(correlation, Problem.OUT_OF_PLACE, "log in first");
        }
      }
      case Stage.Member(Account account, byte[] tokenHash) ->
          handle(correlation, account, tokenHash, command);
      case Stage.Ended ended -> outstanding.decrementAndGet();
    }
  }

  private void handle(int correlation, Account account, byte[] tokenHash, Command command) {
    Call call = new Call(this, correlation, account);
    switch (command) {
      case Command.Hello hello -> fail(correlation, Problem.OUT_OF_PLACE, "Hello was said");
      case Command.Register register -> fail(correlation, Problem.OUT_OF_PLACE, "log out first");
      case Command.LogIn logIn -> fail(correlation, Problem.OUT_OF_PLACE, "log out first");
      case Command.Resume resume -> fail(correlation, Problem.OUT_OF_PLACE, "log out first");
      case Command.LogOut logOut -> desks.door().logOut(this, correlation, tokenHash);
      case Command.Enter enter -> desks.rooms().enter(call, enter);
      case Command.Open open -> desks.rooms().open(call, open);
      case Command.History history -> desks.rooms().history(call, history);
      case Command.Files files -> desks.rooms().files(call, files);
      case Command.People people -> desks.rooms().people(call, people);
      case Command.Rooms rooms -> desks.rooms().rooms(call, rooms);
      case Command.Mark mark -> desks.rooms().mark(call, mark);
      case Command.Silence silence -> desks.rooms().silence(call, silence);
      case Command.Draft draft -> desks.rooms().draft(call, draft);
      case Command.Typing typing -> desks.rooms().typing(call, typing);
      case Command.Post post -> desks.messages().post(call.of(post.id()), post);
      case Command.Edit edit -> desks.messages().edit(call.of(edit.id()), edit);
      case Command.Delete delete -> desks.messages().delete(call.of(delete.id()), delete);
      case Command.React react -> desks.messages().react(call.of(react.id()), react);
      case Command.Pin pin -> desks.messages().pin(call.of(pin.id()), pin);
      case Command.Forward forward -> desks.messages().forward(call.of(forward.id()), forward);
      case Command.Search search -> desks.search().search(call, search);
      case Command.Offer offer -> desks.files().offer(call.of(offer.id()), offer);
      case Command.Chunk chunk -> desks.files().chunk(call, chunk);
      case Command.Withdraw withdraw -> desks.files().withdraw(call, withdraw);
      case Command.Fetch fetch -> desks.files().fetch(call, fetch);
      case Command.Create create -> desks.members().create(call.of(create.id()), create);
      case Command.Direct direct -> desks.members().direct(call.of(direct.id()), direct);
      case Command.Join join -> desks.members().join(call.of(join.id()), join);
      case Command.Leave leave -> desks.members().leave(call.of(leave.id()), leave);
      case Command.SetRoom set -> desks.members().setRoom(call.of(set.id()), set);
      case Command.Manage manage -> desks.members().manage(call.of(manage.id()), manage);
      case Command.Approach approach -> desks.people().approach(call, approach);
      case Command.Who who -> desks.people().who(call, who);
      case Command.SetProfile set -> desks.people().setProfile(call, set);
      case Command.SetPicture set -> desks.people().setPicture(call, set);
      case Command.Picture picture -> desks.people().picture(call, picture);
      case Command.Be be -> desks.people().be(call, be);
      case Command.Invite invite -> desks.people().invite(call, invite);
      case Command.DeleteAccount delete -> desks.farewell().delete(call, delete);
      case Command.Ping ping -> answer(correlation, new Reply.Done());
    }
  }

  /** Answers one command. */
  void answer(int correlation, Reply reply) {
    if (voice.answer(correlation, reply)) {
      outstanding.decrementAndGet();
      resume();
    }
  }

  void fail(int correlation, Problem problem, String detail) {
    answer(correlation, new Reply.Failed(problem, detail));
  }

  void fail(int correlation, Problem problem, String detail, long retryAfter) {
    answer(correlation, new Reply.Failed(problem, detail, retryAfter));
  }

  /**
   * Runs a task on a reader's thread, after the session's earlier ones. If that fails, so has the
   * log-in that it may have been a part of.
   */
  void read(int correlation, Runnable task) {
    Runnable answered =
        () -> {
          try {
            task.run();
          } catch (RuntimeException | LinkageError e) {
            LOG.error("{}: a read failed", this, e);
            busy(false);
            fail(correlation, Problem.INTERNAL, "a fault of the server");
          }
        };
    if (!lane.submit(answered)) {
      busy(false);
      fail(correlation, Problem.BUSY, "too much is being read", 500);
    }
  }

  /** Sends an event if the connection takes one; false if not. */
  boolean send(SharedEvent event) {
    return voice.tell(event);
  }

  /** A wire format or an interpreter has come: what waited for it goes out. */
  void formatArrived() {
    chooseVoice();
    outstanding.addAndGet(-voice.arrived());
    advance();
    resume();
  }

  /** Before it was there for the first time, nobody knew that it would be an interpreter. */
  private synchronized void chooseVoice() {
    Interpreter interpreter = services.formats().interpreter(formatName);
    if (interpreter != null && voice instanceof DirectVoice && !isOver()) {
      voice = new InterpretedVoice(this, services.formats(), formatName, interpreter);
      if (begun) {
        voice.begin(!dialect.equals(Dialect.NONE));
      }
    }
  }

  /** Goes on with every feed, and with what is to be told. */
  void advance() {
    feeds.values().forEach(Feed::advance);
    tellNext();
    voice.goOn();
  }

  /** This shall be told, now or as soon as the client can hear it. */
  void tell(News news) {
    synchronized (untold) {
      untold.add(news);
    }
    tellNext();
  }

  private void tellNext() {
    synchronized (untold) {
      if (telling || !present || untold.isEmpty() || !connection.writable()) {
        return;
      }
      telling = lane.submit(this::tellAll);
    }
  }

  private void tellAll() {
    News next = null;
    try {
      for (next = take(); next != null && told(next); next = take()) {}
    } catch (StorageException e) {
      LOG.warn("{} hears later what is new: {}", this, e.getMessage());
    } finally {
      synchronized (untold) {
        telling = false;
        if (next != null && stage instanceof Stage.Member) {
          untold.add(next);
        }
      }
    }
  }

  private @Nullable News take() {
    synchronized (untold) {
      return stage instanceof Stage.Member && !untold.isEmpty() ? untold.removeFirst() : null;
    }
  }

  /** False if the client can't hear it now. */
  private boolean told(News news) throws StorageException {
    if (!(stage instanceof Stage.Member(Account account, byte[] tokenHash))) {
      return true;
    }
    Event event =
        switch (news) {
          case News.OfRoom(long id) -> {
            Room room = services.rooms().of(account.id(), id);
            Reading reading = new Reading(services);
            yield room == null
                ? new Event.RoomGone(id)
                : new Event.RoomChanged(
                    reading.info(room, account.id()), reading.place(room, account));
          }
          case News.OfContact(long other) ->
              new Event.ContactChanged(
                  services.contacts().shown(account.id(), other, services.accounts()));
        };
    return send(new SharedEvent(event));
  }

  synchronized void greeted(Dialect agreed) {
    if (stage instanceof Stage.Greeting) {
      dialect = agreed;
      stage = new Stage.Guest(false);
    }
  }

  /** A log-in is being decided, or was refused. */
  synchronized void busy(boolean busy) {
    if (stage instanceof Stage.Guest) {
      stage = new Stage.Guest(busy);
    }
  }

  synchronized void loggedIn(Account account, byte[] tokenHash) {
    if (stage instanceof Stage.Guest) {
      stage = new Stage.Member(account, tokenHash);
    }
  }

  /** Nobody is logged in any more. */
  synchronized void loggedOut() {
    leave(true);
    if (stage instanceof Stage.Member) {
      stage = new Stage.Guest(false);
    }
  }

  /** What changes from now on is told, once the session follows its rooms. */
  synchronized void listen() {
    if (stage instanceof Stage.Member member) {
      services.devices().add(member.account().id(), this);
    }
  }

  /** Follows these rooms from now on; those followed before are let go of. */
  synchronized void follow(List<Feed> next, Availability how) {
    if (!(stage instanceof Stage.Member member)) {
      return;
    }
    be(how);
    long account = member.account().id();
    feeds.values().forEach(Feed::end);
    feeds.clear();
    if (!present) {
      services.devices().add(account, this);
      services.presence().enter(this, account, availability);
      present = true;
    }
    next.forEach(feed -> add(account, feed));
    advance();
  }

  /** This device is here that much. */
  synchronized void be(Availability how) {
    availability = how;
    if (present && stage instanceof Stage.Member member) {
      services.presence().be(this, member.account().id(), how);
    }
  }

  /** Follows one more room, or the same from another place. */
  synchronized void follow(Feed feed) {
    if (stage instanceof Stage.Member member && present) {
      unfollow(feed.room().id());
      add(member.account().id(), feed);
      feed.advance();
    }
  }

  /**
   * Whoever is put out in this moment hears nothing of it: either the membership is seen to be gone
   * before the feed begins, or the feed is found and ended by whoever ended the membership.
   */
  private void add(long account, Feed feed) {
    feeds.put(feed.room().id(), feed);
    if (feed.room().member(account) == null) {
      unfollow(feed.room().id());
    } else {
      feed.begin();
    }
  }

  /** Hears nothing more of a room. */
  void unfollow(long room) {
    Feed feed = feeds.remove(room);
    if (feed != null) {
      feed.end();
    }
  }

  private void depart(long account, boolean onPurpose) {
    services.devices().remove(account, this);
    synchronized (untold) {
      untold.clear();
    }
    if (present) {
      present = false;
      services.presence().leave(this, account, onPurpose);
    }
  }

  /** The connection is gone. */
  synchronized void closed() {
    voice.end();
    boolean left = manners().closingIsLeaving();
    if (left && stage instanceof Stage.Member(Account account, byte[] tokenHash)) {
      // Nobody has the token but the session itself.
      services
          .journal()
          .submit(
              Change.write(List.of(), new CellWrite(Cells.session(tokenHash), null)),
              Journal.IGNORED);
    }
    leave(left);
    stage = new Stage.Ended();
  }

  private void leave(boolean onPurpose) {
    feeds.values().forEach(Feed::end);
    feeds.clear();
    if (stage instanceof Stage.Member member) {
      depart(member.account().id(), onPurpose);
    }
  }

  /** Closes the connection if nobody has logged in within the time for it. */
  void expire(long now) {
    boolean late = now - since > services.timings().logIn().toNanos();
    if (late
        && manners().hurried()
        && (stage instanceof Stage.Greeting || stage instanceof Stage.Guest)) {
      LOG.debug("{} did not log in in time", this);
      close(new Event.Leaving("log in sooner", 0));
    }
  }

  /** Closes the connection with these last words, if it is still this session's. */
  synchronized void close(Event lastWords) {
    if (stage instanceof Stage.Ended) {
      return;
    }
    voice.close(lastWords);
  }

  @Override
  public String toString() {
    return stage instanceof Stage.Member member
        ? "session of account " + member.account().id() + " on " + connection
        : "session on " + connection;
  }
}
