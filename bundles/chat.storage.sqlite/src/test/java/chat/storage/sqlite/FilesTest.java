// SPDX-License-Identifier: Apache-2.0
package chat.storage.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.storage.Change;
import chat.storage.Change.BlobCommit;
import chat.storage.Change.Erasure;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The files beside the database, and what the log gives back. */
final class FilesTest {
  @TempDir Path folder;

  private final UUID committed = new UUID(1, 1);
  private final UUID young = new UUID(2, 1);
  private final UUID old = new UUID(3, 1);
  private final UUID orphan = new UUID(4, 1);
  private final UUID fresh = new UUID(5, 1);

  private static Change commitOf(UUID blob, long length) {
    return new Change(List.of(), null, List.of(), List.of(new BlobCommit(blob, length)), List.of());
  }

  @Test
  void activationSweepsWhatNobodyCommits() throws Exception {
    Blobs blobs = new Blobs(folder);
    try (SqliteChatStore store = Texts.active(folder, 1)) {
      for (UUID blob : List.of(committed, young, old)) {
        store.stage(blob, 0, new byte[10]);
      }
      store.commit(1, List.of(commitOf(committed, 10)));
    }
    Files.createDirectories(blobs.committed(orphan).getParent());
    Files.write(blobs.committed(orphan), new byte[10]);
    Files.createDirectories(blobs.committed(fresh).getParent());
    Files.write(blobs.committed(fresh), new byte[10]);
    FileTime yesterday = FileTime.from(Instant.now().minus(Duration.ofHours(25)));
    for (UUID blob : List.of(orphan, committed)) {
      Files.setLastModifiedTime(blobs.committed(blob), yesterday);
    }
    Files.setLastModifiedTime(blobs.staged(old), yesterday);
    Path note = Files.writeString(blobs.committed().resolve("README"), "not ours");

    SqliteChatStore.open(folder, Instant::now).close();
    assertTrue(Files.exists(blobs.committed(orphan)), "opening sweeps nothing");

    Texts.active(folder, 2).close();
    try (SqliteChatStore store = SqliteChatStore.open(folder, Instant::now)) {
      assertEquals(10, store.length(committed));
      assertEquals(10, store.length(young));
      assertEquals(0, store.length(old));
      assertEquals(0, store.length(orphan));
      assertEquals(10, store.length(fresh));
    }
    assertTrue(Files.exists(blobs.committed(committed)));
    assertTrue(Files.exists(note));
  }

  @Test
  void aFileWhoseRowWasNeverCommittedIsStillStaged() throws Exception {
    Blobs blobs = new Blobs(folder);
    try (SqliteChatStore store = Texts.active(folder, 1)) {
      store.stage(orphan, 0, new byte[10]);
      blobs.commit(orphan);

      assertEquals(10, store.length(orphan));
      assertEquals(10, store.blob(orphan, 0, 100).length);
      assertEquals(12, store.stage(orphan, 10, new byte[2]));
      store.commit(1, List.of(commitOf(orphan, 12)));
      assertEquals(12, store.length(orphan));
      store.discard(orphan);
      assertEquals(12, store.blob(orphan, 0, 100).length);
    }
  }

  @Test
  void aFileThatACrashLeftAfterItsBlobWasDroppedGoes() throws Exception {
    Blobs blobs = new Blobs(folder);
    try (SqliteChatStore store = Texts.active(folder, 1)) {
      for (UUID blob : List.of(old, young)) {
        store.stage(blob, 0, new byte[10]);
        store.commit(1, List.of(commitOf(blob, 10)));
      }
      store.commit(
          1,
          List.of(
              new Change(List.of(), null, List.of(), List.of(), List.of(), List.of(old, young))));
      assertFalse(Files.exists(blobs.committed(old)));
      store.stage(young, 0, new byte[7]);
    }
    Files.write(blobs.committed(old), new byte[10]);

    try (SqliteChatStore store = Texts.active(folder, 2)) {
      assertEquals(0, store.length(old));
      assertFalse(Files.exists(blobs.committed(old)));
      assertEquals(7, store.length(young), "what was staged since stays");
    }
  }

  @Test
  @Timeout(30)
  void erasedBytesLeaveTheLogOfARunningStore() throws Exception {
    byte[] body = Texts.entry(1, 1, 200).body();
    try (SqliteChatStore store = Texts.active(folder, 1)) {
      store.commit(1, Texts.batch(1, 1, 5, 200));
      assertTrue(holds(body));

      store.commit(
          1,
          List.of(new Change(List.of(), null, List.of(), List.of(), List.of(new Erasure(1, 1)))));

      while (holds(body)) {
        LockSupport.parkNanos(20_000_000);
      }
      assertTrue(holds(Texts.entry(1, 2, 200).body()));
    }
    assertFalse(holds(body));
  }

  private boolean holds(byte[] body) throws Exception {
    String part = text(Arrays.copyOf(body, 32));
    for (String name : List.of("chat.db", "chat.db-wal")) {
      Path file = folder.resolve(name);
      if (Files.exists(file) && text(Files.readAllBytes(file)).contains(part)) {
        return true;
      }
    }
    return false;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
