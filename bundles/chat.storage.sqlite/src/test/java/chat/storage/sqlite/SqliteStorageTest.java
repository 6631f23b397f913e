package chat.storage.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SqliteStorageTest {

  @Test
  void aFolderIsRelativeToTheData() {
    assertEquals(Path.of("/srv/chat/main"), SqliteStorage.folder("main", "/srv/chat"));
    assertEquals(Path.of("/elsewhere"), SqliteStorage.folder("/elsewhere", "/srv/chat"));
    assertEquals(Path.of("data", "main").toAbsolutePath(), SqliteStorage.folder("main", null));
  }

  @Test
  void withoutAFolderNothingStarts() {
    assertThrows(IllegalArgumentException.class, () -> SqliteStorage.folder(null, "/srv"));
    assertThrows(IllegalArgumentException.class, () -> SqliteStorage.folder(" ", "/srv"));
  }

  @Test
  void anUnknownKeyIsNamed() {
    SqliteStorage.checkKeys(
        Map.of("folder", "main", "service.pid", "x", "felix.fileinstall.filename", "y"));
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> SqliteStorage.checkKeys(Map.of("fodler", "main")))
            .getMessage();
    assertTrue(message.contains("chat.storage.sqlite"), message);
    assertTrue(message.contains("'fodler'"), message);
    assertTrue(message.contains("'folder'"), message);
  }
}
