// SPDX-License-Identifier: Apache-2.0
package chat.client.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MarkOfTheWebTest {
  @TempDir Path folder;

  /** On Linux the same call writes an extended attribute. */
  @Test
  void theMarkStandsInTheStreamThatWindowsLooksAtAndGoesWithTheFile() throws IOException {
    Path part = Files.createFile(folder.resolve("a.part"));
    assumeTrue(
        Files.getFileStore(part).supportsFileAttributeView(UserDefinedFileAttributeView.class));
    MarkOfTheWeb.put(part);
    Path file = Files.move(part, folder.resolve("a.exe"));
    UserDefinedFileAttributeView attributes =
        Files.getFileAttributeView(file, UserDefinedFileAttributeView.class);
    ByteBuffer mark = ByteBuffer.allocate(attributes.size("Zone.Identifier"));
    attributes.read("Zone.Identifier", mark);
    assertEquals(
        "[ZoneTransfer]\r\nZoneId=3\r\n", new String(mark.array(), StandardCharsets.US_ASCII));
  }
}
