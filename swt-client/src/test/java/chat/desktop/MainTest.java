// SPDX-License-Identifier: Apache-2.0
package chat.desktop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.desktop.model.platform.ThemeChoice;
import chat.desktop.model.text.Language;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
  private static final Path BASE = Path.of("/base");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private Options options(String... line) {
    AtomicReference<Options> read = new AtomicReference<>();
    ClientCommand.run(
        List.of(line),
        BASE,
        new PrintStream(out),
        new PrintStream(err),
        options -> {
          read.set(options);
          return 0;
        });
    return Objects.requireNonNull(read.get(), err::toString);
  }

  private int run(String line) {
    return Main.run(line.split(" "), new PrintStream(out), new PrintStream(err));
  }

  @Test
  void helpNamesEveryOption() {
    assertEquals(0, run("--help"));
    for (String option :
        List.of(
            "server",
            "profile",
            "folder",
            "fingerprint",
            "language",
            "theme",
            "owner-invitation",
            "safe-mode",
            "help",
            "version")) {
      assertTrue(out.toString(StandardCharsets.UTF_8).contains("--" + option), option);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--what",
        "-x",
        "extra",
        "chatroom://chat.example.org:7701/12",
        "--server",
        "--server a:b",
        "--language fr",
        "--theme blue",
        "--fingerprint 12",
        "--profile ../x"
      })
  void whatIsWrongIsSaidWithCodeTwo(String line) {
    assertEquals(2, run(line));
    assertTrue(err.toString(StandardCharsets.UTF_8).contains("--help"));
  }

  @Test
  void optionsAreUnderstood() {
    Options options =
        options(
            ("--server h:1 --profile=work --fingerprint "
                    + "AB:".repeat(31)
                    + "AB"
                    + " --language zh --theme dark")
                .split(" "));
    assertEquals("h:1", options.server().orElseThrow().toString());
    assertEquals(BASE.resolve("work"), options.folder());
    assertEquals("ab".repeat(32), options.fingerprint());
    assertEquals(Language.ZH, options.language().orElseThrow());
    assertEquals(ThemeChoice.DARK, options.theme().orElseThrow());
    assertEquals(BASE.resolve("default"), options().folder());
    String link = "chatroom://chat.example.org:7701/" + "0f".repeat(16);
    assertEquals(new FirstStep.Follow(link), options(link).firstStep().orElseThrow());
    assertEquals(Path.of("/own"), options("--profile", "work", "--folder", "/own").folder());
  }

  @Test
  void withoutADisplayItSaysWhatToDoWithCodeThree(@TempDir Path folder) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            "chat.desktop.Main",
            "--folder",
            folder.toString());
    builder.environment().remove("DISPLAY");
    builder.environment().remove("WAYLAND_DISPLAY");
    builder.redirectErrorStream(true);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(3, process.waitFor(), said);
    assertTrue(said.contains("set DISPLAY"), said);
  }
}
