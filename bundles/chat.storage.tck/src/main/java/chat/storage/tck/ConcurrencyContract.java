// SPDX-License-Identifier: Apache-2.0
package chat.storage.tck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.storage.CellKey;
import chat.storage.Change;
import chat.storage.Change.BlobCommit;
import chat.storage.Change.CellWrite;
import chat.storage.ChatStore;
import chat.storage.Row;
import chat.storage.StorageException.Unavailable;
import chat.storage.tck.fixture.StoreContract;
import chat.storage.tck.fixture.Subject;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Reads and staging beside commits. */
interface ConcurrencyContract extends StoreContract {
  int BATCHES = 60;
  int BATCH = 5;
  CellKey COUNTER = new CellKey("count", "batches");

  private static void commitBatches(Subject subject) throws Exception {
    for (int batch = 1; batch <= BATCHES; batch++) {
      List<Change> changes = new ArrayList<>();
      for (int i = 0; i < BATCH; i++) {
        changes.add(Change.append(subject.text(1)));
      }
      byte[] value = ByteBuffer.allocate(4).putInt(batch).array();
      changes.add(2, Change.write(List.of(), new CellWrite(COUNTER, value)));
      subject.commit(changes.toArray(Change[]::new));
    }
  }

  private static long readUntil(AtomicBoolean done, ChatStore store) throws Exception {
    long seen = 0;
    while (!done.get()) {
      long counted = store.cell(COUNTER).map(c -> ByteBuffer.wrap(c.value()).getInt()).orElse(0);
      long head = store.stream(1).head();
      assertEquals(0, head % BATCH, "half a batch was seen");
      assertTrue(head >= counted * BATCH && head >= seen, "a batch was unseen again");
      List<Row> newest = store.before(1, Long.MAX_VALUE, BATCH);
      if (head > 0) {
        assertEquals(0, newest.getFirst().number() % BATCH, "half a batch was read");
        assertEquals(BATCH, newest.size());
      }
      newest.forEach(row -> assertInstanceOf(Row.Entry.class, row));
      seen = head;
    }
    return seen;
  }

  @Test
  default void readsSeeWholeBatchesOnly(Subject subject) throws Exception {
    ChatStore store = subject.store();
    AtomicBoolean done = new AtomicBoolean();
    try (ExecutorService readers = Executors.newFixedThreadPool(store.readers())) {
      List<Future<Long>> running = new ArrayList<>();
      for (int i = 0; i < store.readers(); i++) {
        running.add(readers.submit(() -> readUntil(done, store)));
      }
      try {
        commitBatches(subject);
      } finally {
        done.set(true);
      }
      for (Future<Long> reader : running) {
        reader.get(30, TimeUnit.SECONDS);
      }
    }
    assertEquals((long) BATCHES * BATCH, store.stream(1).head());
  }

  @Test
  default void stagingRunsBesideCommits(Subject subject) throws Exception {
    ChatStore store = subject.store();
    UUID blob = subject.id();
    byte[] piece = subject.bytes(1_000);
    try (ExecutorService stager = Executors.newSingleThreadExecutor()) {
      Future<Long> staged =
          stager.submit(() -> {
            long length = 0;
            for (int i = 0; i < 50; i++) {
              length = store.stage(blob, length, piece);
            }
            return length;
          });
      commitBatches(subject);
      assertEquals(50_000L, staged.get(30, TimeUnit.SECONDS));
    }
    assertEquals(50_000L, store.length(blob));
  }

  @Test
  default void aBlobThatIsDroppedWhileItIsReadIsThereOrNot(Subject subject) throws Exception {
    ChatStore store = subject.store();
    byte[] content = subject.bytes(2_000);
    AtomicReference<UUID> current = new AtomicReference<>(subject.id());
    AtomicBoolean done = new AtomicBoolean();
    try (ExecutorService reader = Executors.newSingleThreadExecutor()) {
      Future<Boolean> reads =
          reader.submit(() -> {
            while (!done.get()) {
              byte[] read = store.blob(Objects.requireNonNull(current.get()), 0, 2_000);
              assertArrayEquals(Arrays.copyOf(content, read.length), read);
              assertTrue(read.length == 0 || read.length == 2_000, "cut to " + read.length);
            }
            return true;
          });
      try {
        for (int i = 0; i < 40; i++) {
          UUID blob = subject.staged(content);
          subject.done(
              new Change(
                  List.of(), null, List.of(), List.of(new BlobCommit(blob, 2_000)), List.of()));
          current.set(blob);
          subject.done(new Change(List.of(), null, List.of(), List.of(), List.of(), List.of(blob)));
        }
      } finally {
        done.set(true);
      }
      assertTrue(reads.get(30, TimeUnit.SECONDS));
    }
  }

  @Test
  default void closingWaitsForRunningCalls(Subject subject) throws Exception {
    subject.fill(1, 100);
    ChatStore store = subject.store();
    try (ExecutorService reader = Executors.newSingleThreadExecutor()) {
      Future<Long> reads =
          reader.submit(() -> {
            long pages = 0;
            try {
              while (true) {
                assertEquals(100, store.after(1, 0, 200).size());
                pages++;
              }
            } catch (Unavailable closed) {
              return pages;
            }
          });
      store.after(1, 0, 200);
      store.close();
      assertTrue(reads.get(30, TimeUnit.SECONDS) >= 0);
    }
  }
}
