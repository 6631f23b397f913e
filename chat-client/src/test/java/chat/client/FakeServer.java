// SPDX-License-Identifier: Apache-2.0
package chat.client;

import chat.client.transfer.Sha256;
import chat.protocol.Command;
import chat.protocol.Command.Direction;
import chat.protocol.Content;
import chat.protocol.Cursor;
import chat.protocol.Decoded;
import chat.protocol.Device;
import chat.protocol.Event;
import chat.protocol.Limits;
import chat.protocol.Member;
import chat.protocol.NegotiatedProtocol;
import chat.protocol.Person;
import chat.protocol.Problem;
import chat.protocol.Rank;
import chat.protocol.Reply;
import chat.protocol.RoomInfo;
import chat.protocol.RoomKind;
import chat.protocol.RoomSettings;
import chat.protocol.RoomState;
import chat.protocol.RoomView;
import chat.protocol.ServerRole;
import chat.protocol.cbor.CborFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import javax.net.ssl.SSLServerSocket;

/**
 * A server with one room, founded by somebody, that keeps everything in memory, speaks the real
 * wire format over real TLS, and misbehaves on demand.
 */
public final class FakeServer implements AutoCloseable {
  public static final long LOBBY = 1;
  public static final Limits LIMITS = new Limits(64 << 10, 16 << 10, 4 << 20, 32 << 10, 200, 64);

  /** What becomes of a command. */
  public sealed interface Act {}

  /** It is done and answered. */
  public record GoOn() implements Act {}

  /** The connection is cut instead. */
  public record Cut() implements Act {}

  /** It is done, and the connection is cut before the answer. */
  public record CutAfter() implements Act {}

  /** Nothing happens. */
  public record Ignore() implements Act {}

  /** It is not done, but answered like this. */
  public record Answer(Reply reply) implements Act {}

  /** Decides what becomes of a command. */
  public interface Script {
    Act on(Command command);
  }

  public static final Script HONEST = command -> new GoOn();

  /** With this code alice can set a new password. */
  public static final String RESET = "ab".repeat(16);

  private record Account(Person person, String password) {}

  private record Incoming(Command.StartUpload offer, ByteArrayOutputStream bytes) {}

  private final CborFormat format = new CborFormat();
  private final TestKey key;
  private final int port;
  private SSLServerSocket listener;
  private final List<Session> sessions = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger idles = new AtomicInteger();
  private final List<Command> commands = new CopyOnWriteArrayList<>();

  private final Map<String, Account> accounts = new HashMap<>();
  private final Map<String, Person> tokens = new HashMap<>();
  private final List<Event.Entry> entries = new ArrayList<>();
  private final Map<UUID, Incoming> offers = new HashMap<>();
  private final Map<Long, byte[]> blobs = new HashMap<>();
  private volatile Script script = HONEST;
  private volatile boolean pushing = true;

  private FakeServer(TestKey key, int port) {
    this.key = key;
    append(UUID.randomUUID(), new Person(1_000, "founder"), new Content.Joined());
    this.listener = listen(port);
    this.port = listener.getLocalPort();
  }

  public static FakeServer start() {
    return start(TestKey.ONE, 0);
  }

  public static FakeServer start(TestKey key, int port) {
    return new FakeServer(key, port);
  }

  /** Waits for the port, which a connection of somebody else's may have for a moment. */
  private SSLServerSocket listen(int on) {
    long end = System.nanoTime() + Recorder.PATIENCE.toNanos();
    while (true) {
      try {
        SSLServerSocket socket =
            (SSLServerSocket)
                key.context()
                    .getServerSocketFactory()
                    .createServerSocket(on, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> accept(socket));
        return socket;
      } catch (IOException e) {
        if (System.nanoTime() > end) {
          throw new UncheckedIOException(e);
        }
        LockSupport.parkNanos(10_000_000);
      }
    }
  }

  private void accept(SSLServerSocket on) {
    while (!on.isClosed()) {
      try {
        Session session = new Session(on.accept());
        connections.incrementAndGet();
        Thread.ofVirtual().start(session::run);
      } catch (IOException e) {
        // Closed: the loop ends.
      }
    }
  }

  public int port() {
    return port;
  }

  public String fingerprint() {
    return key.fingerprint();
  }

  public void script(Script next) {
    script = next;
  }

  /** Does something else with the first command that fits, and is honest otherwise. */
  public void once(Predicate<Command> which, Act act) {
    AtomicInteger left = new AtomicInteger(1);
    script = command -> which.test(command) && left.getAndDecrement() > 0 ? act : new GoOn();
  }

  /** Whether new entries are told of. */
  public void pushing(boolean on) {
    pushing = on;
  }

  public int connections() {
    return connections.get();
  }

  public int idles() {
    return idles.get();
  }

  public int open() {
    return sessions.size();
  }

  public List<Command> commands() {
    return List.copyOf(commands);
  }

  public <T extends Command> List<T> commands(Class<T> kind) {
    return commands.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  public synchronized List<Event.Entry> entries() {
    return List.copyOf(entries);
  }

  public List<String> texts() {
    return entries().stream()
        .filter(entry -> entry.content() instanceof Content.Text)
        .map(entry -> ((Content.Text) entry.content()).text())
        .toList();
  }

  public List<Event.Entry> files() {
    return entries().stream().filter(entry -> entry.content() instanceof Content.File).toList();
  }

  public synchronized byte[] blob(long number) {
    return blobs.get(number);
  }

  public synchronized void forgetTokens() {
    tokens.clear();
  }

  /** As if the logic was exchanged: offers lose their place, and everybody is told to repeat. */
  public synchronized void swap() {
    sessions.forEach(session -> session.offered.clear());
    tell(new Event.Restarted());
  }

  public synchronized void account(String name, String password) {
    accounts.put(name, new Account(new Person(accounts.size() + 1, name), password));
  }

  /** Somebody without a client says something. */
  public Event.Entry says(String author, String text) {
    return append(UUID.randomUUID(), new Person(1_000, author), new Content.Text(text));
  }

  /** The first account's text is there, whoever sent it. */
  public void takes(UUID id, String text) {
    append(id, new Person(1, "alice"), new Content.Text(text));
  }

  private synchronized Event.Entry append(UUID id, Person author, Content content) {
    Event.Entry entry =
        new Event.Entry(
            LOBBY, entries.size() + 1, id, author, 1_795_000_000_000L + entries.size(), content);
    entries.add(entry);
    if (pushing) {
      sessions.stream().filter(session -> session.entered).forEach(session -> session.push(entry));
    }
    return entry;
  }

  /** Puts an event onto every connection, true or not. */
  public void tell(Event event) {
    sessions.forEach(session -> session.push(event));
  }

  /** Cuts every connection. */
  public void cut() {
    sessions.forEach(Session::close);
  }

  /** No longer there. */
  public void leave() throws IOException {
    listener.close();
    cut();
  }

  public void comeBack() {
    listener = listen(port);
  }

  @Override
  public void close() {
    try {
      leave();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private final class Session {
    private final Socket socket;
    private final Map<UUID, Incoming> offered = new HashMap<>();
    private Person self;
    private volatile boolean entered;

    Session(Socket socket) {
      this.socket = socket;
    }

    void run() {
      sessions.add(this);
      ByteBuffer bytes = ByteBuffer.allocate(1 << 20).limit(0);
      try {
        while (true) {
          switch (format.decode(bytes, LIMITS.frame(), Map.of())) {
            case Decoded.Incomplete<Command> half -> {
              bytes.compact();
              int count =
                  socket.getInputStream().read(bytes.array(), bytes.position(), bytes.remaining());
              if (count < 0) {
                return;
              }
              bytes.position(bytes.position() + count).flip();
            }
            case Decoded.Idle<Command> idle -> idles.incrementAndGet();
            case Decoded.Message<Command>(int correlation, Command command) ->
                received(correlation, command);
            case Decoded.Unknown<Command> unknown -> throw new IOException("unknown");
            case Decoded.Malformed<Command>(int correlation, String why) ->
                throw new IOException(why);
            case Decoded.TooLarge<Command>(int correlation, String why) ->
                throw new IOException(why);
            case Decoded.Broken<Command>(Problem problem, String why) -> throw new IOException(why);
          }
        }
      } catch (IOException e) {
        // The client left, or was cut off.
      } finally {
        sessions.remove(this);
        close();
      }
    }

    void received(int correlation, Command command) throws IOException {
      commands.add(command);
      switch (script.on(command)) {
        case GoOn go -> answer(correlation, command);
        case Cut cut -> throw new IOException("cut");
        case CutAfter after -> {
          synchronized (FakeServer.this) {
            // Nobody is told before the cut, the author least of all.
            entered = false;
            perform(command);
          }
          throw new IOException("cut");
        }
        case Ignore ignored -> {}
        case Answer(Reply reply) ->
            send(format.encode(NegotiatedProtocol.NONE, correlation, reply));
      }
    }

    private void answer(int correlation, Command command) throws IOException {
      synchronized (FakeServer.this) {
        int before = entries.size();
        boolean was = pushing;
        pushing = false;
        Reply reply = perform(command);
        pushing = was;
        send(format.encode(NegotiatedProtocol.NONE, correlation, reply));
        if (command instanceof Command.Sync enter && reply instanceof Reply.Synced view) {
          entered = true;
          if (view.rooms().getFirst().resumed()) {
            long from = enter.cursors().getFirst().number();
            entries.stream().filter(entry -> entry.number() > from).forEach(this::push);
          }
        }
        for (Event.Entry entry : entries.subList(before, entries.size())) {
          if (was) {
            sessions.stream().filter(one -> one.entered).forEach(one -> one.push(entry));
          }
        }
      }
    }

    private Reply perform(Command command) {
      return switch (command) {
        case Command.Hello hello -> new Reply.Welcome(1, List.of(), LIMITS, "fake", true);
        case Command.Register(String name, String password, String device, String invitation) -> {
          if (accounts.containsKey(name)) {
            yield new Reply.Failed(Problem.NAME_TAKEN, "choose another name");
          }
          account(name, password);
          yield logIn(name);
        }
        case Command.LogIn(String name, String password, String device, byte[] earlier, _) ->
            accounts.containsKey(name) && accounts.get(name).password().equals(password)
                ? logIn(name)
                : new Reply.Failed(Problem.PASSWORD_WRONG, "name or password is wrong");
        case Command.Resume(byte[] token) -> {
          self = tokens.get(new String(token, StandardCharsets.UTF_8));
          yield self == null
              ? new Reply.Failed(Problem.TOKEN_INVALID, "log in with the password")
              : new Reply.LoggedIn(self, token, ServerRole.MEMBER);
        }
        case Command.ResetPassword(String code, String password, String device, _) -> {
          if (!code.equals(RESET)) {
            yield new Reply.Failed(Problem.INVITATION_INVALID, "the link was used, or is over");
          }
          accounts.put("alice", new Account(new Person(1, "alice"), password));
          yield logIn("alice");
        }
        case Command.LogOut out -> {
          tokens.values().remove(self);
          entered = false;
          yield new Reply.Done();
        }
        case Command.Sync enter -> enter(enter);
        case Command.Post(UUID id, long room, String text, long reply, boolean important) ->
            text.isBlank()
                ? new Reply.Failed(Problem.TEXT_EMPTY, "there is nothing in it")
                : posted(id, new Content.Text(text));
        case Command.History(long room, Direction direction, long number, int limit) ->
            page(
                direction == Direction.BEFORE
                    ? before(number == 0 ? Long.MAX_VALUE : number, limit)
                    : entries.stream().filter(e -> e.number() > number).limit(limit).toList());
        case Command.Files files -> page(List.of());
        case Command.People people ->
            new Reply.PeoplePage(List.of(new Member(self, Rank.MEMBER, 0)), false);
        case Command.StartUpload offer -> offer(offer);
        case Command.UploadChunk chunk -> chunk(chunk);
        case Command.CancelUpload(UUID id) -> {
          offers.remove(id);
          yield new Reply.Done();
        }
        case Command.Download(long room, long number, long offset, int length) -> {
          byte[] blob = blobs.get(number);
          int end = (int) Math.min(blob.length, offset + length);
          yield new Reply.Data(offset, Arrays.copyOfRange(blob, (int) offset, end));
        }
        case Command.Ping ping -> new Reply.Done();
        case Command.Append later -> unsupported();
        case Command.Update setting -> new Reply.Done();
        case Command.Open open -> unsupported();
        case Command.Rooms rooms -> unsupported();
        case Command.Search search -> unsupported();
        case Command.GetProfile who -> unsupported();
        case Command.SetPicture set -> unsupported();
        case Command.Picture picture -> unsupported();
        case Command.Invite _,
            Command.GetSecondFactor _,
            Command.SetSecondFactor _,
            Command.Administration _ ->
            unsupported();
        case Command.Devices devices -> devices();
      };
    }

    private static Reply unsupported() {
      return new Reply.Failed(Problem.UNSUPPORTED, "not played here");
    }

    private Reply devices() {
      return new Reply.DeviceList(
          tokens.keySet().stream()
              .sorted()
              .map(token ->
                  new Device(UUID.fromString(token), "test", "127.0.0.1", 1_000, 60_000, false))
              .toList());
    }

    private Reply logIn(String name) {
      self = accounts.get(name).person();
      String token = UUID.randomUUID().toString();
      tokens.put(token, self);
      return new Reply.LoggedIn(self, token.getBytes(StandardCharsets.UTF_8), ServerRole.MEMBER);
    }

    private Reply enter(Command.Sync enter) {
      boolean resumed = enter.cursors().stream().anyMatch(FakeServer.this::fits);
      return new Reply.Synced(
          List.of(
              new RoomView(
                  new RoomInfo(
                      LOBBY,
                      RoomKind.PUBLIC,
                      RoomSettings.of("Lobby", ""),
                      0,
                      accounts.size(),
                      new Person(0, "")),
                  new RoomState(Rank.MEMBER, 0, 0, entries.size(), 0, 0, false, ""),
                  1,
                  entries.size(),
                  resumed,
                  resumed ? List.of() : before(Long.MAX_VALUE, enter.messages()),
                  List.of(),
                  List.of(),
                  List.of(),
                  List.of())),
          List.of(self),
          List.of(),
          List.of(),
          List.of());
    }

    private Reply posted(UUID id, Content content) {
      for (Event.Entry entry : entries) {
        if (entry.id().equals(id)) {
          return entry.content().equals(content)
              ? posted(entry)
              : new Reply.Failed(Problem.ID_TAKEN, "used");
        }
      }
      return posted(append(id, self, content));
    }

    private static Reply posted(Event.Entry entry) {
      return new Reply.Posted(entry.id(), LOBBY, entry.number(), entry.time());
    }

    private Reply page(List<Event.Entry> page) {
      return new Reply.Page(LOBBY, 1, entries.size(), page, List.of());
    }

    private Reply offer(Command.StartUpload offer) {
      for (Event.Entry entry : entries) {
        if (entry.id().equals(offer.id())) {
          return posted(entry);
        }
      }
      Incoming incoming =
          offers.computeIfAbsent(
              offer.id(), id -> new Incoming(offer, new ByteArrayOutputStream()));
      offered.put(offer.id(), incoming);
      return incoming.bytes().size() == offer.size()
          ? finish(incoming)
          : new Reply.UploadStarted(offer.id(), incoming.bytes().size());
    }

    private Reply chunk(Command.UploadChunk chunk) {
      Incoming incoming = offered.get(chunk.id());
      if (incoming == null) {
        return new Reply.Failed(Problem.FILE_UNKNOWN, "offer the file first");
      }
      if (chunk.offset() > incoming.bytes().size()) {
        return new Reply.Failed(Problem.MALFORMED, "go on from " + incoming.bytes().size());
      }
      if (chunk.offset() == incoming.bytes().size()) {
        incoming.bytes().writeBytes(chunk.bytes());
      }
      return incoming.bytes().size() < incoming.offer().size()
          ? new Reply.UploadProgress(chunk.id(), incoming.bytes().size())
          : finish(incoming);
    }

    private Reply finish(Incoming incoming) {
      byte[] blob = incoming.bytes().toByteArray();
      Command.StartUpload offer = incoming.offer();
      offers.remove(offer.id());
      if (!Arrays.equals(sha256(blob), offer.sha256())) {
        return new Reply.Failed(Problem.FILE_MISMATCH, "the content does not have this hash");
      }
      Event.Entry entry =
          append(
              offer.id(),
              self,
              new Content.File(offer.name(), offer.mediaType(), offer.size(), offer.sha256()));
      blobs.put(entry.number(), blob);
      return posted(entry);
    }

    void push(Event event) {
      try {
        send(format.encode(NegotiatedProtocol.NONE, event));
      } catch (IOException e) {
        close();
      }
    }

    private synchronized void send(byte[] frame) throws IOException {
      socket.getOutputStream().write(frame);
    }

    void close() {
      try {
        socket.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** A file without an uploader. */
  public synchronized Event.Entry file(String name, byte[] bytes) {
    Event.Entry entry =
        append(
            UUID.randomUUID(),
            new Person(1_000, "somebody"),
            new Content.File(name, "application/octet-stream", bytes.length, sha256(bytes)));
    blobs.put(entry.number(), bytes);
    return entry;
  }

  static byte[] sha256(byte[] bytes) {
    MessageDigest digest = Sha256.begin();
    return digest.digest(bytes);
  }

  private List<Event.Entry> before(long number, int limit) {
    List<Event.Entry> all = entries.stream().filter(e -> e.number() < number).toList();
    return all.subList(Math.max(0, all.size() - limit), all.size());
  }

  private boolean fits(Cursor cursor) {
    return cursor.number() >= 1
        && cursor.number() <= entries.size()
        && Cursor.prefix(entries.get((int) cursor.number() - 1).id()) == cursor.id();
  }
}
