// SPDX-License-Identifier: Apache-2.0
package chat.storage.plain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.storage.Change;
import chat.storage.Change.BlobCommit;
import chat.storage.Change.NewEntry;
import chat.storage.ChatStore;
import chat.storage.Row;
import chat.storage.StorageException.Unusable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log that a crash cut short, or in which bits have turned over, at every single byte. */
final class LogTest {
  private static final UUID STORE = new UUID(1, 2);

  @TempDir Path folder;
  private byte[] whole;
  private long lastBatch;

  @BeforeEach
  void writeThreeBatches() throws Exception {
    try (ChatStore store = active(1)) {
      store.commit(1, List.of(append(1), append(2)));
      lastBatch = Files.size(log());
      store.commit(1, List.of(append(3), append(4)));
    }
    whole = Files.readAllBytes(log());
  }

  private Path log() {
    return folder.resolve("log");
  }

  private PlainChatStore active(long generation) throws Exception {
    PlainChatStore store = PlainChatStore.open(folder, InstantSource.system());
    store.activate(STORE, generation);
    return store;
  }

  private static Change append(long number) {
    return Change.append(new NewEntry(1, new UUID(5, number), 1, 7, 3, number, new byte[3]));
  }

  @Test
  void aBatchThatWasCutShortNeverHappened() throws Exception {
    for (int length = (int) lastBatch; length < whole.length; length++) {
      Files.write(log(), Arrays.copyOf(whole, length));
      try (ChatStore store = active(2)) {
        assertEquals(2, store.stream(1).head(), "cut at " + length);
        store.commit(2, List.of(append(3)));
        assertEquals(3, store.stream(1).head());
      }
      try (ChatStore store = active(3)) {
        assertEquals(3, store.after(1, 0, 10).size());
        store.after(1, 0, 10).forEach(row -> assertInstanceOf(Row.Entry.class, row));
      }
    }
  }

  /** What comes before the last batch was acknowledged, whatever has happened to it since. */
  @Test
  void aFlippedBitIsNeverTakenForTheEnd() throws Exception {
    int unusable = 0;
    for (int at = 0; at < lastBatch; at++) {
      byte[] flipped = whole.clone();
      flipped[at] ^= 16;
      Files.write(log(), flipped);
      try (ChatStore store = PlainChatStore.open(folder, InstantSource.system())) {
        List<Row> rows = store.after(1, 0, 10);
        assertEquals(4, rows.size(), "flipped at " + at);
        assertTrue(rows.stream().anyMatch(Row.Damaged.class::isInstance), "flipped at " + at);
      } catch (Unusable e) {
        unusable++;
      }
    }
    assertTrue(unusable > 0 && unusable < lastBatch, "unusable: " + unusable);
  }

  /** The mark of a drop may be there before the record of it, and the file longer than both. */
  @Test
  void aCrashInTheMiddleOfADropLeavesTheBlobOrNothing() throws Exception {
    UUID kept = new UUID(6, 1);
    UUID dropped = new UUID(6, 2);
    Blobs blobs = new Blobs(folder);
    try (ChatStore store = active(2)) {
      for (UUID blob : List.of(kept, dropped)) {
        store.stage(blob, 0, new byte[9]);
        BlobCommit commit = new BlobCommit(blob, 9);
        store.commit(
            2, List.of(new Change(List.of(), null, List.of(), List.of(commit), List.of())));
      }
      store.commit(
          2,
          List.of(new Change(List.of(), null, List.of(), List.of(), List.of(), List.of(dropped))));
      blobs.stage(dropped, 0, new byte[9]);
      blobs.mark(dropped);
      blobs.mark(kept);
    }

    try (ChatStore store = active(3)) {
      assertEquals(9, store.blob(kept, 0, 10).length);
      assertEquals(0, store.length(dropped));
      assertEquals(7, store.stage(dropped, 0, new byte[7]));
    }
    try (ChatStore store = active(4)) {
      assertEquals(7, store.length(dropped));
    }
  }

  @Test
  void aForeignFileIsLeftAlone() throws Exception {
    Files.writeString(log(), "Dear diary, this is no log.");

    assertThrows(Unusable.class, () -> PlainChatStore.open(folder, InstantSource.system()).close());
    assertEquals("Dear diary, this is no log.", Files.readString(log()));
  }
}
