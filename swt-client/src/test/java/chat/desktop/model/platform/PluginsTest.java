// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.desktop.spi.SlashCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginsTest {
  private static final String SOURCE =
      """
      package plug;
      public class Hi implements chat.desktop.spi.SlashCommand {
        public String name() { return "hi"; }
        public String expand(String arguments) { return "Hi, " + arguments + "!"; }
      }
      """;

  @TempDir Path folder;

  private void jar(String name, String services, boolean withClass) throws IOException {
    Path source = Files.createDirectories(folder.resolve("src/plug")).resolve("Hi.java");
    Files.writeString(source, SOURCE);
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                source.toString());
    assertEquals(0, status);
    try (var out = new JarOutputStream(Files.newOutputStream(folder.resolve(name)))) {
      out.putNextEntry(new JarEntry("META-INF/services/chat.desktop.spi.SlashCommand"));
      out.write(services.getBytes(java.nio.charset.StandardCharsets.UTF_8));
      if (withClass) {
        out.putNextEntry(new JarEntry("plug/Hi.class"));
        out.write(Files.readAllBytes(source.resolveSibling("Hi.class")));
      }
    }
  }

  private static List<String> names(Plugins plugins) {
    return plugins.all(SlashCommand.class).stream().map(SlashCommand::name).sorted().toList();
  }

  @Test
  void whatLiesInTheFolderIsFoundBesideOurOwn() throws IOException {
    jar("hi.jar", "plug.Hi\n", true);
    Plugins plugins = Plugins.in(folder);
    assertEquals(List.of("hi", "shrug"), names(plugins));
    SlashCommands commands = new SlashCommands(plugins.all(SlashCommand.class));
    assertEquals(Optional.of("Hi, all!"), commands.expand("/hi all"));
    assertTrue(commands.expand("/shrug").orElseThrow().endsWith("(ツ)_/¯"));
  }

  @Test
  void aBrokenOneIsLeftOut() throws IOException {
    jar("a-broken.jar", "plug.Gone\n", false);
    jar("hi.jar", "plug.Hi\n", true);
    assertEquals(List.of("hi", "shrug"), names(Plugins.in(folder)));
  }

  /** Prints the commands that a client finds; run as a process of its own. */
  static final class Client {
    public static void main(String[] arguments) throws IOException {
      System.out.println(names(Plugins.ofProgram(System.getProperty("chat.home"))));
    }
  }

  private String found(String... flags) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(flags));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Client.class.getName()));
    Process client =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    try (var out = client.inputReader()) {
      return out.readAllAsString().strip();
    }
  }

  @Test
  void theFolderTheClientWasStartedInIsNeverRun() throws IOException {
    jar("hi.jar", "plug.Hi\n", true);
    Files.createDirectories(folder.resolve("plugins"));
    Files.move(folder.resolve("hi.jar"), folder.resolve("plugins/hi.jar"));
    assertEquals("[shrug]", found());
    assertEquals("[shrug]", found("-Dchat.home=."));
    assertEquals("[hi, shrug]", found("-Dchat.home=" + folder.toAbsolutePath()));
  }

  @Test
  void noFolderIsNoProblem() throws IOException {
    assertEquals(List.of("shrug"), names(Plugins.in(folder.resolve("none"))));
  }

  @Test
  void whatNoCommandKnowsStaysAsItIs() {
    SlashCommands none = new SlashCommands(List.of());
    assertEquals(Optional.of("/usr/bin"), none.expand(" /usr/bin "));
    assertEquals(Optional.empty(), none.expand("  \n"));
  }
}
