// SPDX-License-Identifier: Apache-2.0
package chat.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.cli.Main;
import chat.cli.command.Exit;
import chat.client.ClientEvent;
import chat.protocol.Content;
import chat.protocol.Person;
import chat.prove.server.Program;
import chat.prove.server.ServerProcess;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * People who have a terminal only, on a server of their own. A few lines are the script of the
 * assembled distribution in a process of its own, as from cron, without a locale; the others are
 * carried out in this process, which is all the same but faster.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class CommandLineFixture {
  private final Set<String> registered = new HashSet<>();
  Path folder;
  ServerProcess server;

  @BeforeAll
  void startServer(@TempDir Path temporary) throws IOException {
    folder = temporary;
    server = ServerProcess.on(folder.resolve("data"), ServerProcess.Store.SQLITE);
    server.set("membersInvite", "B\"true\"").start();
  }

  @AfterAll
  void stopServer() throws InterruptedException {
    server.close();
  }

  record Ended(int exit, String out, String err) {}

  private List<String> line(String who, String... words) {
    List<String> line = new ArrayList<>(Arrays.asList(words));
    line.addAll(
        List.of("--server", "127.0.0.1:" + server.port(), "--fingerprint", server.fingerprint()));
    if (registered.add(who)) {
      line.add("--register");
    }
    return line;
  }

  private static Map<String, String> environment(String who) {
    return Map.of("CHATROOM_NAME", who, "CHATROOM_PASSWORD", TestUser.PASSWORD);
  }

  ProcessBuilder script(String who, String... words) {
    List<String> command =
        new ArrayList<>(List.of(Program.own().home().resolve("bin/chatroom").toString()));
    command.addAll(line(who, words));
    ProcessBuilder process = new ProcessBuilder(command);
    process.environment().keySet().removeIf(key -> key.startsWith("LC_") || key.equals("LANG"));
    process.environment().put("JAVA_HOME", System.getProperty("java.home"));
    process.environment().put("JAVA_TOOL_OPTIONS", "-Duser.home=" + folder.resolve("home"));
    process.environment().putAll(environment(who));
    return process;
  }

  /** Runs a line that is well, by the script. */
  void types(String who, String... words) throws IOException, InterruptedException {
    Process process = script(who, words).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
  }

  Ended run(String input, String who, String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    List<String> line = line(who, words);
    line.addAll(List.of("--profile", folder.resolve("profiles").resolve(who).toString()));
    Exit exit =
        Main.run(
            line,
            environment(who),
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    return new Ended(
        exit.code(), out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** Runs a line that is well, and tells what it printed. */
  String says(String who, String... words) {
    Ended ended = run("", who, words);
    assertEquals(0, ended.exit(), () -> String.join(" ", words) + ": " + ended.err());
    return ended.out();
  }

  /** Runs a line that is refused, and tells why. */
  String mayNot(String who, String... words) {
    Ended ended = run("", who, words);
    assertEquals(1, ended.exit(), () -> String.join(" ", words) + ": " + ended.out());
    return ended.err();
  }

  static void contains(String text, String... parts) {
    for (String part : parts) {
      assertTrue(text.contains(part), () -> "'" + part + "' is not in:\n" + text);
    }
  }

  @Test
  void whoOnlySendsSomethingNeitherComesNorGoes() throws IOException, InterruptedException {
    try (TestUser nora = TestUser.named("nora", server, folder.resolve("nora")).registers()) {
      says("quinn", "send", "a bot's word");
      says("quinn", "send", "another");
      nora.hears(
          TestUser.LOBBY, c -> c instanceof Content.Text said && said.text().equals("another"));
      try (TestUser omar = TestUser.named("omar", server, folder.resolve("omar")).registers()) {
        nora.seesComing(omar);
      }
      nora.seesGoing("omar");
      assertEquals(
          Set.of("nora", "omar"),
          nora.heardSince(0).stream()
              .filter(ClientEvent.Presence.class::isInstance)
              .map(ClientEvent.Presence.class::cast)
              .flatMap(each -> Stream.concat(each.came().stream(), each.went().stream()))
              .map(Person::name)
              .collect(Collectors.toSet()));
    }
  }
}
