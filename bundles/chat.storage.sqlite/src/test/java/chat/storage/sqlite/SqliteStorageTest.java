// SPDX-License-Identifier: Apache-2.0
package chat.storage.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
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
}
