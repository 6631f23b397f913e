// SPDX-License-Identifier: Apache-2.0
package chat.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.cli.command.Exit;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines that need no server. */
class CommandLineTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private Exit run(Map<String, String> environment, String... line) {
    out.reset();
    err.reset();
    return Main.run(
        List.of(line),
        environment,
        InputStream.nullInputStream(),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource({
    "room creat Games, room: there is no command creat; did you mean create?",
    "room lits, room: there is no command lits; did you mean list?",
    "raed, did you mean read?",
    "profil, did you mean profile?",
    "help freind, did you mean friend?",
    "read --folow, unknown option --folow; did you mean --follow?",
    "read --jsno, did you mean --json?",
    "send --import x, did you mean --important?",
    "read --name=a --jon=3, did you mean --json?",
    "message edit x text --name a, NUMBER needs a number from 1 to 9223372036854775807",
    "message edit 3 --name a, chatroom message edit: TEXT is missing",
    "read --name a text, unexpected argument text; read takes options only",
    "room create --name a two words, create takes NAME; put what has spaces into quotes",
    "room rank --name a Games bob king, 'RANK needs owner, moderator or member, not king'",
    "export --name a Lobby folder --format pdf, '--format needs jsonl, html, text or all, not pdf'",
    "read --name, --name needs a value",
    "read --name a -n x, -n needs a number from 0 to 1000000",
    "read, which account?",
  })
  void aMistakeIsToldInOneSentence(String line, String why) {
    assertEquals(Exit.USAGE, run(Map.of(), line.split(" ")));
    assertTrue(err().lines().findFirst().orElse("").contains(why), err());
    assertTrue(err().endsWith(" --help tells more.\n"), err());
    assertEquals("", out());
  }

  @Test
  void nothingIsSuggestedForWhatIsNearToNothing() {
    assertEquals(Exit.USAGE, run(Map.of(), "swap"));
    assertFalse(err().contains("did you mean"), err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--version", "send --version", "room list --version", "-V"})
  void theVersionIsPrinted(String line) {
    assertEquals(Exit.DONE, run(Map.of(), line.split(" ")));
    assertTrue(out().matches("chatroom \\d+\\.\\d+\\.\\d+\\S*\n"), out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"send -h", "send --nonsense --help", "room nonsense --help", "help room"})
  void helpIsPrintedWhateverElseIsSaid(String line) {
    assertEquals(Exit.DONE, run(Map.of(), line.split(" ")), this::err);
    assertTrue(out().startsWith("Usage: chatroom "), out());
    assertEquals("", err());
  }

  @Test
  void helpFitsIntoATerminal() {
    for (String command : List.of("send", "read", "room", "room ban", "profile", "message edit")) {
      assertEquals(Exit.DONE, run(Map.of(), (command + " --help").split(" ")));
      assertTrue(out().lines().allMatch(each -> each.length() <= 100), out());
    }
  }

  @Test
  void helpNamesDefaultsLimitsVariablesAndExitCodes() {
    run(Map.of(), "read", "--help");
    for (String part :
        List.of(
            "Default: 10.",
            "Default: Lobby.",
            "localhost:7667",
            "CHATROOM_SERVER",
            "CHATROOM_NAME",
            "CHATROOM_PASSWORD_FILE",
            "CHATROOM_PASSWORD ",
            "the server can't be reached")) {
      assertTrue(out().replaceAll("\\s+", " ").contains(part), part + " is not in " + out());
    }
  }

  @Test
  void aWrongVariableIsToldLikeAWrongOption() {
    assertEquals(
        Exit.USAGE, run(Map.of("CHATROOM_SERVER", ":1", "CHATROOM_NAME", "alice"), "read"));
    assertTrue(err().contains("--server needs HOST:PORT, not :1"), err());
  }

  @Test
  void aFolderThatCannotBeMadeIsTold() {
    Path file = Path.of("pom.xml").toAbsolutePath();
    assertEquals(Exit.REFUSED, run(Map.of(), "man", file.toString()));
    assertTrue(err().startsWith("chatroom man: "), err());
  }
}
