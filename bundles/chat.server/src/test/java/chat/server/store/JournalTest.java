// SPDX-License-Identifier: Apache-2.0
package chat.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.server.InterceptingStore;
import chat.server.Servers;
import chat.server.StoreCandidates;
import chat.server.base.Cells;
import chat.server.base.Timings;
import chat.storage.CellKey;
import chat.storage.Change;
import chat.storage.ChatStore;
import chat.storage.Outcome;
import chat.storage.StorageException;
import chat.storage.memory.MemoryChatStore;
import chat.storage.memory.MemoryDisk;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class JournalTest {
  private static final Change PROBE =
      Change.write(List.of(), new Change.CellWrite(Cells.PROBE, new byte[0]));

  /** Decides what becomes of a commit before the healthy store sees it. */
  private interface Trouble {
    void before(List<Change> changes) throws StorageException;
  }

  @TempDir Path folder;

  private volatile Trouble trouble = changes -> {};
  private final AtomicInteger batches = new AtomicInteger();
  private final AtomicInteger roomAgain = new AtomicInteger();
  private final List<String> heard = Collections.synchronizedList(new ArrayList<>());
  private ActiveStore store;
  private ChatStore troubled;
  private Journal journal;

  @BeforeEach
  void open() {
    store = new ActiveStore(new ActiveFile(folder.resolve("active")), "memory");
    troubled = troubled(new MemoryChatStore(new MemoryDisk(), InstantSource.system()));
    journal =
        new Journal(
            store,
            PROBE,
            (entry, number, time) -> {},
            batches::incrementAndGet,
            roomAgain::incrementAndGet);
  }

  @AfterEach
  void close() {
    journal.drain(Duration.ofSeconds(1));
    store.close();
  }

  private ChatStore troubled(ChatStore healthy) {
    return InterceptingStore.store(
        healthy,
        (method, arguments, call) -> {
          if (method.equals("commit")) {
            @SuppressWarnings("unchecked")
            List<Change> changes = (List<Change>) arguments[1];
            trouble.before(changes);
          }
          return call.goOn();
        });
  }

  private Change entry(String name) {
    return Change.append(
        new Change.NewEntry(
            1,
            UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)),
            1,
            7,
            name.length(),
            name.hashCode(),
            name.getBytes(StandardCharsets.UTF_8)));
  }

  private boolean isEntry(Change change, String name) {
    return change.entry() != null && change.entry().id().equals(entry(name).entry().id());
  }

  private CountDownLatch submit(String... names) {
    CountDownLatch done = new CountDownLatch(names.length);
    for (String name : names) {
      journal.submit(
          entry(name),
          new Journal.Completion() {
            @Override
            public void decided(Outcome outcome) {
              heard.add(
                  switch (outcome) {
                    case Outcome.Committed(long number, long time) -> name + " " + number;
                    case Outcome.Repeated(long number, long time) -> name + " again " + number;
                    case Outcome.Refused refused -> name + " " + refused.reason();
                  });
              done.countDown();
            }

            @Override
            public void dropped() {
              heard.add(name + " dropped");
              done.countDown();
            }

            @Override
            public void undecided() {
              heard.add(name + " undecided");
              done.countDown();
            }
          });
    }
    return done;
  }

  private static void await(CountDownLatch done) throws InterruptedException {
    assertTrue(done.await(30, TimeUnit.SECONDS), "nobody answered");
  }

  @Test
  void changesAreAnsweredInTheirOrderAndManyInOneBatch() throws InterruptedException {
    CountDownLatch done = submit("a", "b", "c", "a");
    journal.start();
    store.offer(StoreCandidates.of(troubled, "memory"));
    await(done);
    assertEquals(List.of("a 1", "b 2", "c 3", "a again 1"), heard);
    journal.drain(Duration.ofSeconds(5));
    assertEquals(1, batches.get());
  }

  @Test
  void whileTheStoreIsAwayChangesWaitAndThenGoThrough() throws InterruptedException {
    AtomicInteger refusals = new AtomicInteger();
    trouble =
        changes -> {
          if (refusals.incrementAndGet() <= 4) {
            throw new StorageException.Unavailable("the disk is full");
          }
        };
    journal.start();
    store.offer(StoreCandidates.of(troubled, "memory"));
    CountDownLatch done = submit("a", "b");
    await(done);
    assertEquals(List.of("a 1", "b 2"), heard);
    assertTrue(refusals.get() > 4);
  }

  @Test
  void anUncertainBatchIsOfferedAgainAndCountsOnce() throws InterruptedException {
    AtomicInteger offers = new AtomicInteger();
    ChatStore forgetful =
        InterceptingStore.store(
            new MemoryChatStore(new MemoryDisk(), InstantSource.system()),
            (method, arguments, call) -> {
              Object answer = call.goOn();
              if (method.equals("commit") && offers.incrementAndGet() == 1) {
                throw new StorageException.Uncertain("the line broke", new Exception());
              }
              return answer;
            });
    CountDownLatch done = submit("a", "b");
    journal.start();
    store.offer(StoreCandidates.of(forgetful, "memory"));
    await(done);
    assertEquals(List.of("a again 1", "b again 2"), heard);
  }

  @Test
  void poisonIsDroppedAndItsNeighboursLive() throws InterruptedException {
    UUID poison = UUID.nameUUIDFromBytes("poison".getBytes(StandardCharsets.UTF_8));
    trouble =
        changes -> {
          if (changes.stream().anyMatch(c -> c.entry() != null && c.entry().id().equals(poison))) {
            throw new IllegalStateException("a bug of the store");
          }
        };
    CountDownLatch done = submit("a", "poison", "b");
    journal.start();
    store.offer(StoreCandidates.of(troubled, "memory"));
    await(done);
    assertEquals(List.of("a 1", "poison dropped", "b 2"), heard);
  }

  @Test
  void withoutRoomItSaysSoAndTellsWhenThereIsSomeAgain() throws InterruptedException {
    String[] names = new String[Journal.MAX_CHANGES];
    for (int i = 0; i < names.length; i++) {
      names[i] = "n" + i;
    }
    assertTrue(journal.hasRoom());
    CountDownLatch done = submit(names);
    assertFalse(journal.hasRoom());
    journal.start();
    store.offer(StoreCandidates.of(troubled, "memory"));
    await(done);
    assertEquals(names.length, heard.size());
    submit("last").await(10, TimeUnit.SECONDS);
    assertEquals(1, roomAgain.get());
    assertTrue(journal.hasRoom());
  }

  @Test
  void whatIsSubmittedAfterTheEndIsToldAtOnce() {
    journal.start();
    store.offer(StoreCandidates.of(troubled, "memory"));
    journal.drain(Duration.ofSeconds(5));
    submit("late");
    assertEquals(List.of("late undecided"), heard);
  }

  @Test
  void whatCouldNotBeDecidedInTimeIsToldOnce() throws InterruptedException, StorageException {
    CountDownLatch offered = new CountDownLatch(1);
    trouble =
        changes -> {
          if (changes.size() > 1) {
            throw new IllegalStateException("not these together");
          } else if (isEntry(changes.getFirst(), "b")) {
            offered.countDown();
            throw new StorageException.Unavailable("the disk is full");
          }
        };
    submit("a", "b", "c");
    journal.start();
    store.offer(StoreCandidates.of(troubled, "memory"));
    await(offered);
    submit("d");
    journal.drain(Duration.ZERO);
    assertEquals(
        List.of("a 1", "b undecided", "c undecided", "d undecided"),
        heard.stream().sorted().toList());
  }

  @Test
  void whoWaitsForAChangeHearsThatTheServerLeaves() {
    StoreAccess access =
        new StoreAccess(store, journal, new Readers(1), Timings.of(Servers.config(Map.of())));
    journal.start();
    journal.drain(Duration.ofSeconds(5));
    CompletableFuture<Outcome> decided = access.commit(entry("late"), _ -> {});
    assertTrue(decided.isDone());
    assertThrows(StorageException.Unavailable.class, () -> access.await(decided));
    access.readers().close();
  }

  /** The generation of the store that is open, once one is. */
  private long generation() throws StorageException, InterruptedException {
    return store.read(Duration.ofSeconds(20), (open, generation) -> generation);
  }

  @Test
  void aSwapUnderLoadIsAPauseAndNothingElse() throws InterruptedException, StorageException {
    MemoryDisk disk = new MemoryDisk();
    ChatStore first = new MemoryChatStore(disk, InstantSource.system());
    journal.start();
    store.offer(StoreCandidates.of(first, "memory"));
    assertEquals(1L, generation());
    List<CountDownLatch> all = new ArrayList<>();
    ChatStore current = first;
    for (int swap = 0; swap < 20; swap++) {
      for (int i = 0; i < 50; i++) {
        all.add(submit("swap" + swap + "-" + i));
      }
      store.withdraw(current);
      current.close();
      current = new MemoryChatStore(disk, InstantSource.system());
      store.offer(StoreCandidates.of(current, "memory"));
      assertEquals(swap + 2L, generation());
    }
    for (CountDownLatch each : all) {
      await(each);
    }
    List<String> expected = new ArrayList<>();
    for (int swap = 0; swap < 20; swap++) {
      for (int i = 0; i < 50; i++) {
        expected.add("swap" + swap + "-" + i + " " + (swap * 50 + i + 1));
      }
    }
    assertEquals(expected, heard.stream().map(h -> h.replace(" again", "")).toList());
    assertEquals(1000, current.stream(1).head());
    assertTrue(current.cell(new CellKey("none", "none")).isEmpty());
  }
}
