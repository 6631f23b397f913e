// SPDX-License-Identifier: Apache-2.0
package chat.server.session;

import chat.connection.Connection;
import chat.protocol.Availability;
import chat.protocol.Command;
import chat.protocol.Event;
import chat.protocol.Limits;
import chat.protocol.NegotiatedProtocol;
import chat.protocol.Problem;
import chat.protocol.ProtocolAdapter;
import chat.protocol.Reply;
import chat.server.base.NetworkAddress;
import chat.server.base.Refusal;
import chat.server.room.Account;
import chat.server.room.Room;
import chat.server.room.SharedBlock;
import chat.server.room.SharedEvent;
import chat.server.store.JoinedReplies;
import chat.server.store.Readers;
import chat.server.store.StoreAccess;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client on one connection.
 *
 * <p>It is the client's life: which stage it has reached, and what that lets it do. {@link
 * ReadGate} decides when commands are taken, a {@link CommandRouter} carries them out, {@link
 * Subscriptions} are the rooms that it follows, {@link UpdateQueue} is what it has to be told anew,
 * and a {@link ClientProtocol} puts all of it into the client's words.
 *
 * <p><b>Writing.</b> Replies always go out, at most {@code outstanding} of them; while the wire
 * format is away they wait in the {@link ClientProtocol}. Events go out only while the connection
 * is writable.
 *
 * <p><b>Changing hands.</b> A session that a snapshot brought back takes nothing before its token
 * has been looked at. If it is parked again by then, it leaves the snapshot as it came.
 *
 * <p><b>Threads.</b> Commands are handled on the connection's event loop, or one at a time on the
 * adapter executor. Answers come from any thread. The locks, always taken downwards:
 *
 * <pre>
 *   this session     whatever changes the stage, so that nothing that comes late can bring an
 *                    ended session back; follows and ends rooms
 *   a Feed           keeps the order of what it gives to the connection
 *   Presence         who is here
 *   UpdateQueue      what is untold
 *   ClientProtocol   keeps frames in order; calls no session and no feed
 * </pre>
 */
public final class Session implements Device {
  private static final Logger LOG = LoggerFactory.getLogger(Session.class);

  /** What a client can do that is no person's window: it neither comes nor goes. */
  public static final String QUIET = "quiet";

  /** The capability of clients that know {@link Problem#TEXT_REFUSED}. */
  public static final String TEXT_REFUSED = "text-refused";

  private static final int LANE = 16;

  /** Tells the owner of the sockets that this connection is more than a stranger's. */
  private static final String LOGGED_IN = "chat.logged-in";

  /** How far a client has got. */
  public sealed interface Stage {
    /** Came from the last server, and goes on once its token has been looked at. */
    record Returning(Snapshot snapshot) implements Stage {}

    /** Commands are taken. */
    sealed interface Open extends Stage {}

    /** Hello has not been said. */
    record Greeting() implements Open {}

    /** Nobody is logged in; {@code busy} while a log-in is being decided. */
    record Guest(boolean busy) implements Open {}

    /** Somebody is logged in. */
    record Member(Account account, byte[] tokenHash) implements Open {}

    /** The connection is gone, or belongs to the next server. */
    record Ended() implements Stage {}
  }

  private final Connection connection;

  private final String formatName;

  private final Readers.Lane lane;

  /** From when on the time to log in counts; later by what the server took to decide. */
  private long since = System.nanoTime();

  private long decidingSince;

  private final SessionContext context;
  private final CommandRouter router;
  private final ReadGate readGate;
  private final Subscriptions subscriptions = new Subscriptions();
  private final UpdateQueue updates;

  private volatile ClientProtocol protocol;

  private volatile NegotiatedProtocol negotiated = NegotiatedProtocol.NONE;

  private volatile Stage stage;

  private boolean begun;

  private volatile boolean overdrawn;

  private volatile boolean present;

  private volatile Availability availability = Availability.ONLINE;

  /** Whether the client is about to end the connection on purpose. */
  private boolean leaving;

  /** Of a new connection, which says Hello first. */
  public Session(SessionContext context, CommandRouter router, Connection connection) {
    this(context, router, connection, new Stage.Greeting());
  }

  /** Of a connection that was parked; waits for {@link #restore}. */
  public Session(
      SessionContext context, CommandRouter router, Connection connection, Snapshot snapshot) {
    this(context, router, connection, new Stage.Returning(snapshot));
  }

  private Session(
      SessionContext context, CommandRouter router, Connection connection, Stage stage) {
    this.stage = stage;
    this.context = context;
    this.router = router;
    this.connection = connection;
    this.formatName = connection.listener().formats().getFirst();
    this.lane = context.access().readers().lane(LANE, this::takesAnswers, this::owner);
    this.readGate =
        new ReadGate(
            connection,
            context.access().journal(),
            lane,
            context.limits().outstanding(),
            this::understands);
    this.updates = new UpdateQueue(this, context);
    try (Leased<ProtocolAdapter> adapter = context.formats().adapter(formatName)) {
      this.protocol =
          adapter == null
              ? new NativeProtocol(this, context.formats(), formatName)
              : new AdaptedProtocol(this, context.formats(), formatName, adapter.service());
    }
  }

  public Connection connection() {
    return connection;
  }

  public StoreAccess access() {
    return context.access();
  }

  public Limits limits() {
    return context.limits();
  }

  JoinedReplies replies() {
    return context.online().replies();
  }

  Presence presence() {
    return context.online().presence();
  }

  ScheduledExecutorService adapterExecutor() {
    return context.adapterExecutor();
  }

  @Override
  public Readers.Lane lane() {
    return lane;
  }

  Stage stage() {
    return stage;
  }

  @Override
  public @Nullable Account account() {
    return stage instanceof Stage.Member member ? member.account() : null;
  }

  NegotiatedProtocol negotiated() {
    return negotiated;
  }

  public ClientPolicy policy() {
    return protocol.policy();
  }

  public boolean isOver() {
    return stage instanceof Stage.Ended;
  }

  /** Whether it was parked and has not gone on yet. */
  public boolean isReturning() {
    return stage instanceof Stage.Returning;
  }

  @Override
  public boolean writable() {
    return connection.writable();
  }

  /**
   * The session of a parked connection goes on, with every room where it was; unless the connection
   * is gone or has been parked again.
   */
  public synchronized void restore() {
    if (!(stage instanceof Stage.Returning(Snapshot snapshot))) {
      return;
    }
    negotiated = snapshot.negotiated();
    availability = snapshot.availability();
    stage =
        negotiated.equals(NegotiatedProtocol.NONE) ? new Stage.Greeting() : new Stage.Guest(false);
    List<Feed> parked = new ArrayList<>();
    context
        .directory()
        .accounts()
        .get(snapshot.account())
        .ifPresent(account -> {
          context.online().devices().reconnect(account.id(), this);
          enter(account, snapshot.tokenHash());
          snapshot
              .sent()
              .forEach((id, sent) -> {
                Room room = context.directory().rooms().of(account.id(), id);
                if (room != null) {
                  parked.add(feed(room, room.memberSince(account.id()), sent));
                }
              });
        });
    begin(parked);
  }

  /** A new connection: begins to read. */
  public void begin() {
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
      context
          .directory()
          .rooms()
          .of(account.id())
          .forEach(room -> tell(new StateUpdate.OfRoom(room.id())));
      context
          .directory()
          .invitations()
          .of(account.id())
          .keySet()
          .forEach(room -> tell(new StateUpdate.OfRoom(room)));
      context
          .directory()
          .contacts()
          .of(account.id())
          .keySet()
          .forEach(id -> tell(new StateUpdate.OfContact(id)));
      tell(new StateUpdate.OfRole());
      tell(new StateUpdate.OfAnnouncement());
    }
  }

  private synchronized void beginToSpeak() {
    begun = true;
    protocol.begin(!negotiated.equals(NegotiatedProtocol.NONE));
  }

  /**
   * What the next server needs to go on with this session.
   *
   * @param away who is gone and still counts as here
   */
  public synchronized Snapshot park(List<Long> away) {
    Stage last = stage;
    protocol.end();
    Map<Long, Long> sent = subscriptions.park();
    if (last instanceof Stage.Member member) {
      depart(member.account().id(), false);
    }
    stage = new Stage.Ended();
    router.ended(this);
    return switch (last) {
      case Stage.Returning(Snapshot snapshot) -> snapshot.with(away);
      case Stage.Member(Account account, byte[] tokenHash) ->
          new Snapshot(negotiated, account.id(), tokenHash, sent, away, availability);
      case Stage.Greeting _, Stage.Guest _, Stage.Ended _ ->
          new Snapshot(negotiated, 0, new byte[0], Map.of(), List.of(), Availability.ONLINE);
    };
  }

  /** Takes what is whole of the bytes that have arrived. */
  public void received(ByteBuffer bytes) {
    protocol.received(bytes);
  }

  /** Offers bytes again that nobody took, if any can be taken now. */
  void offerAgain() {
    readGate.offerAgain();
  }

  /** Carries out a command. */
  void run(int correlation, Command command) {
    readGate.taken();
    switch (stage) {
      case Stage.Returning returning ->
          throw new IllegalStateException("a command came before the session went on");
      case Stage.Open open -> {
        long before = System.nanoTime(); // nothing on an event loop waits
        router.route(this, open, correlation, command);
        charge(System.nanoTime() - before);
      }
      case Stage.Ended ended -> readGate.answered(1);
    }
  }

  /** Answers what is no command. */
  void refuseUnread(int correlation, Refusal refusal) {
    readGate.taken();
    refuse(correlation, refusal);
  }

  /** The most bytes of a frame now. */
  int maxFrame() {
    return stage instanceof Stage.Member ? context.limits().frame() : Limits.FRAME_BEFORE_LOGIN;
  }

  /** Whether another command may be taken. */
  boolean ready() {
    return readGate.isOpen();
  }

  private boolean understands() {
    return !isOverdrawn() && !(stage instanceof Stage.Returning) && protocol.isReady();
  }

  /** Takes no bytes until it may be ready again. */
  void pause() {
    readGate.pause();
  }

  /** Goes on reading, and with what is to be read for it, if it was paused and need not be. */
  public void resume() {
    lane.resume();
    readGate.resume();
  }

  /** Whether answers go out: what is read for a client that takes nothing would fill the memory. */
  private boolean takesAnswers() {
    return connection.writable() && !isOverdrawn() || isOver();
  }

  /** By what the turns of its reads are known: the account, or before log-in the address. */
  private Object owner() {
    return stage instanceof Stage.Member member
        ? member.account().id()
        : NetworkAddress.of(connection.peer());
  }

  /** Whether the account has used more of the processor than is its share, and has to wait. */
  private boolean isOverdrawn() {
    if (overdrawn && stage instanceof Stage.Member member) {
      overdrawn = context.online().cpu().spend(member.account().id(), 0);
    }
    return overdrawn;
  }

  /** Takes no command until {@link #release}: one of before is decided elsewhere. */
  public void hold() {
    readGate.hold();
  }

  /** Goes on behind the command that was decided. */
  public void release() {
    readGate.release();
  }

  /** Answers one command. */
  public void answer(int correlation, Reply reply) {
    if (protocol.answer(correlation, reply)) {
      readGate.answered(1);
      resume();
    }
  }

  /** Answers one command with why it is not carried out: the one place where that is a reply. */
  public void refuse(int correlation, Refusal refusal) {
    Problem problem = refusal.problem();
    context.online().refusals().count(problem);
    if (problem == Problem.TEXT_REFUSED && !negotiated.capabilities().contains(TEXT_REFUSED)) {
      problem = Problem.NOT_ALLOWED;
    }
    answer(correlation, new Reply.Failed(problem, refusal.detail(), refusal.retryAfter()));
  }

  /**
   * Runs a task on a reader's thread, after the session's earlier ones; false if too many wait for
   * that already.
   */
  public boolean read(Runnable task) {
    return lane.submit(() -> charging(task));
  }

  /** Runs a task whose processor time counts for the account that is logged in. */
  public void charging(Runnable task) {
    long before = CpuBudget.threadNanos();
    try {
      task.run();
    } finally {
      charge(CpuBudget.threadNanos() - before);
    }
  }

  private void charge(long nanos) {
    if (stage instanceof Stage.Member member) {
      overdrawn = context.online().cpu().spend(member.account().id(), nanos);
    }
  }

  @Override
  public boolean send(SharedEvent event) {
    return protocol.send(event);
  }

  @Override
  public boolean send(SharedBlock entries) {
    return protocol.send(entries);
  }

  /** A wire format or an adapter has come: what waited for it goes out. */
  public void formatArrived() {
    chooseProtocol();
    readGate.answered(protocol.formatArrived());
    advance();
    resume();
  }

  /** Before it was there for the first time, nobody knew that it would be an adapter. */
  private synchronized void chooseProtocol() {
    if (!(protocol instanceof NativeProtocol) || isOver()) {
      return;
    }
    try (Leased<ProtocolAdapter> adapter = context.formats().adapter(formatName)) {
      if (adapter == null) {
        return;
      }
      protocol = new AdaptedProtocol(this, context.formats(), formatName, adapter.service());
    }
    if (begun) {
      protocol.begin(!negotiated.equals(NegotiatedProtocol.NONE));
    }
  }

  /** Goes on with every feed, and with what is to be told. */
  public void advance() {
    subscriptions.advance();
    updates.advance();
    protocol.resume();
  }

  @Override
  public void tell(StateUpdate news) {
    updates.add(news);
  }

  @Override
  public boolean hears() {
    return present && connection.writable();
  }

  public synchronized void greeted(NegotiatedProtocol agreed) {
    if (stage instanceof Stage.Greeting) {
      negotiated = agreed;
      stage = new Stage.Guest(false);
    }
  }

  /** A log-in is being decided, or was refused. */
  public synchronized void busy(boolean busy) {
    if (stage instanceof Stage.Guest guest) {
      long now = System.nanoTime();
      if (guest.busy()) {
        since += now - decidingSince;
      }
      decidingSince = now;
      stage = new Stage.Guest(busy);
    }
  }

  /** Somebody has logged in; false if the account has too many connections for that. */
  public synchronized boolean loggedIn(Account account, byte[] tokenHash) {
    if (stage instanceof Stage.Guest) {
      if (!context.online().devices().connect(account.id(), this)) {
        return false;
      }
      enter(account, tokenHash);
    }
    return true;
  }

  private void enter(Account account, byte[] tokenHash) {
    stage = new Stage.Member(account, tokenHash);
    connection.attributes().put(LOGGED_IN, true);
  }

  /** The hash of the token that it was begun with; empty if nobody is logged in. */
  public synchronized byte[] tokenHash() {
    return stage instanceof Stage.Member member ? member.tokenHash() : new byte[0];
  }

  /** Whether it was begun with this token; waits for a log-in that is just being done. */
  @Override
  public boolean uses(byte[] hash) {
    return hash.length > 0 && Arrays.equals(tokenHash(), hash);
  }

  /** Nobody is logged in any more. */
  public synchronized void loggedOut() {
    leave(true);
    if (stage instanceof Stage.Member) {
      stage = new Stage.Guest(false);
      since = System.nanoTime();
      connection.attributes().remove(LOGGED_IN);
    }
  }

  /** What changes from now on is told, once the session follows its rooms. */
  public synchronized void listen() {
    if (stage instanceof Stage.Member member) {
      context.online().devices().add(member.account().id(), this);
    }
  }

  /** Follows these rooms from now on; those followed before are let go of. */
  public synchronized void follow(List<Feed> next, Availability how) {
    if (!(stage instanceof Stage.Member member)) {
      return;
    }
    be(how, false);
    long account = member.account().id();
    subscriptions.end();
    if (!present) {
      context.online().devices().add(account, this);
      if (!isQuiet()) {
        context.online().presence().enter(this, account, availability);
      }
      present = true;
    }
    subscriptions.replace(account, next);
    advance();
  }

  /** Whether nobody is to hear that this client comes and goes, which says something and is off. */
  private boolean isQuiet() {
    return negotiated.capabilities().contains(QUIET);
  }

  /** This device is here that much. */
  public synchronized void be(Availability how, boolean goes) {
    availability = how;
    leaving = goes;
    if (present && stage instanceof Stage.Member member) {
      context.online().presence().be(this, member.account().id(), how);
    }
  }

  /**
   * What this session hears of a room, once it follows it.
   *
   * @param since when the account became a member, as it was before the client was told up to where
   *     it knows the room
   * @param sent the last number that the client knows
   */
  public Feed feed(Room room, long since, long sent) {
    return new Feed(this, context.queries(), room, since, sent);
  }

  /** Follows one more room, or the same from another place. */
  public synchronized void follow(Feed feed) {
    if (stage instanceof Stage.Member member && present) {
      subscriptions.set(member.account().id(), feed);
    }
  }

  @Override
  public void unfollow(long room) {
    subscriptions.end(room);
  }

  private void depart(long account, boolean onPurpose) {
    context.online().devices().remove(account, this);
    context.online().devices().disconnect(account, this);
    updates.clear();
    if (present) {
      present = false;
      if (!isQuiet()) {
        context.online().presence().leave(this, account, onPurpose);
      }
    }
  }

  /** The connection is gone. */
  public synchronized void closed() {
    protocol.end();
    boolean left = policy().logoutOnClose();
    if (left && stage instanceof Stage.Member member) {
      router.left(this, member);
    }
    leave(left || leaving);
    stage = new Stage.Ended();
    router.ended(this);
  }

  private void leave(boolean onPurpose) {
    subscriptions.end();
    if (stage instanceof Stage.Member member) {
      depart(member.account().id(), onPurpose);
    }
  }

  /** Goes on if it has waited for its share of the processor. */
  public void resumeIfOverdrawn() {
    if (overdrawn) {
      resume();
    }
  }

  /** Closes the connection if nobody has logged in within the time for it. */
  public synchronized void expire(long now, Duration logIn) {
    boolean waits =
        switch (stage) {
          case Stage.Greeting _ -> true;
          case Stage.Guest guest -> !guest.busy();
          case Stage.Returning _, Stage.Member _, Stage.Ended _ -> false;
        };
    if (waits && policy().loginTimeLimit() && now - since > logIn.toNanos()) {
      LOG.debug("{} did not log in in time", this);
      close(new Event.Leaving("log in sooner", 0));
    }
  }

  /** Closes the connection with these last words, if it is still this session's. */
  @Override
  public synchronized void close(Event lastWords) {
    if (stage instanceof Stage.Ended) {
      return;
    }
    protocol.close(lastWords);
  }

  @Override
  public String toString() {
    return stage instanceof Stage.Member member
        ? "session of account " + member.account().id() + " on " + connection
        : "session on " + connection;
  }
}
