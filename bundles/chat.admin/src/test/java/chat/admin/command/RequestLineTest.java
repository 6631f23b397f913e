// SPDX-License-Identifier: Apache-2.0
package chat.admin.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestLineTest {
  private static List<String> words(String request) throws CommandException {
    return RequestLine.words(request.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void programsEndEachWordWithAZero() throws CommandException {
    assertEquals(List.of("status"), words("status\0"));
    assertEquals(
        List.of("import", "it's \"quoted\"\n", "", "爱"), words("import\0it's \"quoted\"\n\0\0爱\0"));
  }

  @Test
  void peopleTypeALine() throws CommandException {
    assertEquals(List.of(), words(""));
    assertEquals(List.of(), words(" \t\r\n"));
    assertEquals(List.of("migrate", "a", "b"), words("  migrate a\tb \n"));
    assertEquals(List.of("backup", "my file"), words("backup 'my file'\n"));
    assertEquals(List.of("backup", "my 'file'", ""), words("backup my\" 'file'\" ''"));
  }

  @Test
  void aQuoteThatIsNotClosedIsWrongUsage() {
    for (String line : List.of("backup 'my file", "backup \"my file'", "'")) {
      CommandException wrong = assertThrows(CommandException.class, () -> words(line));
      assertEquals("usage", wrong.code());
      assertTrue(wrong.getMessage().contains("not closed"), wrong.getMessage());
    }
  }

  @Test
  void aRequestThatIsCutOffIsNotCarriedOut() {
    assertEquals(
        "usage", assertThrows(CommandException.class, () -> words("uninvite\0abc")).code());
  }
}
