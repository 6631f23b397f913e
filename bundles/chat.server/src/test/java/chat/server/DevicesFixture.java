// SPDX-License-Identifier: Apache-2.0
package chat.server;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.protocol.Command;
import chat.protocol.Device;
import chat.protocol.Event;
import chat.protocol.Problem;
import chat.protocol.Reply;
import chat.protocol.cbor.CborFormat;
import chat.server.base.CellKind;
import chat.server.session.Formats;
import chat.server.store.ActiveFile;
import chat.server.store.ActiveStore;
import chat.storage.CellKey;
import chat.storage.Change;
import chat.storage.memory.MemoryChatStore;
import chat.storage.memory.MemoryDisk;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A server to which devices of people connect, and on which time goes by as a test wants. */
abstract class DevicesFixture {
  static final String PASSWORD = "correct horse";
  private static final long PATIENCE_NANOS = 20_000_000_000L;

  @TempDir Path folder;

  final AtomicInteger written = new AtomicInteger();
  final CountDownLatch looked = new CountDownLatch(1);
  final CountDownLatch mayGoOn = new CountDownLatch(1);
  volatile CellKey slow;
  volatile Duration later = Duration.ZERO;
  private ActiveStore store;
  ChatServer server;

  @BeforeEach
  void start() throws Exception {
    Formats formats = new Formats();
    formats.add(new CborFormat());
    store = new ActiveStore(new ActiveFile(folder.resolve("active")), "memory");
    store.offer(
        StoreCandidates.of(
            InterceptingStore.store(
                new MemoryChatStore(new MemoryDisk(), InstantSource.system()), this::watch),
            "memory"));
    server =
        Servers.on(folder, store, formats, Map.of("registrationsPerTenMinutes", 1_000), this::now);
  }

  private Instant now() {
    return Instant.now().plus(later);
  }

  private Object watch(String method, Object[] arguments, InterceptingStore.Call call)
      throws Throwable {
    if (method.equals("commit")) {
      for (Object change : (List<?>) arguments[1]) {
        written.addAndGet(
            (int)
                ((Change) change)
                    .cells().stream()
                        .filter(cell -> cell.key().space().equals(CellKind.SESSION.space()))
                        .count());
      }
    }
    Object answer = call.goOn();
    if (method.equals("cell") && arguments[0].equals(slow)) {
      slow = null;
      looked.countDown();
      mayGoOn.await();
    }
    return answer;
  }

  @AfterEach
  void end() {
    mayGoOn.countDown();
    server.close();
    store.close();
  }

  static void until(BooleanSupplier holds) {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!holds.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "waited in vain");
      LockSupport.parkNanos(100_000);
    }
  }

  final class Client {
    final FakeConnection connection = new FakeConnection();
    byte[] token = new byte[0];
    long account;

    Client() {
      server.adopt(connection);
      assertInstanceOf(Reply.Welcome.class, asks(new Command.Hello(1, List.of(), "test", "en")));
    }

    int sends(Command command) {
      until(connection::isReading);
      server.received(connection, connection.bytes(command));
      return connection.asked();
    }

    Reply asks(Command command) {
      int number = sends(command);
      until(() -> connection.answer(number) != null);
      return connection.answer(number);
    }

    Problem refused(Command command) {
      return assertInstanceOf(Reply.Failed.class, asks(command)).problem();
    }

    Client enters(Command door) {
      Reply answer = asks(door);
      Reply.LoggedIn in =
          assertInstanceOf(Reply.LoggedIn.class, answer, () -> door + ": " + answer);
      token = in.token();
      account = in.self().account();
      return this;
    }

    List<Device> devices() {
      return assertInstanceOf(Reply.DeviceList.class, asks(new Command.Devices())).devices();
    }

    boolean isLoggedOut() {
      return connection.told().stream().anyMatch(Event.LoggedOut.class::isInstance);
    }

    void isGood() {
      assertFalse(isLoggedOut());
      assertInstanceOf(Reply.DeviceList.class, asks(new Command.Devices()));
    }
  }

  Client registers(String name) {
    return new Client().enters(new Command.Register(name, PASSWORD, "first", ""));
  }

  Client logsIn(String device) {
    return new Client().enters(new Command.LogIn("alice", PASSWORD, device));
  }

  Client resumes(Client other) {
    return new Client().enters(new Command.Resume(other.token));
  }
}
