// SPDX-License-Identifier: Apache-2.0
package chat.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.protocol.Availability;
import chat.protocol.Command;
import chat.protocol.Event;
import chat.protocol.Reply;
import chat.protocol.ServerMessage;
import chat.protocol.cbor.CborFormat;
import chat.server.base.CellKind;
import chat.server.base.Cells;
import chat.server.session.Formats;
import chat.server.session.Snapshot;
import chat.server.store.ActiveFile;
import chat.server.store.ActiveStore;
import chat.storage.CellKey;
import chat.storage.ChatStore;
import chat.storage.StorageException;
import chat.storage.memory.MemoryChatStore;
import chat.storage.memory.MemoryDisk;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A connection changes hands while its session is still being looked at. */
@Timeout(60)
class HandOverTest {
  @TempDir Path folder;

  private final FakeConnection connection = new FakeConnection();
  private final Formats formats = new Formats();
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch mayAnswer = new CountDownLatch(1);
  private volatile boolean slow;

  /** The one session that is slow; null if all are. */
  private volatile @Nullable CellKey onlySlow;

  private ActiveStore store;
  private ChatServer server;

  @BeforeEach
  void logIn() throws Exception {
    formats.add(new CborFormat());
    store = new ActiveStore(new ActiveFile(folder.resolve("active")), "memory");
    store.offer(
        StoreCandidates.of(
            slowWithSessions(new MemoryChatStore(new MemoryDisk(), InstantSource.system())),
            "memory"));
    server = Servers.on(folder, store, formats);
    server.adopt(connection);
    says(new Command.Hello(1, List.of(), "test", "en"));
    says(new Command.Register("alice", "correct horse", "test", ""));
    until(() -> connection.told().stream().anyMatch(Reply.LoggedIn.class::isInstance));
    says(new Command.Sync(List.of(), 10, 10));
    until(() -> connection.told().stream().anyMatch(Reply.Synced.class::isInstance));
  }

  @AfterEach
  void close() {
    mayAnswer.countDown();
    server.close();
    store.close();
  }

  private ChatStore slowWithSessions(ChatStore store) {
    return InterceptingStore.store(
        store,
        (method, arguments, call) -> {
          if (slow && method.equals("cell") && isSlow((CellKey) arguments[0])) {
            asked.countDown();
            await(mayAnswer);
          }
          return call.goOn();
        });
  }

  private boolean isSlow(CellKey key) {
    return key.space().equals(CellKind.SESSION.space())
        && (onlySlow == null || onlySlow.equals(key));
  }

  private static void await(CountDownLatch latch) throws StorageException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new StorageException.Unavailable("interrupted", e);
    }
  }

  private void says(Command command) throws InterruptedException {
    says(connection, command);
  }

  private void says(FakeConnection by, Command command) throws InterruptedException {
    until(by::isReading);
    ByteBuffer bytes = by.bytes(command);
    server.received(by, bytes);
    assertFalse(bytes.hasRemaining());
  }

  private interface Check {
    boolean holds();
  }

  private static void until(Check check) throws InterruptedException {
    while (!check.holds()) {
      Thread.sleep(1);
    }
  }

  private long count(Class<? extends ServerMessage> kind) {
    return connection.told().stream().filter(kind::isInstance).count();
  }

  /** The next server adopts the connection and waits for the store. */
  private byte[] handedOver() throws Exception {
    server.close();
    byte[] left = (byte[]) Objects.requireNonNull(connection.attributes().get(Snapshot.ATTRIBUTE));
    slow = true;
    server = Servers.on(folder, store, formats);
    connection.pauseReads();
    server.adopt(connection);
    asked.await();
    return left;
  }

  @Test
  void aSessionThatIsParkedAgainBeforeItGoesOnKeepsEverything() throws Exception {
    byte[] left = handedOver();
    server.released(connection);
    assertArrayEquals(left, (byte[]) connection.attributes().get(Snapshot.ATTRIBUTE));

    connection.pauseReads();
    server.adopt(connection);
    mayAnswer.countDown();
    says(new Command.Ping());
    assertEquals(1, count(Event.Restarted.class), "the old session came back");
    assertEquals(1, count(Reply.Done.class));
    assertEquals(0, count(Reply.Failed.class));
  }

  @Test
  void aServerThatLeavesBeforeTheSessionGoesOnDoesNotHangUp() throws Exception {
    byte[] left = handedOver();
    server.close();
    byte[] again = (byte[]) Objects.requireNonNull(connection.attributes().get(Snapshot.ATTRIBUTE));
    long alice = Snapshot.of(left).account();
    assertArrayEquals(Snapshot.of(left).with(List.of(alice)).bytes(), again);
    assertEquals(0, count(Event.Leaving.class));
    assertEquals(0, count(Event.Restarted.class));
  }

  @Test
  void aSessionThatIsGoneBeforeItGoesOnStaysGone() throws Exception {
    handedOver();
    server.closed(connection);
    mayAnswer.countDown();
    server.close();
    assertEquals(0, count(Event.Restarted.class));
    assertFalse(connection.isReading());
  }

  /** What others are is told to those as well who come back from an exchange later than they. */
  @Test
  void whoComesBackLaterHearsHowTheOthersAreNow() throws Exception {
    FakeConnection bobs = new FakeConnection(2);
    server.adopt(bobs);
    says(bobs, new Command.Hello(1, List.of(), "test", "en"));
    says(bobs, new Command.Register("bob", "correct horse", "test", ""));
    until(() -> bobs.told().stream().anyMatch(Reply.LoggedIn.class::isInstance));
    says(bobs, new Command.Sync(List.of(), 1, 1, Availability.AWAY));
    until(() -> hasHeard(Availability.AWAY));

    server.close();
    byte[] left = (byte[]) Objects.requireNonNull(connection.attributes().get(Snapshot.ATTRIBUTE));
    onlySlow = Cells.session(Snapshot.of(left).tokenHash());
    slow = true;
    server = Servers.on(folder, store, formats);
    for (FakeConnection parked : List.of(connection, bobs)) {
      parked.pauseReads();
      server.adopt(parked);
    }
    asked.await();
    says(bobs, new Command.SetPresence(Availability.ONLINE));
    until(() -> bobs.told().stream().anyMatch(Reply.Done.class::isInstance));
    long ticks = System.nanoTime() + 500_000_000;
    until(() -> System.nanoTime() > ticks); // several times in which presence would be told
    mayAnswer.countDown();
    until(() -> hasHeard(Availability.ONLINE));
  }

  private boolean hasHeard(Availability availability) {
    return connection.told().stream()
        .anyMatch(said ->
            said instanceof Event.Presence presence
                && presence.statuses().stream()
                    .anyMatch(status -> status.availability() == availability));
  }

  @Test
  void nothingIsTakenBeforeTheSessionGoesOn() throws Exception {
    handedOver();
    ByteBuffer early = connection.bytes(new Command.Ping());
    server.received(connection, early);
    assertTrue(early.hasRemaining());
    mayAnswer.countDown();
    until(connection::isReading);
    server.received(connection, early);
    assertEquals(1, count(Reply.Done.class));
  }
}
