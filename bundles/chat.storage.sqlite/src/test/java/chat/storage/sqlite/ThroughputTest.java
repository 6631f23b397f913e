// SPDX-License-Identifier: Apache-2.0
package chat.storage.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.storage.ChatStore;
import chat.storage.tck.SearchPace;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Says how fast this machine commits and searches; nothing depends on the figures. */
@Tag("slow")
final class ThroughputTest {
  private static final int ROWS = 2_000;

  @TempDir Path folder;

  @Test
  void rowsPerSecond() throws Exception {
    for (int batch : new int[] {1, 10, 100}) {
      try (ChatStore store = Texts.active(folder.resolve("batch" + batch), 1)) {
        long start = System.nanoTime();
        for (int row = 1; row <= ROWS; row += batch) {
          store.commit(1, Texts.batch(1, row, batch, 200));
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf("batch %d: %.0f rows/s%n", batch, ROWS / seconds);
        assertEquals(ROWS, store.stream(1).head());
      }
    }
  }

  @Test
  void searchInALongStream() throws Exception {
    int entries = Integer.getInteger("chat.storage.entries", 10_000);
    try (ChatStore store = Texts.active(folder.resolve("search"), 1)) {
      System.out.print("SQLite, " + SearchPace.measure(store, 1, entries));
      assertEquals(entries, store.stream(1).head());
    }
  }
}
