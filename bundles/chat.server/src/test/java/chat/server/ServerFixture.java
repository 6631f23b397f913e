// SPDX-License-Identifier: Apache-2.0
package chat.server;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import chat.connection.Connection;
import chat.operations.AuditLog;
import chat.protocol.Command;
import chat.protocol.Content;
import chat.protocol.Cursor;
import chat.protocol.Event;
import chat.protocol.ModerationAction;
import chat.protocol.Problem;
import chat.protocol.Reply;
import chat.protocol.RoomKind;
import chat.protocol.ServerMessage;
import chat.protocol.cbor.CborFormat;
import chat.server.base.Cells;
import chat.server.room.Directory;
import chat.server.session.Formats;
import chat.server.session.Session;
import chat.server.store.ActiveFile;
import chat.server.store.ActiveStore;
import chat.storage.Change;
import chat.storage.ChatStore;
import chat.storage.StorageException;
import chat.storage.memory.MemoryChatStore;
import chat.storage.memory.MemoryDisk;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

/** A server with people who have entered, without sockets, so that a test orders each step. */
final class ServerFixture implements AutoCloseable {
  private static final int NO_LIMIT = 1_000_000;
  private static final Map<String, Object> WIDE =
      Map.of(
          "membersInvite", true,
          "messagesPerSecond", NO_LIMIT,
          "messageBurst", NO_LIMIT,
          "startsPerHour", NO_LIMIT,
          "processorPercentPerAccount", NO_LIMIT,
          "registrationsPerTenMinutes", NO_LIMIT);
  private static final long PATIENCE_NANOS = 30_000_000_000L;

  private final ActiveStore store;
  private final ChatServer server;
  private final List<Somebody> people = new ArrayList<>();
  private volatile Duration ahead = Duration.ZERO;

  ServerFixture(Path folder, String... names) throws Exception {
    this(folder, store -> store, names);
  }

  /**
   * @param guarded what stands before the store
   */
  ServerFixture(Path folder, UnaryOperator<ChatStore> guarded, String... names) throws Exception {
    this(folder, guarded, Map.of(), names);
  }

  /**
   * @param configured what differs from wide limits
   */
  ServerFixture(
      Path folder,
      UnaryOperator<ChatStore> guarded,
      Map<String, Object> configured,
      String... names)
      throws Exception {
    this(folder, guarded, configured, (action, details) -> {}, names);
  }

  /**
   * @param audit where it is told who came and what was done
   */
  ServerFixture(Path folder, AuditLog audit, String... names) throws Exception {
    this(folder, store -> store, Map.of(), audit, names);
  }

  private ServerFixture(
      Path folder,
      UnaryOperator<ChatStore> guarded,
      Map<String, Object> configured,
      AuditLog audit,
      String... names)
      throws Exception {
    Formats formats = new Formats();
    formats.add(new CborFormat());
    store = new ActiveStore(new ActiveFile(folder.resolve("active")), "memory");
    store.offer(
        StoreCandidates.of(
            guarded.apply(new MemoryChatStore(new MemoryDisk(), InstantSource.system())),
            "memory"));
    Map<String, Object> config = new HashMap<>(WIDE);
    config.putAll(configured);
    server = Servers.on(folder, store, formats, config, audit, this::now);
    for (String name : names) {
      people.add(new Somebody(name, new Command.Register(name, "correct horse", "test", "")));
    }
  }

  /** So much time goes by. */
  void later(Duration time) {
    ahead = ahead.plus(time);
  }

  /** What the server takes for now. */
  Instant now() {
    return Instant.now().plus(ahead);
  }

  Somebody one(int index) {
    return people.get(index);
  }

  List<Somebody> people() {
    return people;
  }

  /** Another device of somebody. */
  Somebody device(Somebody owner) {
    Somebody device =
        new Somebody(owner.name, new Command.LogIn(owner.name, "correct horse", "other"));
    people.add(device);
    return device;
  }

  Somebody registers(String name) {
    Somebody fresh = new Somebody(name, new Command.Register(name, "correct horse", "test", ""));
    people.add(fresh);
    return fresh;
  }

  /** Somebody who registered with an earlier server on the same store. */
  Somebody logsIn(String name) {
    Somebody back = new Somebody(name, new Command.LogIn(name, "correct horse", "test"));
    people.add(back);
    return back;
  }

  /** What is answered to a stranger who wants to come in. */
  Reply answersStranger(Command door) {
    FakeConnection connection = new FakeConnection(Integer.MAX_VALUE);
    server.adopt(connection);
    server.received(connection, connection.bytes(new Command.Hello(1, List.of(), "test", "en")));
    server.received(connection, connection.bytes(door));
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (true) {
      Reply answer = connection.answer(connection.asked());
      if (answer != null) {
        return answer;
      }
      Somebody.pause(end);
    }
  }

  ChatServer server() {
    return server;
  }

  Directory directory() {
    return server.context().directory();
  }

  Formats formats() {
    return server.context().formats();
  }

  /** A client comes of whom nobody here knows what it says. */
  void adopts(Connection connection) {
    server.adopt(connection);
  }

  /** What speaks to clients is there again. */
  void formatArrived() {
    server.formatArrived();
  }

  /** Returns when everybody was told everything that follows from what was done so far. */
  void settle() throws StorageException, InterruptedException {
    for (int round = 0; round < 2; round++) {
      server
          .context()
          .access()
          .settle(Change.write(List.of(), new Change.CellWrite(Cells.PROBE, new byte[0])));
      CountDownLatch done = new CountDownLatch(people.size());
      for (Somebody somebody : people) {
        while (!somebody.session().lane().submit(done::countDown)) {
          Thread.sleep(1);
        }
      }
      done.await();
    }
  }

  @Override
  public void close() {
    server.close();
    store.close();
  }

  /** Somebody who has entered. */
  final class Somebody {
    private final String name;
    private final FakeConnection connection = new FakeConnection(people.size() + 1);
    private final long account;
    private final byte[] token;
    private int heard;

    private Somebody(String name, Command door) {
      this.name = name;
      server.adopt(connection);
      asks(new Command.Hello(1, List.of(), "test", "en"));
      Reply.LoggedIn in = assertInstanceOf(Reply.LoggedIn.class, asks(door));
      account = in.self().account();
      token = in.token();
      enters();
    }

    Reply.Synced enters(Cursor... cursors) {
      return assertInstanceOf(Reply.Synced.class, asks(new Command.Sync(List.of(cursors), 50, 10)));
    }

    Session session() {
      return server.session(connection);
    }

    String name() {
      return name;
    }

    long account() {
      return account;
    }

    byte[] token() {
      return token;
    }

    Reply asks(Command command) {
      return answered(sends(command));
    }

    /** Asks if the server takes anything now; the number of what was asked, or -1. */
    int tries(Command command) {
      ByteBuffer bytes = connection.bytes(command);
      int number = connection.asked();
      server.received(connection, bytes);
      return bytes.hasRemaining() ? -1 : number;
    }

    /** Asks and does not wait for the answer. */
    int sends(Command command) {
      long end = System.nanoTime() + PATIENCE_NANOS;
      while (!connection.isReading()) {
        pause(end);
      }
      ByteBuffer bytes = connection.bytes(command);
      int number = connection.asked();
      server.received(connection, bytes);
      if (bytes.hasRemaining()) {
        throw new AssertionError("not taken: " + command);
      }
      return number;
    }

    /** Waits for an answer. */
    Reply answered(int number) {
      long end = System.nanoTime() + PATIENCE_NANOS;
      while (true) {
        Reply answer = connection.answer(number);
        if (answer != null) {
          return answer;
        }
        pause(end);
      }
    }

    private static void pause(long end) {
      if (System.nanoTime() > end) {
        throw new AssertionError("no answer");
      }
      LockSupport.parkNanos(20_000);
    }

    /** Does something, which must be allowed. */
    Reply.Posted does(Command.Append command) {
      return assertInstanceOf(Reply.Posted.class, asks(command), command::toString);
    }

    /** Why something is not done; null if it is done. */
    Problem problem(Command command) {
      return asks(command) instanceof Reply.Failed failed ? failed.problem() : null;
    }

    long makes(RoomKind kind, String room) {
      return does(new Command.Create(UUID.randomUUID(), kind, room, "")).room();
    }

    Event.Entry says(long room, String text) {
      UUID id = UUID.randomUUID();
      Reply.Posted posted = does(new Command.Post(id, room, text));
      return new Event.Entry(
          room,
          posted.number(),
          id,
          directory().accounts().person(account),
          posted.time(),
          new Content.Text(text));
    }

    void does(ModerationAction action, Somebody other, long room) {
      does(command(action, other, room));
    }

    /** Invites somebody, who joins. */
    void bringsIn(Somebody other, long room) {
      does(ModerationAction.INVITE, other, room);
      other.does(new Command.Join(UUID.randomUUID(), room));
    }

    Command.Moderate command(ModerationAction action, Somebody other, long room) {
      boolean timed = action == ModerationAction.BAN || action == ModerationAction.MUTE;
      return new Command.Moderate(
          UUID.randomUUID(), room, other.account, action, timed ? Long.MAX_VALUE : 0);
    }

    /** How often something was sent to it. */
    int sent() {
      return connection.sends();
    }

    /** What it was told since the last call. */
    List<ServerMessage> hears() {
      List<ServerMessage> fresh = connection.toldSince(heard);
      heard += fresh.size();
      return fresh;
    }
  }
}
