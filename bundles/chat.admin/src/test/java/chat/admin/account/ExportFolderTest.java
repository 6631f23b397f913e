// SPDX-License-Identifier: Apache-2.0
package chat.admin.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.operations.AccountDetails;
import chat.operations.AccountInfo;
import chat.operations.AccountRole;
import chat.operations.ExportedMessage;
import chat.operations.OperationException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportFolderTest {
  private static final Instant TIME = Instant.parse("2026-01-31T12:00:00Z");

  @TempDir Path folder;

  private static ExportedMessage message(long number, String kind, String text) {
    return new ExportedMessage(1, "Lobby", number, TIME, kind, text);
  }

  @Test
  void holdsTheAccountALineForEachMessageAndTheFiles() throws Exception {
    Path path = folder.resolve("anna");
    try (ExportFolder export = ExportFolder.make(path)) {
      export.account(
          new AccountDetails(
              new AccountInfo(
                  7, "anna", AccountRole.OWNER, TIME, true, Optional.empty(), Optional.empty()),
              "Anna",
              1,
              0,
              List.of(),
              true));
      export.message(message(9, "text", "two\nlines"));
      ExportedMessage file = message(8, "file", "../../etc/\u674e.txt");
      export.message(file);
      try (OutputStream out = export.file(file)) {
        out.write("content".getBytes(StandardCharsets.UTF_8));
      }
      assertEquals(2, export.messages());
      assertEquals(1, export.files());
    }
    assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
    String account = Files.readString(path.resolve("account.json"));
    assertTrue(account.startsWith("{\"account\":{\"id\":7,\"name\":\"anna\""), account);
    assertTrue(account.contains("\"secondFactor\":true"), account);
    assertEquals(
        """
        {"room":1,"roomName":"Lobby","number":9,"time":"2026-01-31T12:00:00Z","kind":"text",\
        "text":"two\\nlines"}
        {"room":1,"roomName":"Lobby","number":8,"time":"2026-01-31T12:00:00Z","kind":"file",\
        "text":"../../etc/\u674e.txt","file":"files/1-8-.._.._etc_\u674e.txt"}
        """,
        Files.readString(path.resolve("messages.jsonl")));
    assertEquals("content", Files.readString(path.resolve("files/1-8-.._.._etc_\u674e.txt")));
  }

  @Test
  void aFolderThatIsThereIsLeftAlone() throws Exception {
    Path path = Files.createDirectory(folder.resolve("there"));
    OperationException refused =
        assertThrows(OperationException.class, () -> ExportFolder.make(path).close());
    assertEquals(OperationException.Reason.CONFLICT, refused.reason());
    try (Stream<Path> files = Files.list(path)) {
      assertEquals(0, files.count());
    }
  }

  /** A file system takes names of 255 bytes. */
  @Test
  void longNamesAreCutAndStrangeSignsReplaced() throws Exception {
    try (ExportFolder export = ExportFolder.make(folder.resolve("long"))) {
      for (String name : List.of("\u674e".repeat(255), "\ud83d\ude00.png", "a:b|c?", "")) {
        try (OutputStream out = export.file(message(name.length(), "file", name))) {
          out.write(1);
        }
      }
      assertEquals(4, export.files());
    }
  }
}
