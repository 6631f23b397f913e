// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import chat.client.ConnectionProblem;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SystemErrorsTest {
  private final Texts english = new Texts(Language.EN);
  private final Texts chinese = new Texts(Language.ZH);

  @ParameterizedTest
  @EnumSource
  void theNetworksWordsAreTranslated(ConnectionProblem problem) {
    String said = SystemErrors.connection(chinese, problem.words());
    assertNotEquals(problem.words(), said);
    assertNotEquals(SystemErrors.connection(english, problem.words()), said);
  }

  @Test
  void theWordsOfAServerStayAsTheyAre() {
    assertEquals("Back at noon", SystemErrors.connection(chinese, "Back at noon"));
  }

  @Test
  void theDisksWordsAreTranslated() {
    assertDisk("磁盘已满", new IOException("No space left on device"));
    assertDisk("磁盘已满", new FileSystemException("/x", null, "No space left on device"));
    assertDisk("磁盘已满", new IOException("There is not enough space on the disk"));
    assertDisk("磁盘是只读的", new FileSystemException("/x", null, "Read-only file system"));
    assertDisk("您没有权限", new AccessDeniedException("/x"));
    assertDisk("文件或文件夹不存在", new NoSuchFileException("/x"));
    assertDisk("Too many levels", new FileSystemException("/x", null, "Too many levels"));
  }

  private void assertDisk(String expected, IOException why) {
    assertEquals(expected, SystemErrors.disk(chinese, why));
  }
}
