// SPDX-License-Identifier: Apache-2.0
package chat.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import chat.cli.command.Exit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Completion scripts in real shells, and manual pages as man shows them. */
@Timeout(120)
class CompletionAndManualTest {
  @TempDir private Path folder;

  private String run(String... line) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
    Exit exit = Main.run(List.of(line), Map.of(), InputStream.nullInputStream(), print, print);
    String text = out.toString(StandardCharsets.UTF_8);
    assertEquals(Exit.DONE, exit, text);
    return text;
  }

  /** What a program of this system prints, errors included. */
  private String system(String... command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().put("MANWIDTH", "100");
    builder.environment().put("HOME", folder.toString());
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    Process process = builder.start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    assertEquals(0, process.exitValue(), text);
    return text;
  }

  private static void assumeInstalled(String program) {
    assumeTrue(
        Stream.of(System.getenv("PATH").split(":"))
            .anyMatch(path -> Files.isExecutable(Path.of(path, program))),
        program + " is not installed");
  }

  private Path script(String shell) throws IOException {
    return Files.writeString(folder.resolve("completion." + shell), run("completion", shell));
  }

  private List<String> bash(String... words) throws IOException, InterruptedException {
    String line = String.join("' '", words);
    String lines =
        "compopt() { :; }; source %s; COMP_WORDS=('%s'); COMP_CWORD=%d; COMP_LINE='x'; COMP_POINT=1; "
                .formatted(script("bash"), line, words.length - 1)
            + "_complete_chatroom; printf '%s\\n' \"${COMPREPLY[@]}\"";
    return system("bash", "--norc", "-c", lines).lines().toList();
  }

  @Test
  void bashCompletesCommandsOptionsAndValues() throws IOException, InterruptedException {
    assumeInstalled("bash");
    assertEquals(List.of("search", "send"), bash("chatroom", "se").stream().sorted().toList());
    assertTrue(bash("chatroom", "room", "mem").contains("members"));
    assertEquals(List.of("--follow"), bash("chatroom", "read", "--fo"));
    assertEquals(
        List.of("off", "on"),
        bash("chatroom", "room", "set", "--archived", "o").stream().sorted().toList());
  }

  @Test
  void zshReadsTheScript() throws IOException, InterruptedException {
    assumeInstalled("zsh");
    String lines = "source " + script("zsh") + "; whence -w _complete_chatroom";
    assertEquals("_complete_chatroom: function\n", system("zsh", "-f", "-c", lines));
  }

  @Test
  void fishCompletesCommandsOptionsAndValues() throws IOException, InterruptedException {
    assumeInstalled("fish");
    Path script = script("fish");
    assertEquals("", system("fish", "--no-execute", script.toString()));
    assertEquals(List.of("search", "send"), fish(script, "chatroom se").sorted().toList());
    assertEquals(List.of("members"), fish(script, "chatroom room mem").toList());
    assertEquals(List.of("--follow"), fish(script, "chatroom read --fo").toList());
    assertEquals(List.of("off", "on"), fish(script, "chatroom room set --archived o").toList());
  }

  private Stream<String> fish(Path script, String line) throws IOException, InterruptedException {
    String lines = "source %s; complete --do-complete '%s'".formatted(script, line);
    return system("fish", "--no-config", "-c", lines).lines().map(each -> each.split("\t")[0]);
  }

  @Test
  void manShowsEachPageWithoutAWarning() throws IOException, InterruptedException {
    assumeInstalled("man");
    Path pages = folder.resolve("man1");
    assertEquals("", run("man", pages.toString()));
    List<Path> files;
    try (Stream<Path> found = Files.list(pages)) {
      files = found.sorted().toList();
    }
    assertTrue(files.size() >= 12, files::toString);
    for (Path page : files) {
      String shown = system("man", "-P", "cat", "-E", "UTF-8", "--warnings", "-l", page.toString());
      assertTrue(shown.contains("SYNOPSIS"), shown);
      assertTrue(!shown.contains("warning:"), shown);
    }
    String room = system("man", "-P", "cat", "-E", "UTF-8", "-l", pages + "/chatroom-room.1");
    for (String part :
        List.of("chatroom room ban ROOM PERSON", "--for=TIME", "CHATROOM_SERVER", "EXIT STATUS")) {
      assertTrue(room.contains(part), part + " is not in " + room);
    }
  }
}
