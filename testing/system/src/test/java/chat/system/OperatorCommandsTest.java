// SPDX-License-Identifier: Apache-2.0
package chat.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.admin.client.Json;
import chat.cli.base.CommandProvider;
import chat.prove.server.Program;
import chat.prove.server.ServerProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The operator's commands as the script offers them and as the server understands them. */
@Timeout(120)
class OperatorCommandsTest {
  /** Commands that only programs give. */
  private static final Set<String> FOR_PROGRAMS = Set.of("ready", "wires", "import", "help");

  private static final Set<String> EVERYWHERE =
      Set.of("--data", "--json", "--yes", "--help", "--version");

  @TempDir Path folder;

  private record Ended(int code, String out) {}

  private Ended script(Path data, String... line) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of(Program.own().home().resolve("bin/chatroom").toString()));
    command.addAll(List.of(line));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder
        .environment()
        .putAll(
            Map.of("CHATROOM_DATA", data.toString(), "JAVA_HOME", System.getProperty("java.home")));
    Process process = builder.directory(folder.toFile()).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), out);
  }

  private static Map<String, Set<String>> offered() {
    Map<String, Set<String>> commands = new TreeMap<>();
    for (CommandProvider provider : ServiceLoader.load(CommandProvider.class)) {
      for (Object command : provider.commands()) {
        CommandSpec spec = CommandSpec.forAnnotatedObject(command);
        commands.put(spec.name(), options(spec));
        spec.subcommands()
            .forEach((name, part) ->
                commands.put(spec.name() + " " + name, options(part.getCommandSpec())));
      }
    }
    return commands;
  }

  private static Set<String> options(CommandSpec spec) {
    Set<String> options = new TreeSet<>();
    spec.options().stream().map(OptionSpec::longestName).forEach(options::add);
    options.removeAll(EVERYWHERE);
    return options;
  }

  @Test
  void theServerUnderstandsWhatTheCommandLineOffers() throws IOException, InterruptedException {
    try (ServerProcess server =
        ServerProcess.on(folder.resolve("data"), ServerProcess.Store.MEMORY).start()) {
      Map<String, Set<String>> understood = new TreeMap<>();
      for (Json command : server.ask("help").result().objects("commands")) {
        understood.put(
            command.text("name"),
            new TreeSet<>(
                Pattern.compile("--[a-z-]+")
                    .matcher(command.text("usage"))
                    .results()
                    .map(MatchResult::group)
                    .toList()));
        assertFalse(command.text("help").isEmpty(), command.text("name"));
      }
      understood.keySet().removeAll(FOR_PROGRAMS);
      Map<String, Set<String>> offered = offered();
      offered.keySet().retainAll(understood.keySet());
      assertEquals(understood, offered);
    }
  }

  @Test
  void theScriptHandsEverythingOver() throws IOException, InterruptedException {
    Path data = folder.resolve("data");
    try (ServerProcess server = ServerProcess.on(data, ServerProcess.Store.MEMORY).start()) {
      Ended users = script(data, "users", "--json");
      assertEquals("{\"command\":\"users\",\"exit\":0,\"result\":{\"users\":[]}}\n", users.out());
      assertTrue(script(data, "status").out().contains("\nhealth ready\n"));
      assertEquals(1, script(data, "uninvite", "none").code());
      assertEquals("there are no such accounts\n", script(data, "account", "list").out());
      assertEquals("Tea\n", script(data, "announce", "Tea").out());
      assertEquals(1, script(data, "account", "export", "nobody", "out").code());
      assertFalse(Files.exists(folder.resolve("out")), "a folder of nobody");
      assertEquals(1, script(data, "account", "delete", "bob", "--yes").code());
      assertTrue(script(data, "account", "delete", "--yes").out().contains("which account?"));
      assertTrue(script(data, "account", "--help").out().contains("suspend"));
      assertEquals(2, script(data, "invite", "--uses=0").code());
      assertTrue(script(data, "swap", "x.jar").out().contains(folder.resolve("x.jar").toString()));
      assertTrue(server.alive());
      assertEquals(0, script(data, "stop").code());
    }
    assertEquals(1, script(data, "status").code());
  }

  @Test
  void helpCompletionAndManualCoverEveryCommand() throws IOException, InterruptedException {
    Ended help = script(folder, "--help");
    assertEquals(0, help.code(), help.out());
    String bash = script(folder, "completion", "bash").out();
    Path manual = folder.resolve("man1");
    assertEquals(0, script(folder, "man", manual.toString()).code());
    for (String command :
        List.of(
            "run", "server", "client", "status", "swap", "invite", "prove", "import", "send",
            "test")) {
      assertTrue(
          help.out().contains("\n  chatroom " + command + " "), command + " in:\n" + help.out());
      assertTrue(bash.contains(command), command);
      assertTrue(Files.exists(manual.resolve("chatroom-" + command + ".1")), command);
      assertTrue(script(folder, "help", command).out().startsWith("Usage: chatroom " + command));
    }
    assertTrue(script(folder, "--version").out().startsWith("chatroom "));
    for (List<String> asked : List.of(List.of("help", "server"), List.of("server", "--help"))) {
      assertTrue(script(folder, asked.toArray(String[]::new)).out().contains("--port"));
    }
    for (List<String> asked : List.of(List.of("help", "client"), List.of("client", "--help"))) {
      assertTrue(script(folder, asked.toArray(String[]::new)).out().contains("--theme"));
    }
    Ended mistyped = script(folder, "stauts");
    assertEquals(2, mistyped.code());
    assertTrue(mistyped.out().contains("status"), mistyped.out());
    assertEquals(2, script(folder).code());
    assertEquals(2, script(folder, "server", "--prot=1").code());
  }
}
