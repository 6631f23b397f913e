// SPDX-License-Identifier: Apache-2.0
package chat.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.cli.command.Exit;
import chat.client.FakeServer;
import chat.protocol.Command;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The password and the devices of the account, from the command line. */
@Timeout(60)
class OwnAccountTest {
  private final FakeServer server = FakeServer.start();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  @TempDir private Path folder;

  @AfterEach
  void close() {
    server.close();
  }

  /** Runs a line; {@code @} stands for the options that reach the server. */
  private Exit run(String line, String... more) {
    List<String> words = new ArrayList<>();
    String reach =
        "--server localhost:%d --fingerprint %s --name alice --profile %s"
            .formatted(server.port(), server.fingerprint(), folder.resolve("profile"));
    words.addAll(List.of(line.replace("@", reach).split(" ")));
    words.addAll(List.of(more));
    out.reset();
    err.reset();
    return Main.run(
        words,
        Map.of("CHATROOM_PASSWORD", "correct horse"),
        new ByteArrayInputStream(new byte[0]),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void thePasswordIsChangedByTheOneInAnotherFile() throws IOException {
    run("send @ --register", "hello");
    Path next = Files.writeString(folder.resolve("next"), "battery staple\n");
    Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rw-r--r--"));
    assertEquals(Exit.REFUSED, run("account password @ --new-password-file " + next));
    assertTrue(err().contains("open to others"), err());
    Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rw-------"));
    assertEquals(Exit.DONE, run("account password @ --new-password-file " + next), this::err);
    assertEquals(
        List.of(new Command.ChangePassword("correct horse", "battery staple")),
        server.commands().stream().filter(Command.ChangePassword.class::isInstance).toList());
    assertEquals(Exit.USAGE, run("account password @"));
  }

  @Test
  void aLinkOfTheOperatorSetsANewPasswordAlsoWhereSomebodyIsLoggedIn() throws IOException {
    run("send @ --register", "hello");
    Path next = Files.writeString(folder.resolve("next"), "battery staple\n");
    Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rw-------"));
    String way = "chatroom://localhost:" + server.port() + "/reset/";
    String key = "?key=" + server.fingerprint();
    String rest = " --name alice --profile " + folder.resolve("profile");
    String file = " --new-password-file " + next;
    String wrong = way + "0f".repeat(16) + key;
    assertEquals(Exit.REFUSED, run("reset " + wrong + file + rest), this::err);
    assertTrue(err().contains("INVITATION_INVALID"), err());
    String link = way + FakeServer.RESET + key;
    assertEquals(Exit.DONE, run("reset " + link + file + rest), this::err);
    assertEquals(
        new Command.ResetPassword(FakeServer.RESET, "battery staple", "command line", ""),
        server.commands(Command.ResetPassword.class).getLast());
    assertEquals(Exit.DONE, run("send @", "by the new token"), this::err);
    assertEquals(List.of(), server.commands(Command.LogIn.class));
    assertEquals(Exit.USAGE, run("reset nonsense" + file + rest));
  }

  @Test
  void devicesAreListedAndEnded() {
    run("send @ --register", "hello");
    assertEquals(Exit.DONE, run("account devices @"), this::err);
    String listed = out();
    assertTrue(listed.matches("\\p{XDigit}{8} test, 127\\.0\\.0\\.1, used .*\\n"), listed);
    String id = listed.substring(0, 8);
    assertEquals(Exit.DONE, run("account devices @ --json"), this::err);
    assertTrue(out().startsWith("{\"id\":\"" + id), out());
    assertEquals(Exit.DONE, run("account end-device @ " + id), this::err);
    assertEquals(
        List.of(id),
        server.commands().stream()
            .filter(Command.EndDevice.class::isInstance)
            .map(end -> ((Command.EndDevice) end).device().toString().substring(0, 8))
            .toList());
    assertEquals(Exit.REFUSED, run("account end-device @ zz"));
    assertTrue(err().contains("there is no device zz"), err());
    assertEquals(Exit.DONE, run("account end-others @"), this::err);
    assertTrue(server.commands().contains(new Command.EndOtherDevices()));
  }
}
