// SPDX-License-Identifier: Apache-2.0
package chat.client.session;

import chat.client.Administration;
import chat.client.ChatClient;
import chat.client.ClientConfig;
import chat.client.ClientEvent;
import chat.client.ClientListener;
import chat.client.OwnAccount;
import chat.client.profile.Profile;
import chat.client.profile.ServerIdentity;
import chat.client.transfer.Pictures;
import chat.client.transfer.Transfers;
import chat.client.transport.Requests;
import chat.client.transport.RetryingRequests;
import chat.client.transport.Timings;
import chat.client.transport.Trust;
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
 * The client of a server that is reached over TCP and TLS. It keeps token, pinned key, outbox and
 * cursors in the profile's folder.
 *
 * <p><b>Parts.</b> {@link ConnectionLoop} holds the connection and logs in, {@link Requests} pairs
 * commands with their answers, {@link RetryingRequests} asks again, {@link Outbox} sends texts,
 * {@link Transfers} moves files, {@link EventQueue} hands events to the listener.
 */
public final class NetworkChatClient implements ChatClient {

  private static final Logger LOG = LoggerFactory.getLogger(NetworkChatClient.class);
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
  private final EventDispatcher arrivals;
  private final ConnectionLoop loop;
  private @Nullable Thread link;
  private boolean closed;

  private NetworkChatClient(
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
    this.transfers = new Transfers(requests, events::add);
    this.once = new RetryingRequests(requests, timer);
    this.pictures = new Pictures(requests);
    this.arrivals = new EventDispatcher(config, requests, once, positions, outbox, events);
    this.loop =
        new ConnectionLoop(
            config, timings, profile, format, requests, once, positions, outbox, events, arrivals);
  }

  /** Opens the profile; does not connect yet. */
  public static NetworkChatClient open(ClientConfig config, ClientListener listener)
      throws IOException {
    return open(config, listener, Timings.standard());
  }

  public static NetworkChatClient open(
      ClientConfig config, ClientListener listener, Timings timings) throws IOException {
    Profile profile = ProfileOpening.open(config);
    try {
      NetworkChatClient client = new NetworkChatClient(config, listener, timings, profile);
      if (config.messages() == 0) {
        client.positions.restore(profile.cursors());
      }
      return client;
    } catch (RuntimeException e) {
      profile.close();
      throw e;
    }
  }

  @Override
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
        timer.scheduleWithFixedDelay(new RepeatedTask(task), millis, millis, TimeUnit.MILLISECONDS);
  }

  private void save() {
    outbox.save(positions);
  }

  @Override
  public void retryNow() {
    loop.retry();
  }

  @Override
  public void trust(String fingerprint) {
    String pinned = Trust.normal(fingerprint);
    profile.set(Profile.PINNED, pinned);
    loop.trust(pinned);
  }

  @Override
  public String fingerprint() {
    return loop.pinned();
  }

  @Override
  public Optional<String> rememberedName() {
    return profile.rememberedName(new ServerIdentity(config.host(), config.port(), loop.pinned()));
  }

  @Override
  public Limits limits() {
    return requests.limits();
  }

  @Override
  public CompletableFuture<Person> register(String name, String password, String invitation) {
    return attempt(
        new Command.Register(clean(name), clean(password), config.device(), clean(invitation)));
  }

  @Override
  public CompletableFuture<Person> logIn(String name, String password, String code) {
    return attempt(
        new Command.LogIn(clean(name), clean(password), config.device(), new byte[0], clean(code)));
  }

  @Override
  public CompletableFuture<Person> resetPassword(
      String code, String password, String secondFactor) {
    return attempt(
        new Command.ResetPassword(
            clean(code), clean(password), config.device(), clean(secondFactor)));
  }

  private CompletableFuture<Person> attempt(Command command) {
    LoginAttempt login = LoginAttempt.of(command);
    loop.wish(login);
    return login.outcome();
  }

  /** Half a pair of surrogates is nothing that can be sent. */
  static String clean(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  @Override
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

  @Override
  public UUID send(long room, String text, long reply, boolean important) {
    return outbox.send(room, text, reply, important);
  }

  @Override
  public CompletableFuture<Reply.Posted> change(Command.Append command) {
    return once.ask(command, Reply.Posted.class);
  }

  @Override
  public CompletableFuture<Reply.Done> set(Command.Update command) {
    if (command instanceof Command.SetPresence(Availability availability, boolean _)) {
      loop.be(availability);
    }
    return command instanceof Command.Typing || command instanceof Command.SetPresence
        ? requests.ask(command, Reply.Done.class)
        : once.ask(command, Reply.Done.class);
  }

  @Override
  public CompletableFuture<RoomView> open(long room, int messages, int files) {
    return arrivals.open(room, messages, files);
  }

  @Override
  public CompletableFuture<Reply.Found> search(String words, List<Position> from, int limit) {
    return requests.ask(new Command.Search(clean(words), from, limit), Reply.Found.class);
  }

  @Override
  public CompletableFuture<Reply.RoomsPage> rooms(String words, String after, int limit) {
    return requests.ask(
        new Command.Rooms(clean(words), clean(after), limit), Reply.RoomsPage.class);
  }

  @Override
  public CompletableFuture<chat.protocol.Profile> who(String name) {
    return requests
        .ask(new Command.GetProfile(0, clean(name)), Reply.ProfileFound.class)
        .thenApply(Reply.ProfileFound::profile);
  }

  @Override
  public CompletableFuture<chat.protocol.Profile> who(long account) {
    return requests
        .ask(new Command.GetProfile(account, ""), Reply.ProfileFound.class)
        .thenApply(Reply.ProfileFound::profile);
  }

  @Override
  public CompletableFuture<String> invite(int uses, int days) {
    return requests
        .ask(new Command.Invite(uses, days), Reply.Invited.class)
        .thenApply(Reply.Invited::code);
  }

  @Override
  public OwnAccount account() {
    return new OwnAccountRequests(requests);
  }

  @Override
  public Administration administration() {
    return new AdministrationRequests(requests);
  }

  @Override
  public CompletableFuture<Void> setPicture(long room, byte[] picture) {
    return pictures.set(room, picture);
  }

  @Override
  public CompletableFuture<byte[]> pictureOf(long account) {
    return pictures.get(account, 0);
  }

  @Override
  public CompletableFuture<byte[]> pictureOfRoom(long room) {
    return pictures.get(0, room);
  }

  @Override
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

  @Override
  public CompletableFuture<Reply.Page> history(
      long room, Direction direction, long number, int limit) {
    return requests.ask(new Command.History(room, direction, number, limit), Reply.Page.class);
  }

  @Override
  public CompletableFuture<Reply.Page> pageAfter(long room, long number, int limit) {
    return once.ask(new Command.History(room, Direction.AFTER, number, limit), Reply.Page.class);
  }

  @Override
  public CompletableFuture<Reply.Page> files(long room, long before, int limit) {
    return requests.ask(new Command.Files(room, before, limit), Reply.Page.class);
  }

  @Override
  public CompletableFuture<Reply.PeoplePage> people(long room, String after, int limit) {
    return requests.ask(new Command.People(room, clean(after), limit), Reply.PeoplePage.class);
  }

  @Override
  public UUID upload(long room, Path file) {
    return transfers.upload(room, file);
  }

  @Override
  public UUID download(Event.Entry entry, Path target) {
    return transfers.download(entry, target);
  }

  @Override
  public ClientEvent.Transfer.State fetch(Event.Entry entry, Path target)
      throws InterruptedException {
    return transfers.fetch(entry, target);
  }

  @Override
  public void cancel(UUID transfer) {
    transfers.cancel(transfer);
  }

  /** How often an entry came before the one it follows, which must never happen. */
  int torn() {
    return arrivals.torn();
  }

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
