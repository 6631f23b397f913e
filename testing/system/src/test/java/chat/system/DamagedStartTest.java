// SPDX-License-Identifier: Apache-2.0
package chat.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.admin.client.CopyReport;
import chat.protocol.Command;
import chat.protocol.Reply;
import chat.prove.client.RawClient;
import chat.prove.server.Program;
import chat.prove.server.ServerProcess;
import chat.prove.server.Waits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A data folder with a hole in it: what the start says, and the way back from a backup. */
@Timeout(150)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DamagedStartTest {
  private Path folder;
  private Path data;
  private Path whole;
  private Path backup;
  private ServerProcess server;

  /** Somebody says something, it is backed up, the server ends. */
  @BeforeAll
  void oneLife(@TempDir Path temporary) throws IOException, InterruptedException {
    folder = temporary;
    data = folder.resolve("data");
    backup = folder.resolve("last.backup");
    server = ServerProcess.on(data, ServerProcess.Store.SQLITE).start();
    try (RawClient client = RawClient.entered(server, "anna")) {
      client.ask(new Command.Post(UUID.randomUUID(), 1, "remember me"));
    }
    server.ask("backup", backup.toString());
    while (server.admin().copy().isRunning()) {
      Waits.moment();
    }
    assertEquals(CopyReport.State.DONE, server.admin().copy().state());
    assertEquals(0, server.stop());
    whole = copied(data, folder.resolve("whole"));
  }

  /** Each test has the folder as it was. */
  @AfterEach
  void putBack() throws IOException, InterruptedException {
    server.close();
    try (Stream<Path> all = Files.walk(data)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
    copied(whole, data);
  }

  private static Path copied(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path each : all.toList()) {
        if (!Files.isDirectory(each) || Files.notExists(to.resolve(from.relativize(each)))) {
          Files.copy(each, to.resolve(from.relativize(each)), StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
    return to;
  }

  private void startFailsWith(String... words) throws IOException, InterruptedException {
    Path out = data.resolve("out.txt");
    Files.delete(out);
    assertEquals(1, server.startAndFail());
    String said = server.output();
    for (String word : words) {
      assertTrue(said.contains(word), "'" + word + "' is not said by:\n" + said);
    }
    assertFalse(said.contains("not ready in"), said);
    assertFalse(said.contains("\tat "), said);
  }

  private void remembers() throws IOException, InterruptedException {
    server.start();
    try (RawClient client = RawClient.entered(server, "reader" + UUID.randomUUID().hashCode())) {
      Reply.Page page =
          assertInstanceOf(
              Reply.Page.class,
              client.ask(new Command.History(1, Command.Direction.AFTER, 0, 100)));
      assertTrue(page.toString().contains("remember me"), page.toString());
    }
    assertEquals(0, server.stop());
  }

  @Test
  void whatIsWrongIsToldWithItsFileAndTheCommandsAndPuttingItBackHelps()
      throws IOException, InterruptedException {
    Path active = data.resolve("active");
    String right = Files.readString(active);
    String id = right.split(" ", 2)[0];
    String restore = "chatroom restore FILE";

    Files.write(active, new byte[0]);
    startFailsWith(active + " is empty", "echo '" + right.strip() + "' > '" + active + "'");
    Files.writeString(active, id + " 99\n");
    startFailsWith("in generation 99", "an older copy of it", restore, "echo '" + id);
    Files.writeString(active, right);

    Path database = data.resolve("store/chat.db");
    Path aside = data.resolve("store/aside");
    Files.move(database, aside);
    startFailsWith("chat.db is missing or empty", active.toString(), restore);
    Files.writeString(database, "no database, and longer than a page. ".repeat(200));
    startFailsWith(database.toString(), restore);
    Files.delete(database);
    Files.move(aside, database);
    remembers();
  }

  private record Ended(int code, String out) {}

  private Ended chatroom(String... line) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of(Program.own().home().resolve("bin/chatroom").toString()));
    command.addAll(List.of(line));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder
        .environment()
        .putAll(
            Map.of("CHATROOM_DATA", data.toString(), "JAVA_HOME", System.getProperty("java.home")));
    Process process = builder.start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    return new Ended(process.exitValue(), out);
  }

  private List<String> stores() throws IOException {
    try (Stream<Path> folders = Files.list(data);
        Stream<Path> configurations = Files.list(data.resolve("conf"))) {
      return Stream.concat(folders, configurations)
          .map(each -> each.getFileName().toString())
          .filter(name -> name.contains("restored"))
          .toList();
    }
  }

  @Test
  void aBackupIsRestoredWithoutAServerInThePlaceOfADamagedDatabase()
      throws IOException, InterruptedException {
    Path database = data.resolve("store/chat.db");
    Files.writeString(database, "no database, longer than a page. ".repeat(200));
    Ended ended = chatroom("restore", backup.toString(), "--yes");
    assertEquals(0, ended.code(), ended.out());
    assertTrue(ended.out().contains("now start the server"), ended.out());
    remembers();
  }

  @Test
  void aRestorationThatFailsLeavesNothingBehind() throws IOException, InterruptedException {
    Path bad = folder.resolve("bad.backup");
    byte[] bytes = Files.readAllBytes(backup);
    bytes[bytes.length / 2] ^= 1;
    Files.write(bad, bytes);
    assertEquals(2, chatroom("restore", bad.toString()).code(), "nobody was asked");
    Ended ended = chatroom("restore", bad.toString(), "--yes");
    assertEquals(1, ended.code(), ended.out());
    assertEquals(List.of(), stores());
  }

  @Test
  void aStoreThatWasReplacedIsRemovedWithItsData() throws IOException, InterruptedException {
    server.start();
    Ended ended = chatroom("restore", backup.toString(), "--yes");
    assertEquals(0, ended.code(), ended.out());
    String current = stores().getFirst().replaceFirst("^store-", "");
    assertEquals(1, chatroom("remove-store", current, "--yes").code(), "it is in use");
    ended = chatroom("remove-store", "sqlite", "--yes");
    assertEquals(0, ended.code(), ended.out());
    assertTrue(Files.notExists(data.resolve("store/chat.db")));
    assertEquals("ready", server.admin().health());
    assertEquals(0, server.stop());
  }
}
