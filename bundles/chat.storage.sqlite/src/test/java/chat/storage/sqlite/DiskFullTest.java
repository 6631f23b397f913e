// SPDX-License-Identifier: Apache-2.0
package chat.storage.sqlite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import chat.storage.ChatStore;
import chat.storage.Row;
import chat.storage.StorageException;
import chat.storage.StorageException.Unavailable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A full disk refuses, loses nothing, and serves again once there is room. */
final class DiskFullTest {
  private static final int LENGTH = 1_500;

  @TempDir Path mount;

  @BeforeEach
  void mountASmallDisk() throws Exception {
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", mount.toString()),
        "may not mount a small disk");
  }

  @AfterEach
  void unmount() throws Exception {
    run("umount", mount.toString());
  }

  private static boolean run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getInputStream().readAllBytes();
    return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
  }

  /** Commits until the disk is full; the number of entries acknowledged so far. */
  private static long fill(ChatStore store, long acknowledged) {
    long number = acknowledged;
    try {
      while (number < 100_000) {
        store.commit(1, Texts.batch(1, number + 1, 10, LENGTH));
        number += 10;
      }
      throw new AssertionError("the disk is never full");
    } catch (StorageException e) {
      assertInstanceOf(Unavailable.class, e);
      assertTrue(e.getMessage().contains("space"), e.getMessage());
      assertTrue(e.getMessage().contains("chat.db"), e.getMessage());
      return number;
    }
  }

  private static void assertAllThere(ChatStore store, long acknowledged) throws Exception {
    assertEquals(acknowledged, store.stream(1).head());
    long number = 0;
    List<Row> rows = store.after(1, 0, ChatStore.MAX_ROWS);
    while (!rows.isEmpty()) {
      for (Row row : rows) {
        Row.Entry entry = assertInstanceOf(Row.Entry.class, row);
        assertArrayEquals(Texts.entry(1, ++number, LENGTH).body(), entry.body());
      }
      rows = store.after(1, number, ChatStore.MAX_ROWS);
    }
    assertEquals(acknowledged, number);
  }

  @Test
  void nothingIsLostAndItWorksAgain() throws Exception {
    Path folder = mount.resolve("data");
    Path ballast = mount.resolve("ballast");
    Files.write(ballast, new byte[1 << 20]);
    long acknowledged;
    try (ChatStore store = Texts.active(folder, 1)) {
      acknowledged = fill(store, 0);
      assertAllThere(store, acknowledged);
      assertEquals(acknowledged, fill(store, acknowledged), "still full");

      Files.delete(ballast);
      store.commit(1, Texts.batch(1, acknowledged + 1, 10, LENGTH));
      acknowledged = fill(store, acknowledged + 10);
      assertAllThere(store, acknowledged);
    }
    try (ChatStore store = SqliteChatStore.open(folder, InstantSource.system())) {
      assertAllThere(store, acknowledged);
    }
  }

  @Test
  void aPieceThatDoesNotFitCanBeSentAgain() throws Exception {
    UUID blob = new UUID(3, 4);
    Path ballast = mount.resolve("ballast");
    try (ChatStore store = Texts.active(mount.resolve("data"), 1)) {
      store.stage(blob, 0, new byte[1000]);
      Files.write(ballast, new byte[3 << 20]);
      StorageException full = null;
      try {
        store.stage(blob, 1000, new byte[1 << 20]);
      } catch (StorageException e) {
        full = e;
      }
      assertInstanceOf(Unavailable.class, full);

      Files.delete(ballast);
      assertEquals(1000 + (1 << 20), store.stage(blob, 1000, new byte[1 << 20]));
    }
  }
}
