// SPDX-License-Identifier: Apache-2.0
package chat.client;

import chat.protocol.Availability;
import chat.protocol.ClientFormat;
import chat.protocol.Command;
import chat.protocol.Command.Direction;
import chat.protocol.Event;
import chat.protocol.Limits;
import chat.protocol.Person;
import chat.protocol.Position;
import chat.protocol.Reply;
import chat.protocol.RoomView;
import chat.protocol.cbor.CborClientFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One account on one server.
 *
 * <p><b>Threads.</b> Every method may be called from any thread and returns at once; answers come
 * as futures, everything else through the {@link ClientListener}. Futures fail with {@link
 * RefusedException} if the server says no and with {@link IOException} if the connection is lost
 * before the answer. What is chained to them runs on the thread that reads from the connection and
 * should return soon; the listener must not wait for them.
 *
 * <p><b>Once.</b> One client gives each entry to its listener at most once, in the order of its
 * room, over any number of reconnects. Over a restart of the process: a client that asks for
 * messages on entering ({@link ClientConfig#messages}) begins anew with the newest ones; one that
 * asks for none, a bot for example, goes on where its listener was, and hears what the listener had
 * in the last second before a crash once more.
 */
public final class ChatClient implements AutoCloseable {

  /** How long a client goes on asking for what it asks again by itself. */
  public static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Logger LOG = LoggerFactory.getLogger(ChatClient.class);
  private static final long CLOSING_MILLIS = 5_000;

  private final ClientConfig config;
  private final Timings timings;
  private final Profile profile;
  private final Requests requests;
  private final SyncCursors positions = new SyncCursors();
  private final EventQueue events;
  private final ScheduledThreadPoolExecutor timer;
  private final Outbox outbox;
  private final Transfers transfers;
  private final RetryingRequests once;
  private final Pictures pictures;
  private final ConnectionLoop loop;
  private @Nullable Thread link;
  private boolean closed;

  private ChatClient(
      ClientConfig config, ClientListener listener, Timings timings, Profile profile) {
    this.config = config;
    this.timings = timings;
    this.profile = profile;
    this.timer =
        new ScheduledThreadPoolExecutor(
            1,
            Thread.ofPlatform().name("chat-client-timer").daemon().factory(),
            new ThreadPoolExecutor.DiscardPolicy());
    ClientFormat format = new CborClientFormat();
    this.requests = new Requests(format);
    this.events = new EventQueue(listener);
    this.outbox = new Outbox(profile, requests, events, timer);
    this.transfers = new Transfers(requests, events);
    this.once = new RetryingRequests(requests, timer);
    this.pictures = new Pictures(requests);
    this.loop =
        new ConnectionLoop(
            config, timings, profile, format, requests, once, positions, outbox, events);
  }

  /** Opens the profile; does not connect yet. */
  public static ChatClient open(ClientConfig config, ClientListener listener) throws IOException {
    return open(config, listener, Timings.standard());
  }

  static ChatClient open(ClientConfig config, ClientListener listener, Timings timings)
      throws IOException {
    Profile profile = Profile.open(config.folder());
    try {
      pinGiven(config, profile);
      ChatClient client = new ChatClient(config, listener, timings, profile);
      if (config.messages() == 0) {
        client.positions.restore(profile.cursors());
      }
      return client;
    } catch (RuntimeException e) {
      profile.close();
      throw e;
    }
  }

  /** The newest word counts: a key given for the first time, or one trusted after that. */
  private static void pinGiven(ClientConfig config, Profile profile) {
    if (!config.fingerprint().isEmpty()) {
      String given = Trust.normal(config.fingerprint());
      if (!given.equals(profile.setting(Profile.GIVEN))) {
        profile.set(Profile.GIVEN, given, Profile.PINNED, given);
      }
    }
  }

  /** Connects, and again whenever the connection is lost, until {@link #close}. */
  public synchronized void start() {
    if (link != null || closed) {
      return;
    }
    link = Thread.ofPlatform().name("chat-client-link").daemon().start(loop);
    Thread.ofPlatform().name("chat-client-listener").daemon().start(events);
    every(timings.save().toMillis(), this::save);
    every(timings.answer().toMillis() / 10, () -> requests.expire(timings.answer()));
  }

  private void every(long millis, Runnable task) {
    var unused =
        timer.scheduleWithFixedDelay(
            () -> {
              try {
                task.run();
              } catch (RuntimeException e) {
                LOG.warn("A timed task failed: {}", e.getMessage());
              }
            },
            millis,
            millis,
            TimeUnit.MILLISECONDS);
  }

  private void save() {
    outbox.save(positions);
  }

  /** Tries again now instead of at the time {@link Link.Lost} tells. */
  public void retryNow() {
    loop.retry();
  }

  /**
   * Pins this key for the server and goes on, after {@link Link.Untrusted} or KeyChanged.
   *
   * @throws IllegalArgumentException if this is no fingerprint
   */
  public void trust(String fingerprint) {
    String pinned = Trust.normal(fingerprint);
    profile.set(Profile.PINNED, pinned);
    loop.trust(pinned);
  }

  /** The fingerprint that the server must show; empty where a certificate speaks for it. */
  public String fingerprint() {
    return loop.pinned();
  }

  /** The name of the account whose token is kept: it is logged in by itself. */
  public Optional<String> rememberedName() {
    return profile.rememberedName();
  }

  /** What the server takes, as far as it is known. */
  public Limits limits() {
    return requests.limits();
  }

  /**
   * Makes an account and logs in; Entered follows.
   *
   * @param invitation empty where registration is open
   */
  public CompletableFuture<Person> register(String name, String password, String invitation) {
    return attempt(
        new Command.Register(
            clean(name), clean(password), clean(config.device()), clean(invitation)));
  }

  /** Logs in; Entered follows. */
  public CompletableFuture<Person> logIn(String name, String password) {
    return attempt(new Command.LogIn(clean(name), clean(password), clean(config.device())));
  }

  private CompletableFuture<Person> attempt(Command command) {
    LoginAttempt login = LoginAttempt.of(command);
    loop.wish(login);
    return login.outcome();
  }

  /** Half a pair of surrogates is nothing that can be sent. */
  private static String clean(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  /**
   * Ends the session and forgets token, cursors and outbox. Without a connection all is forgotten
   * here, and the future fails to tell that the server could not be told.
   */
  public CompletableFuture<Void> logOut() {
    CompletableFuture<Void> done = new CompletableFuture<>();
    var unused =
        requests
            .ask(new Command.LogOut(), Reply.Done.class)
            .whenComplete((answer, problem) -> {
              try {
                forget();
                if (problem == null) {
                  done.complete(null);
                } else {
                  done.completeExceptionally(problem);
                }
              } catch (RuntimeException e) {
                done.completeExceptionally(e);
              }
            });
    return done;
  }

  private void forget() {
    outbox.forget(positions);
    once.end("logged out before the answer");
    transfers.cancelAll();
    loop.hangUp();
    events.add(new ClientEvent.LoggedOut("logged out"));
    loop.retry();
  }

  /**
   * Puts a text into the outbox, on disk on return; it is sent as soon as that is possible, after
   * those before it.
   *
   * @return the id under which {@link ClientEvent.Pending} and Added tell of it
   * @throws IllegalStateException if 10,000 texts wait already
   * @throws java.io.UncheckedIOException if it can't be written to the disk
   */
  public UUID send(long room, String text) {
    return send(room, text, 0, false);
  }

  /**
   * The same for an answer to an entry, or for something that must not be overlooked.
   *
   * @param reply the number of the entry that is answered; 0 for none
   */
  public UUID send(long room, String text, long reply, boolean important) {
    return outbox.send(room, text, reply, important);
  }

  /**
   * Asks for something that happens in a room, again and again until there is an answer; it happens
   * once. Not for texts: those go through {@link #send}.
   */
  public CompletableFuture<Reply.Posted> change(Command.Lasting command) {
    return once.ask(command, Reply.Posted.class);
  }

  /**
   * Sets something to what the command says, and asks again if the connection is lost. How much
   * this device is here holds for the next connections too, whether this one is told or not.
   */
  public CompletableFuture<Reply.Done> set(Command.Setting command) {
    if (command instanceof Command.Be(Availability availability)) {
      loop.be(availability);
    }
    return command instanceof Command.Typing || command instanceof Command.Be
        ? requests.ask(command, Reply.Done.class)
        : once.ask(command, Reply.Done.class);
  }

  /** Shows a room anew from its newest entries; {@link ClientEvent.Opened} tells of it. */
  public CompletableFuture<RoomView> open(long room, int messages, int files) {
    return loop.open(room, messages, files);
  }

  /** Finds entries; goes on from what the last answer said, or from the newest. */
  public CompletableFuture<Reply.Found> search(String words, List<Position> from, int limit) {
    return requests.ask(new Command.Search(clean(words), from, limit), Reply.Found.class);
  }

  /** Lists public rooms whose names come after {@code after} and hold these words. */
  public CompletableFuture<Reply.RoomsPage> rooms(String words, String after, int limit) {
    return requests.ask(
        new Command.Rooms(clean(words), clean(after), limit), Reply.RoomsPage.class);
  }

  /** What somebody says of themselves, found by name. */
  public CompletableFuture<chat.protocol.Profile> who(String name) {
    return requests
        .ask(new Command.Who(0, clean(name)), Reply.Profiled.class)
        .thenApply(Reply.Profiled::profile);
  }

  /** What somebody says of themselves. */
  public CompletableFuture<chat.protocol.Profile> who(long account) {
    return requests
        .ask(new Command.Who(account, ""), Reply.Profiled.class)
        .thenApply(Reply.Profiled::profile);
  }

  /**
   * Makes an invitation to this server.
   *
   * @return its code, from which {@link chat.protocol.Invitation} makes a link
   */
  public CompletableFuture<String> invite(int uses, int days) {
    return requests
        .ask(new Command.Invite(uses, days), Reply.Invited.class)
        .thenApply(Reply.Invited::code);
  }

  /**
   * Replaces the own picture, or that of a room; none takes the last one away.
   *
   * @param room 0 for the own picture
   * @param picture PNG, JPEG or WebP, at most {@link Limits#PICTURE} bytes
   */
  public CompletableFuture<Void> setPicture(long room, byte[] picture) {
    return pictures.set(room, picture);
  }

  /** Somebody's picture. */
  public CompletableFuture<byte[]> pictureOf(long account) {
    return pictures.get(account, 0);
  }

  /** A room's picture. */
  public CompletableFuture<byte[]> pictureOfRoom(long room) {
    return pictures.get(0, room);
  }

  /** Takes a text back that is refused or was not sent yet; one that is on its way stays on it. */
  public void discard(UUID id) {
    outbox.discard(id);
  }

  /**
   * Lets several texts of a room be on their way at a time, for load tests: it is faster, and the
   * order of texts is given up where the server refuses one of them for now.
   */
  public void pipelining(int most) {
    outbox.pipelining(most);
  }

  /** Reads a part of a room. */
  public CompletableFuture<Reply.Page> history(
      long room, Direction direction, long number, int limit) {
    return requests.ask(new Command.History(room, direction, number, limit), Reply.Page.class);
  }

  /** Reads what comes after a number, and asks again if the connection is lost. */
  public CompletableFuture<Reply.Page> pageAfter(long room, long number, int limit) {
    return once.ask(new Command.History(room, Direction.AFTER, number, limit), Reply.Page.class);
  }

  /** Reads the newest files before a number; 0 for the newest of all. */
  public CompletableFuture<Reply.Page> files(long room, long before, int limit) {
    return requests.ask(new Command.Files(room, before, limit), Reply.Page.class);
  }

  /** Reads the people of a room whose names come after {@code after}. */
  public CompletableFuture<Reply.PeoplePage> people(long room, String after, int limit) {
    return requests.ask(new Command.People(room, clean(after), limit), Reply.PeoplePage.class);
  }

  /** Starts to send a file; it goes on by itself after a reconnect. */
  public UUID upload(long room, Path file) {
    return transfers.upload(room, file);
  }

  /**
   * Starts to fetch a file into {@code target}. It is written beside it under a name that ends in
   * {@code .part} and renamed once its hash was checked; a part that is there already is gone on
   * with. A target that exists is never overwritten.
   *
   * @param entry with a {@link chat.protocol.Content.File}
   */
  public UUID download(Event.Entry entry, Path target) {
    return transfers.download(entry, target);
  }

  /**
   * Fetches a file as {@link #download} does, and returns how it ended. Blocks the thread that
   * calls; interrupting it stops the transfer.
   */
  public ClientEvent.Transfer.State fetch(Event.Entry entry, Path target)
      throws InterruptedException {
    return transfers.fetch(entry, target);
  }

  /** Stops a transfer; of a download the part stays. */
  public void cancel(UUID transfer) {
    transfers.cancel(transfer);
  }

  /** How often an entry came before the one it follows, which must never happen. */
  int torn() {
    return loop.torn();
  }

  /** Disconnects and lets go of everything; the outbox stays on disk. */
  @Override
  public void close() {
    Thread running;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      running = link;
    }
    events.close();
    loop.close();
    timer.shutdown();
    once.close();
    transfers.close();
    join(running);
    try (profile) {
      save();
    } catch (IOException | RuntimeException e) {
      LOG.warn("The profile was not closed well: {}", e.getMessage());
    }
  }

  private static void join(@Nullable Thread thread) {
    if (thread == null || thread == Thread.currentThread()) {
      return;
    }
    try {
      thread.join(CLOSING_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
