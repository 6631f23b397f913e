// SPDX-License-Identifier: Apache-2.0
package chat.storage.sqlite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.storage.StorageException;
import chat.storage.StorageException.Unusable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.JDBC;

/** What is found in a folder: nothing, ours, a newer one's, another's, or rubble. */
final class OpeningTest {
  @TempDir Path temporary;

  private Path folder() {
    return temporary.resolve("data");
  }

  private Path file() {
    return folder().resolve("chat.db");
  }

  private void fill() throws StorageException {
    try (SqliteChatStore store = Texts.active(folder(), 1)) {
      store.commit(1, Texts.batch(1, 1, 100, 500));
    }
  }

  private void sql(String... statements) throws Exception {
    Files.createDirectories(folder());
    try (Link link = new Link(JDBC.createConnection("jdbc:sqlite:" + file(), new Properties()))) {
      for (String statement : statements) {
        link.execute(statement);
      }
    }
  }

  private void assertUnusable(String... words) throws IOException {
    byte[] before = Files.readAllBytes(file());
    Unusable refused =
        assertThrows(Unusable.class, () -> SqliteChatStore.open(folder(), InstantSource.system()));
    for (String word : words) {
      assertTrue(refused.getMessage().contains(word), refused.getMessage());
    }
    assertTrue(refused.getMessage().contains(file().toString()), refused.getMessage());
    assertArrayEquals(before, Files.readAllBytes(file()));
  }

  @Test
  void aMissingFolderIsANewStoreAndStaysMissing() throws Exception {
    try (SqliteChatStore store = SqliteChatStore.open(folder(), InstantSource.system())) {
      assertTrue(store.state().isEmpty());
    }
    assertFalse(Files.exists(folder()));
  }

  @Test
  void aCreationThatWasCutShortIsANewStore() throws Exception {
    Files.createDirectories(folder());
    Files.createFile(file());
    Texts.active(folder(), 1).close();
    Files.delete(file());
    sql("PRAGMA journal_mode = WAL");

    try (SqliteChatStore store = Texts.active(folder(), 1)) {
      assertEquals(1, store.state().orElseThrow().generation());
    }
  }

  @Test
  void aNewerFileIsRefused() throws Exception {
    fill();
    sql("PRAGMA user_version = " + (Schema.VERSION + 1));

    assertUnusable("version " + (Schema.VERSION + 1), "newer program");
  }

  @Test
  void aForeignDatabaseIsRefused() throws Exception {
    sql("CREATE TABLE recipes (name TEXT)");

    assertUnusable("not of this program", "another data folder");
  }

  @Test
  void aFileThatIsNoDatabaseIsRefused() throws Exception {
    Files.createDirectories(folder());
    Files.write(
        file(),
        "Dear diary, this is no database at all. ".repeat(100).getBytes(StandardCharsets.UTF_8));

    assertUnusable("no SQLite file");
  }

  @Test
  void aCutFileIsRefused() throws Exception {
    fill();
    try (RandomAccessFile cut = new RandomAccessFile(file().toFile(), "rw")) {
      cut.setLength(cut.length() / 2);
    }

    assertUnusable("damaged", "backup");
  }

  @Test
  void anOverwrittenPageIsRefused() throws Exception {
    fill();
    byte[] bytes = Files.readAllBytes(file());
    Arrays.fill(bytes, 3 * 4096, 4 * 4096, (byte) 0xa5);
    Files.write(file(), bytes);

    assertUnusable("damaged");
  }

  @Test
  void aFileThatDoesNotSayWhoItIsIsRefused() throws Exception {
    fill();
    sql("DELETE FROM store");

    assertUnusable("which store");
  }

  @Test
  void onlyTheOwnerCanRead() throws Exception {
    fill();
    try (SqliteChatStore store = Texts.active(folder(), 2)) {
      store.stage(Texts.STORE, 0, new byte[10]);
      store.commit(2, Texts.batch(2, 1, 1, 10));
      try (Stream<Path> files = Files.walk(folder())) {
        for (Path path : (Iterable<Path>) files::iterator) {
          String expected = Files.isDirectory(path) ? "rwx------" : "rw-------";
          assertEquals(
              expected,
              PosixFilePermissions.toString(Files.getPosixFilePermissions(path)),
              path.toString());
        }
      }
    }
  }

  @Test
  void closingLeavesNoFileOpenAndNoThread() throws Exception {
    fill();
    SqliteChatStore store = Texts.active(folder(), 2);
    store.after(1, 0, 10);
    assertFalse(openFiles().isEmpty());
    store.close();
    store.close();

    assertEquals(List.of(), openFiles());
    assertTrue(
        Thread.getAllStackTraces().keySet().stream()
            .noneMatch(thread -> thread.getName().equals("chat-storage-checkpoints")));
  }

  private List<String> openFiles() throws IOException {
    try (Stream<Path> handles = Files.list(Path.of("/proc/self/fd"))) {
      return handles
          .map(OpeningTest::target)
          .filter(target -> target.startsWith(folder().toString()))
          .toList();
    }
  }

  private static String target(Path handle) {
    try {
      return Files.readSymbolicLink(handle).toString();
    } catch (IOException e) {
      return "";
    }
  }
}
