// SPDX-License-Identifier: Apache-2.0
package chat.storage.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import chat.storage.StorageException.Damaged;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a disk reads wrong once is no damage. */
class ReadersTest {
  private static final int CORRUPT = 11;

  @TempDir Path folder;
  private final AtomicInteger reads = new AtomicInteger();
  private Readers readers;

  @BeforeEach
  void store() throws Exception {
    try (SqliteChatStore store = SqliteChatStore.open(folder, InstantSource.system())) {
      store.activate(UUID.randomUUID(), 1);
    }
    readers = new Readers(new Database(folder), 1);
  }

  @AfterEach
  void close() {
    readers.close();
  }

  @Test
  void aReadThatIsWrongOnceIsMadeAgain() throws Exception {
    assertEquals(
        "good",
        readers.read(
            "",
            link -> {
              if (reads.getAndIncrement() == 0) {
                throw new Damaged("a checksum does not fit");
              }
              return "good";
            }));
    reads.set(0);
    assertEquals(
        "good",
        readers.read(
            "",
            link -> {
              if (reads.getAndIncrement() == 0) {
                throw new SQLException("malformed", "", CORRUPT);
              }
              return "good";
            }));
  }

  @Test
  void whatIsWrongTwiceIsDamage() {
    assertThrows(
        Damaged.class,
        () ->
            readers.read(
                "",
                link -> {
                  reads.incrementAndGet();
                  throw new Damaged("a checksum does not fit");
                }));
    assertEquals(2, reads.get());
  }
}
