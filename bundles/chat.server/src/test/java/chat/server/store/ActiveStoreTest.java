// SPDX-License-Identifier: Apache-2.0
package chat.server.store;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.server.StoreCandidates;
import chat.storage.ChatStore;
import chat.storage.StorageException;
import chat.storage.StoreState;
import chat.storage.memory.MemoryChatStore;
import chat.storage.memory.MemoryDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ActiveStoreTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Duration NOT_LONG = Duration.ofMillis(300);

  @TempDir Path folder;
  private ActiveFile file;
  private ActiveStore gate;

  @BeforeEach
  void open() {
    file = new ActiveFile(folder.resolve("active"));
    gate = new ActiveStore(file, "memory");
  }

  @AfterEach
  void close() {
    gate.close();
  }

  private static ChatStore store(MemoryDisk disk) {
    return new MemoryChatStore(disk, InstantSource.system());
  }

  private StoreState state() throws StorageException, InterruptedException {
    return gate.read(SOON, (store, generation) -> store.state().orElseThrow());
  }

  @Test
  void aNewServerBeginsWithTheConfiguredEngineAndNamesIt()
      throws StorageException, InterruptedException, IOException {
    gate.offer(StoreCandidates.of(store(new MemoryDisk()), "other"));
    assertThrows(StorageException.Unavailable.class, () -> gate.read(NOT_LONG, (s, g) -> s));
    assertTrue(gate.waitingFor().contains("memory"), gate.waitingFor());
    gate.offer(StoreCandidates.of(store(new MemoryDisk()), "memory"));
    StoreState state = state();
    assertEquals(new ActiveFile.Named(state.id(), 1), file.read().orElseThrow());
  }

  @Test
  void onlyTheNamedStoreIsTakenUpAgainWhateverComesFirst()
      throws StorageException, InterruptedException, IOException {
    MemoryDisk truth = new MemoryDisk();
    ChatStore first = store(truth);
    first.activate(UUID.randomUUID(), 1);
    file.write(new ActiveFile.Named(first.state().orElseThrow().id(), 1));
    first.close();
    ChatStore stranger = store(new MemoryDisk());
    stranger.activate(UUID.randomUUID(), 99);

    gate.offer(StoreCandidates.of(stranger, "memory"));
    gate.offer(StoreCandidates.of(store(new MemoryDisk()), "memory"));
    assertThrows(StorageException.Unavailable.class, () -> gate.read(NOT_LONG, (s, g) -> s));
    gate.offer(StoreCandidates.of(store(truth), "memory"));
    assertEquals(2, state().generation());
    assertEquals(2, file.read().orElseThrow().generation());
  }

  private String hopeless() {
    while (gate.hopeless().isEmpty()) {
      Thread.onSpinWait();
    }
    return gate.hopeless();
  }

  private MemoryDisk activeOne(UUID id, long generation) throws StorageException {
    MemoryDisk disk = new MemoryDisk();
    try (ChatStore store = store(disk)) {
      store.activate(id, generation);
    }
    return disk;
  }

  @Test
  void anEmptyStoreWhereAnotherOneIsNamedIsToldWithTheWaysOut() throws Exception {
    UUID id = UUID.randomUUID();
    file.write(new ActiveFile.Named(id, 3));
    gate.offer(StoreCandidates.of(store(new MemoryDisk()), "memory"));
    String why = hopeless();
    assertTrue(why.contains(file.path() + " names the store " + id + " in generation 3"), why);
    assertTrue(why.contains("missing or empty"), why);
    assertTrue(why.contains("chatroom restore FILE"), why);
    assertTrue(why.contains("rm '" + file.path() + "'"), why);
  }

  @Test
  void aForeignOrOlderStoreIsToldWithTheCommandThatGoesOnWithIt() throws Exception {
    UUID id = UUID.randomUUID();
    file.write(new ActiveFile.Named(id, 9));
    MemoryDisk older = activeOne(id, 4);
    gate.offer(StoreCandidates.of(store(older), "memory"));
    String command = "echo '" + id + " 4' > '" + file.path() + "'";
    assertTrue(hopeless().contains("an older copy of it"), hopeless());
    assertTrue(hopeless().contains(command), hopeless());
    file.write(new ActiveFile.Named(id, 4));
    gate.offer(StoreCandidates.of(store(new MemoryDisk()), "other"));
    assertEquals(5, state().generation());
  }

  @Test
  void aFileThatNamesNoStoreIsToldAndTakenUpWhenItIsPutRight() throws Exception {
    UUID id = UUID.randomUUID();
    MemoryDisk disk = activeOne(id, 4);
    for (byte[] damage : new byte[][] {{}, {(byte) 0xff, 0, 7}, "no store".getBytes(US_ASCII)}) {
      Files.write(file.path(), damage);
      try (ActiveStore each = new ActiveStore(file, "memory")) {
        each.offer(StoreCandidates.of(store(disk), "memory"));
        while (each.hopeless().isEmpty()) {
          Thread.onSpinWait();
        }
        String why = each.hopeless();
        assertTrue(why.startsWith(file.path().toString()), why);
        assertTrue(why.contains("echo '" + id + " 4' > '" + file.path() + "'"), why);
      }
    }
    Files.write(file.path(), new byte[0]);
    gate.offer(StoreCandidates.of(store(disk), "memory"));
    hopeless();
    Files.writeString(file.path(), id + " 4\n");
    assertEquals(id, state().id());
    assertEquals("", gate.hopeless());
  }

  @Test
  void aBackupTakesThePlaceOfAStoreThatIsGone() throws Exception {
    file.write(new ActiveFile.Named(UUID.randomUUID(), 3));
    gate.offer(StoreCandidates.of(store(new MemoryDisk()), "memory"));
    hopeless();
    UUID id = UUID.randomUUID();
    var copy = StoreCandidates.of(store(new MemoryDisk()), "restored");
    copy.store().receive(id, UUID.randomUUID());
    gate.offer(copy);
    new StoreExchange(gate, file).replace(copy, id);
    assertEquals(id, state().id());
    assertEquals(new ActiveFile.Named(id, 1), file.read().orElseThrow());
  }

  @Test
  void aFullDiskUnderTheFileIsNoEnd() throws Exception {
    Path place = Files.createDirectory(folder.resolve("full"));
    ActiveFile inside = new ActiveFile(place.resolve("active"));
    // Stands for a file that can't be written; root may write into any folder.
    Path blocking = Files.createDirectories(place.resolve("active.new/x")).getParent();
    try (ActiveStore each = new ActiveStore(inside, "memory")) {
      each.offer(StoreCandidates.of(store(new MemoryDisk()), "memory"));
      assertThrows(StorageException.Unavailable.class, () -> each.read(NOT_LONG, (s, g) -> s));
      Files.delete(blocking.resolve("x"));
      Files.delete(blocking);
      assertTrue(each.read(SOON, (s, g) -> s.state()).isPresent());
    }
  }

  @Test
  void aRetiredStoreLeadsToItsSuccessor()
      throws StorageException, InterruptedException, IOException {
    MemoryDisk oldDisk = new MemoryDisk();
    ChatStore old = store(oldDisk);
    UUID oldId = UUID.randomUUID();
    UUID newId = UUID.randomUUID();
    old.activate(oldId, 4);
    MemoryDisk newDisk = new MemoryDisk();
    ChatStore successor = store(newDisk);
    successor.activate(newId, 5);
    old.retire(new StoreState.Successor(newId, 5));
    file.write(new ActiveFile.Named(oldId, 4));

    gate.offer(StoreCandidates.of(store(oldDisk), "memory"));
    gate.offer(StoreCandidates.of(store(newDisk), "memory"));
    assertEquals(newId, state().id());
    assertEquals(new ActiveFile.Named(newId, 6), file.read().orElseThrow());
  }

  @Test
  void aStoreThatLeavesIsClosedOnlyWhenNoCallIsInsideIt() throws Exception {
    ChatStore store = store(new MemoryDisk());
    gate.offer(StoreCandidates.of(store, "memory"));
    state();
    var inside = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    var outside = new AtomicBoolean();
    Thread reader =
        Thread.ofPlatform()
            .start(() -> {
              try {
                gate.read(
                    SOON,
                    (s, g) -> {
                      inside.countDown();
                      awaitQuietly(goOn);
                      outside.set(true);
                      return s;
                    });
              } catch (Exception e) {
                throw new AssertionError(e);
              }
            });
    inside.await();
    Thread leaver = Thread.ofPlatform().start(() -> gate.withdraw(store));
    while (leaver.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    goOn.countDown();
    leaver.join();
    assertTrue(outside.get(), "the gate let the store go while a call was inside");
    reader.join();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aDamagedFileStopsTheChoiceAndSaysSo() throws IOException {
    Files.writeString(folder.resolve("active"), "rubbish\n");
    gate.offer(StoreCandidates.of(store(new MemoryDisk()), "memory"));
    assertThrows(StorageException.Unavailable.class, () -> gate.read(NOT_LONG, (s, g) -> s));
    assertTrue(gate.waitingFor().contains("damaged"), gate.waitingFor());
  }
}
