// SPDX-License-Identifier: Apache-2.0
package chat.admin.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.admin.client.FakeServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class MainTest {
  private static final String RUNNING =
      "{\"command\":\"copying\",\"exit\":0,\"result\":{\"copy\":{\"state\":\"running\"}}}\n";
  private static final String DONE =
      "{\"command\":\"copying\",\"exit\":0,\"result\":{\"copy\":{\"state\":\"done\","
          + "\"of\":{\"kind\":\"backup\",\"file\":\"/b\"}}}}\n";
  private static final String FAILED =
      "{\"command\":\"copying\",\"exit\":0,\"result\":{\"copy\":{\"state\":\"failed\","
          + "\"why\":\"no space\",\"of\":{\"kind\":\"backup\",\"file\":\"/b\"}}}}\n";

  @TempDir Path data;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  /** What a person at a terminal says; null if nobody is there. */
  private @Nullable String answers;

  private int run(String... line) {
    out.reset();
    err.reset();
    return Main.run(
        List.of(line),
        Map.of("CHATROOM_DATA", data.toString()),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        answers != null,
        question -> answers + out(question));
  }

  private String out(String question) {
    out.writeBytes(question.getBytes(StandardCharsets.UTF_8));
    return "";
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void whatTheServerSaysIsPrintedForPeopleOrForPrograms() throws IOException {
    String answer = "{\"command\":\"users\",\"exit\":0,\"result\":{\"users\":[\"a\",\"b\"]}}\n";
    try (FakeServer server = new FakeServer(data, answer, answer)) {
      assertEquals(0, run("users"));
      assertEquals("a\nb\n", out());
      assertEquals(0, run("users", "--json", "--data", data.toString()));
      assertEquals(answer, out());
      assertEquals(List.of("users|", "users|"), server.requests());
    }
  }

  @Test
  void aRefusalHasTheExitCodeThatTheServerSays() throws IOException {
    String refused =
        "{\"command\":\"part\",\"exit\":1,\"error\":{\"code\":\"not-found\",\"message\":\"no\"}}\n";
    try (FakeServer server = new FakeServer(data, refused, refused)) {
      assertEquals(1, run("part", "stop", "chat.x"));
      assertEquals("chatroom part: no\n", err());
      assertEquals(1, run("part", "stop", "chat.x", "--json"));
      assertEquals(refused, out());
      assertEquals("part|stop|chat.x|", server.requests().getFirst());
    }
  }

  @Test
  void aServerOfAnEarlierVersionSpeaksToPeopleOnly() throws IOException {
    try (FakeServer server = new FakeServer(data, "ok\nstopping", "ok\nalice")) {
      assertEquals(0, run("stop"));
      assertEquals("stopping\n", out());
      assertEquals(1, run("users", "--json"));
      assertEquals("", out());
      assertEquals(2, server.requests().size());
    }
  }

  @Test
  void linesBecomeWords() throws IOException {
    String answer = "{\"command\":\"invite\",\"exit\":0,\"result\":{\"link\":\"L\"}}\n";
    String plan = "{\"command\":\"migrate\",\"exit\":0,\"result\":{\"plan\":{}}}\n";
    try (FakeServer server = new FakeServer(data, answer, answer, answer, plan, answer, answer)) {
      run("invite");
      run("invite", "--uses=5", "--host", "h", "--days", "30");
      run("swap", "--in-place", "x.jar");
      run("migrate", "a", "b", "--dry-run");
      run("upgrade", "release");
      run("uninvite", "abc");
      assertEquals(
          List.of(
              "invite|--uses|1|--days|7|",
              "invite|--host|h|--uses|5|--days|30|",
              "swap|--in-place|" + Path.of("x.jar").toAbsolutePath() + "|",
              "migrate|--dry-run|a|b|",
              "upgrade|" + Path.of("release").toAbsolutePath() + "|",
              "uninvite|abc|"),
          server.requests());
    }
  }

  @Test
  void accountsAreNamedBehindTheWordThatSaysWhatIsDone() throws IOException {
    String answer =
        "{\"command\":\"account suspend\",\"exit\":0,\"result\":{\"id\":7,\"name\":\"bob\"}}\n";
    try (FakeServer server =
        new FakeServer(data, answer, answer, answer, answer, answer, answer, answer)) {
      assertEquals(0, run("account", "suspend", "bob"));
      assertEquals("bob (#7) is suspended\n", out());
      run("account", "list");
      run("account", "list", "--limit=5", "--after", "a", "b");
      run("account", "reset-link", "--host", "h", "bob");
      run("account", "role", "#7", "moderator");
      run("account", "rename", "bob", "--", "-b-");
      run("account", "delete", "--yes", "bob");
      assertEquals(
          List.of(
              "account|suspend|bob|",
              "account|list|--limit|100|--after||--||",
              "account|list|--limit|5|--after|a|--|b|",
              "account|reset-link|--host|h|--|bob|",
              "account|role|#7|moderator|",
              "account|rename|bob|-b-|",
              "account|delete|bob|"),
          server.requests());
      assertEquals(2, run("account", "role", "bob", "king"));
      assertEquals(2, run("account", "delete", "bob"), "nobody is there to be asked");
    }
  }

  @Test
  void aCopyIsFollowedToItsEnd() throws IOException {
    String begun = RUNNING.replace("copying", "backup");
    try (FakeServer server =
        new FakeServer(data, begun, RUNNING, DONE, begun, FAILED, begun, RUNNING, DONE)) {
      assertEquals(0, run("backup", "/b"));
      assertTrue(
          out().endsWith("done: backup in /b: 0 messages and events, 0 cells, 0 MB of files\n"));
      assertEquals(1, run("backup", "/b"));
      assertTrue(out().endsWith("failed: backup in /b: no space\n"), out());
      assertEquals(0, run("backup", "/b", "--json"));
      assertEquals(DONE, out());
      assertEquals(8, server.requests().size());
    }
  }

  @Test
  void wrongUsageIsSaidWithoutAServer() {
    for (List<String> wrong :
        List.of(
            List.of("stattus"),
            List.of("status", "x"),
            List.of("status", "--jsno"),
            List.of("invite", "--uses", "0"),
            List.of("invite", "--days"),
            List.of("swap"),
            List.of("part", "rest", "chat.x"),
            List.of("migrate", "a"))) {
      assertEquals(2, run(wrong.toArray(String[]::new)), wrong.toString());
      assertEquals("", out());
      assertTrue(err().startsWith("chatroom"), err());
    }
    assertEquals(2, run("stattus"));
    assertTrue(err().contains("status"), err());
  }

  @Test
  void withoutAServerItIsNotDone() {
    assertEquals(1, run("status"));
    assertTrue(err().contains("no server runs here"), err());
  }

  @Test
  void eachCommandHasHelp() {
    for (String command :
        List.of(
            "status",
            "users",
            "invite",
            "invitations",
            "uninvite",
            "stores",
            "remove-store",
            "swap",
            "part",
            "upgrade",
            "migrate",
            "backup",
            "restore",
            "copying",
            "cancel",
            "stop")) {
      assertEquals(0, run(command, "--help"), command);
      assertTrue(out().startsWith("Usage: chatroom " + command), out());
      assertTrue(out().contains("--json"), out());
      assertEquals(0, run("help", command), command);
      assertEquals(0, run(command, "--version"), command);
    }
  }

  @Test
  void whatCantBeTakenBackIsAskedAboutAndWithoutATerminalTakesAYes() throws IOException {
    String gone =
        "{\"command\":\"remove-store\",\"exit\":0,\"result\":{\"store\":\"a\",\"mode\":\"retired\"}}\n";
    try (FakeServer server = new FakeServer(data, gone, gone)) {
      assertEquals(2, run("remove-store", "a"));
      assertEquals(2, run("restore", "b"));
      assertTrue(err().contains("--yes"), err());
      answers = "n";
      assertEquals(1, run("remove-store", "a"));
      assertTrue(out().contains("removes the store a for good"), out());
      assertTrue(err().contains("nothing was changed"), err());
      assertEquals(List.of(), server.requests());
      answers = "Yes";
      assertEquals(0, run("remove-store", "a"));
      answers = null;
      assertEquals(0, run("remove-store", "a", "--yes"));
      assertEquals(List.of("remove-store|a|", "remove-store|a|"), server.requests());
    }
  }
}
