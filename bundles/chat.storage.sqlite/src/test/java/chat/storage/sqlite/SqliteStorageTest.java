// SPDX-License-Identifier: Apache-2.0
package chat.storage.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.storage.ChatStore;
import chat.storage.StorageException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqliteStorageTest {

  @Test
  void aFolderIsRelativeToTheData() {
    assertEquals(Path.of("/srv/chat/main"), SqliteStorage.folder("main", "/srv/chat"));
    assertEquals(Path.of("/elsewhere"), SqliteStorage.folder("/elsewhere", "/srv/chat"));
    assertEquals(Path.of("data", "main").toAbsolutePath(), SqliteStorage.folder("main", null));
  }

  @Test
  void aStoreThatCantBeOpenedNowIsOfferedAsSoonAsItCan(@TempDir Path folder) throws Exception {
    try (SqliteChatStore store = SqliteChatStore.open(folder, InstantSource.system())) {
      store.activate(UUID.randomUUID(), 1);
    }
    BlockingQueue<ChatStore> offered = new LinkedBlockingQueue<>();
    BlockingQueue<String> waiting = new LinkedBlockingQueue<>();
    Connection other = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("chat.db"));
    try (Statement statement = other.createStatement()) {
      statement.execute("PRAGMA locking_mode = EXCLUSIVE");
      statement.execute("CREATE TABLE other (a)");
      statement.execute("DROP TABLE other");
    }
    try (Opening opening =
        new Opening(
            folder,
            store -> {
              offered.add(store);
              return offered::clear;
            },
            why -> {
              waiting.add(why);
              return waiting::clear;
            })) {
      assertNull(offered.peek());
      assertEquals(1, waiting.size(), "it is said that there is none, and why");
      other.close();
      assertTrue(offered.poll(20, TimeUnit.SECONDS).state().isPresent());
      assertEquals(0, waiting.size());
    }
  }

  @Test
  void whatIsNoDatabaseIsRefusedAtOnce(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("chat.db"), "no database, longer than a page".repeat(300));
    assertThrows(
        StorageException.Unusable.class,
        () -> new Opening(folder, store -> () -> {}, why -> () -> {}));
  }

  @Test
  void withoutAFolderNothingStarts() {
    assertThrows(IllegalArgumentException.class, () -> SqliteStorage.folder(null, "/srv"));
    assertThrows(IllegalArgumentException.class, () -> SqliteStorage.folder(" ", "/srv"));
  }
}
