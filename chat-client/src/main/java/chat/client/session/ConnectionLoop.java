// SPDX-License-Identifier: Apache-2.0
package chat.client.session;

import chat.client.ClientConfig;
import chat.client.ClientEvent;
import chat.client.ConnectionProblem;
import chat.client.Link;
import chat.client.RefusedException;
import chat.client.profile.Profile;
import chat.client.profile.ServerIdentity;
import chat.client.transport.Connection;
import chat.client.transport.Requests;
import chat.client.transport.RetryingRequests;
import chat.client.transport.Timings;
import chat.client.transport.Trust;
import chat.client.transport.UntrustedException;
import chat.protocol.Availability;
import chat.protocol.ClientFormat;
import chat.protocol.Command;
import chat.protocol.Contact;
import chat.protocol.Event;
import chat.protocol.Person;
import chat.protocol.Problem;
import chat.protocol.ReadMark;
import chat.protocol.Reply;
import chat.protocol.ServerRole;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of the link: dial, greet, log in, enter, listen; and again, for as long as the client is
 * open. It reads top to bottom as one thread does it, and that thread is the one that reads from
 * the connection.
 *
 * <p>When nobody is there to be logged in, the connection is closed again and the link stays {@link
 * Link.Connected}: a server cuts off who does not log in soon, and a human types slowly. An attempt
 * to log in dials anew.
 *
 * <p><b>Threads.</b> Other threads only leave a wish ({@link #wish}, {@link #retry}, {@link
 * #close}) and wake this one.
 */
final class ConnectionLoop implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectionLoop.class);
  private static final long FOREVER = Long.MAX_VALUE;

  private final ClientConfig config;
  private final Timings timings;
  private final Profile profile;
  private final ClientFormat format;
  private final Requests requests;
  private final RetryingRequests once;
  private final SyncCursors positions;
  private final Outbox outbox;
  private final EventQueue events;
  private final EventDispatcher arrivals;
  private volatile Availability availability = Availability.ONLINE;
  private final BackOff backOff;

  private Link shown = new Link.Idle();

  private volatile Trust trust;

  /** By which the server was recognized that this thread talks to. */
  private String shownKey = "";

  private volatile @Nullable Connection connection;
  private volatile boolean hungUp;
  private volatile boolean closed;
  private boolean wanted;
  private @Nullable LoginAttempt login;

  ConnectionLoop(
      ClientConfig config,
      Timings timings,
      Profile profile,
      ClientFormat format,
      Requests requests,
      RetryingRequests once,
      SyncCursors positions,
      Outbox outbox,
      EventQueue events,
      EventDispatcher arrivals) {
    this.config = config;
    this.timings = timings;
    this.profile = profile;
    this.format = format;
    this.requests = requests;
    this.once = once;
    this.positions = positions;
    this.outbox = outbox;
    this.events = events;
    this.arrivals = arrivals;
    this.backOff = new BackOff(timings.random(), timings.first(), timings.most());
    this.trust = new Trust(profile.setting(Profile.PINNED));
  }

  @Override
  public void run() {
    while (!closed) {
      pause(once());
    }
    LoginAttempt left = takeAttempt();
    if (left != null) {
      left.failed(new IOException("the client was closed"));
    }
  }

  /** One connection from dialling to its end; answers how long to wait before the next one. */
  private long once() {
    // A changed key stays in sight while it is tried again: whoever reads about it goes on reading.
    if (!(shown instanceof Link.Connected || shown instanceof Link.KeyChanged)) {
      show(new Link.Connecting(config.host(), config.port()));
    }
    try {
      return dial();
    } catch (UntrustedException e) {
      show(e.link());
      giveUpAttempt(e);
      return e.link() instanceof Link.KeyChanged ? backOff.next().toNanos() : FOREVER;
    } catch (LeavingException e) {
      return lost(e, backOff.asked(e.backAfter()));
    } catch (IOException e) {
      return hungUp ? 0 : lost(e, backOff.next());
    } catch (RuntimeException e) {
      LOG.error("The link failed", e);
      return lost(new IOException(String.valueOf(e.getMessage()), e), backOff.next());
    }
  }

  private long dial() throws IOException {
    try (Connection fresh = new Connection(format)) {
      hungUp = false;
      connection = fresh;
      if (closed) {
        return 0;
      }
      Trust now = trust;
      fresh.open(config.host(), config.port(), now, timings);
      shownKey = now.pinned();
      return talk(fresh);
    } finally {
      goOffline();
    }
  }

  /** Before anybody is told: who hears of it may want to log in or to try again at once. */
  private void goOffline() {
    outbox.offline();
    requests.offline();
  }

  private long lost(IOException why, Duration wait) {
    if (!closed) {
      LOG.debug("The link is lost", why);
      show(new Link.Lost(ConnectionProblem.words(why), timings.clock().instant().plus(wait)));
      giveUpAttempt(why);
    }
    return wait.toNanos();
  }

  private void giveUpAttempt(IOException why) {
    LoginAttempt one = takeAttempt();
    if (one != null) {
      one.failed(why);
    }
  }

  /** Somebody was logged in meanwhile. */
  private void refuseAttempt() {
    LoginAttempt one = takeAttempt();
    if (one != null) {
      one.failed(LoginAttempt.outOfPlace());
    }
  }

  private long talk(Connection connection) throws IOException {
    Handshake handshake = new Handshake(format, connection);
    try {
      Reply.Welcome welcome = handshake.hello(config);
      requests.limits(welcome.limits());
      return enter(connection, handshake, welcome);
    } catch (RefusedException e) {
      throw LeavingException.of(e);
    }
  }

  /** How much this device is here, from the next entering on. */
  void be(Availability next) {
    availability = next;
  }

  private long enter(Connection connection, Handshake handshake, Reply.Welcome welcome)
      throws IOException, RefusedException {
    Optional<Reply.LoggedIn> in = logIn(handshake);
    if (in.isEmpty()) {
      show(new Link.Connected(connection.security(), welcome.registration()));
      return FOREVER;
    }
    Reply.Synced entered =
        handshake.ask(
            new Command.Sync(positions.cursors(), config.messages(), config.files(), availability),
            Reply.Synced.class,
            welcome.limits().frame());
    requests.online(connection);
    refuseAttempt();
    show(new Link.Online(connection.security()));
    arrivals.entered(in.get().self(), entered);
    events.put(new ClientEvent.RoleChanged(in.get().role()));
    return listen(connection);
  }

  /** Empty if nobody is there to be logged in, or was let in. */
  private Optional<Reply.LoggedIn> logIn(Handshake handshake) throws IOException, RefusedException {
    LoginAttempt one = takeAttempt();
    if (one != null) {
      return logIn(handshake, one);
    }
    Optional<byte[]> token = profile.token(server());
    if (token.isEmpty()) {
      return Optional.empty();
    }
    try {
      Reply.LoggedIn in = handshake.ask(new Command.Resume(token.get()), Reply.LoggedIn.class);
      profile.known(in.self());
      return Optional.of(in);
    } catch (RefusedException e) {
      if (e.refusal().problem() != Problem.TOKEN_INVALID) {
        throw e;
      }
      loggedOut(e.refusal().detail());
      return Optional.empty();
    }
  }

  private Optional<Reply.LoggedIn> logIn(Handshake handshake, LoginAttempt one) throws IOException {
    try {
      Reply.LoggedIn in = handshake.ask(one.commandFor(profile, server()), Reply.LoggedIn.class);
      if (profile.belongsToAnother(in.self(), server())) {
        outbox.forget(positions);
        once.end("another account logged in");
      }
      profile.loggedIn(in.self(), in.token(), server());
      one.outcome().complete(in.self());
      return Optional.of(in);
    } catch (RefusedException e) {
      one.failed(e);
      return Optional.empty();
    } catch (IOException | RuntimeException e) {
      one.failed(e);
      throw e;
    }
  }

  /** The server that this thread talks to. */
  private ServerIdentity server() {
    return new ServerIdentity(config.host(), config.port(), shownKey);
  }

  private void loggedOut(String reason) {
    profile.forgetToken();
    events.put(new ClientEvent.LoggedOut(reason));
  }

  private long listen(Connection connection) throws IOException {
    long since = System.nanoTime();
    try {
      while (true) {
        Connection.Arrival arrival = connection.read();
        switch (arrival.message()) {
          case Reply reply -> answered(arrival.correlation(), reply);
          case Event.Entry entry -> arrivals.entry(entry);
          case Event.Gap gap -> arrivals.gap(gap);
          case Event.Presence(var came, var went, var statuses) ->
              events.put(new ClientEvent.Presence(came, went, statuses));
          case Event.RoomChanged changed -> arrivals.changed(changed);
          case Event.RoomInvited(var invitation) -> events.put(new ClientEvent.Invited(invitation));
          case Event.RoleChanged(ServerRole role) -> events.put(new ClientEvent.RoleChanged(role));
          case Event.Announced(String text, long time) ->
              events.put(new ClientEvent.Announced(text, time));
          case Event.RoomGone(long room) -> arrivals.gone(room);
          case Event.ContactChanged(Contact contact) ->
              events.put(new ClientEvent.ContactChanged(contact));
          case Event.ReadMarkChanged(long room, ReadMark mark) ->
              events.put(new ClientEvent.Marked(room, mark));
          case Event.Typing(long room, Person person) ->
              events.put(new ClientEvent.Typing(room, person));
          case Event.Restarted restarted -> requests.repeat();
          case Event.Leaving(String reason, long backAfter) ->
              throw new LeavingException(reason, backAfter);
          case Event.LoggedOut(String reason) -> {
            goOffline();
            loggedOut(reason);
            return 0;
          }
        }
      }
    } finally {
      if (System.nanoTime() - since > timings.steady().toNanos()) {
        backOff.reset();
      }
    }
  }

  private void answered(int correlation, Reply reply) throws IOException {
    if (correlation == 0) {
      throw new IOException(
          reply instanceof Reply.Failed(Problem problem, String detail, long retryAfter)
              ? problem + ": " + detail
              : "the server gave an answer to nothing");
    }
    requests.answered(correlation, reply);
  }

  private void show(Link link) {
    if (!link.equals(shown)) {
      shown = link;
      events.put(new ClientEvent.LinkChanged(link));
    }
  }

  private synchronized void pause(long nanos) {
    long end = nanos == FOREVER ? 0 : System.nanoTime() + nanos;
    try {
      while (!closed && !wanted && login == null) {
        long left = nanos == FOREVER ? FOREVER : end - System.nanoTime();
        if (left <= 0) {
          return;
        }
        TimeUnit.NANOSECONDS.timedWait(this, Math.min(left, TimeUnit.DAYS.toNanos(1)));
      }
      wanted = false;
    } catch (InterruptedException e) {
      closed = true;
    }
  }

  private synchronized @Nullable LoginAttempt takeAttempt() {
    LoginAttempt one = login;
    login = null;
    return one;
  }

  /** Logs in or registers as soon as the server is reached; the one before it is given up. */
  void wish(LoginAttempt next) {
    synchronized (this) {
      if (!closed && !requests.isOnline()) {
        if (login != null) {
          login.failed(new IOException("another attempt to log in was made"));
        }
        login = next;
        notifyAll();
        return;
      }
    }
    next.failed(closed ? new IOException("the client was closed") : LoginAttempt.outOfPlace());
  }

  /** Tries again now. */
  synchronized void retry() {
    wanted = !requests.isOnline();
    notifyAll();
  }

  String pinned() {
    return trust.pinned();
  }

  /** Trusts this key from the next try on, which is made now. */
  void trust(String pinned) {
    trust = new Trust(pinned);
    retry();
  }

  /** Ends the connection; a new one is dialled when it is wanted. */
  void hangUp() {
    hungUp = true;
    goOffline();
    Connection now = connection;
    if (now != null) {
      now.close();
    }
  }

  void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    hangUp();
  }
}
