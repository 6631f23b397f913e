// SPDX-License-Identifier: Apache-2.0
package chat.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.admin.client.AdminAnswer;
import chat.protocol.Command;
import chat.protocol.Command.Direction;
import chat.protocol.Event;
import chat.protocol.Problem;
import chat.protocol.Reply;
import chat.protocol.ServerMessage;
import chat.prove.client.RawClient;
import chat.prove.server.Program;
import chat.prove.server.ServerProcess;
import chat.prove.server.Waits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** How the server starts and stops, and what it says when it can't. */
@Timeout(100)
class StartTest {
  @TempDir Path folder;
  private Path data;
  private ServerProcess server;

  @BeforeEach
  void server() throws IOException {
    data = folder.resolve("data");
    server = ServerProcess.on(data, ServerProcess.Store.SQLITE);
  }

  private void failsWith(String... words) throws IOException, InterruptedException {
    assertEquals(1, server.startAndFail());
    for (String word : words) {
      assertTrue(server.output().contains(word), () -> "'" + word + "' is not said by:\n" + out());
    }
    assertFalse(server.output().contains("\tat "), () -> "a stack trace is no answer:\n" + out());
  }

  private String out() {
    try {
      return server.output();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Starts once, says something, stops. */
  private void oneLife() throws IOException, InterruptedException {
    server.start();
    try (RawClient client = RawClient.entered(server, "anna")) {
      client.ask(new Command.Post(UUID.randomUUID(), 1, "remember me"));
    }
    server.stop();
  }

  private void remembers() throws IOException, InterruptedException {
    server.start();
    try (RawClient client = RawClient.entered(server, "reader" + UUID.randomUUID().hashCode())) {
      Reply.Page page =
          assertInstanceOf(
              Reply.Page.class, client.ask(new Command.History(1, Direction.AFTER, 0, 100)));
      assertTrue(page.toString().contains("remember me"), page.toString());
    }
    server.stop();
  }

  @Test
  void theFirstStartMakesEverythingForItsOwnerOnlyAndSaysOneLine()
      throws IOException, InterruptedException {
    server.start();
    String said = server.output();
    assertEquals(1, said.lines().count(), said);
    assertTrue(said.contains("127.0.0.1:" + server.port()), said);
    assertTrue(said.contains(server.fingerprint()), said);
    assertTrue(said.contains(data.toString()), said);
    Path invitation = data.resolve("run/first-admin.txt");
    assertTrue(said.contains(invitation.toString()), said);
    for (String secret :
        List.of("master.key", "run/first-admin.txt", "run/admin.sock", "tls/server.p12")) {
      assertEquals(
          "rw-------",
          PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve(secret))),
          secret);
    }
    String code = Files.readString(invitation).strip();
    assertFalse(Files.readString(data.resolve("log/chatroom.log")).contains(code));
    try (RawClient owner = RawClient.greeted(server)) {
      assertInstanceOf(
          Reply.LoggedIn.class,
          owner.ask(new Command.Register("olga", TestUser.PASSWORD, "", code)));
    }
    try (RawClient second = RawClient.greeted(server)) {
      assertEquals(
          Problem.INVITATION_INVALID,
          second.refusal(new Command.Register("thief", TestUser.PASSWORD, "", code)));
    }
    server.stop();
  }

  @Test
  void theSocketsAreWiredToTheirContractNettyLoggingAndTheFrameworkOnly()
      throws IOException, InterruptedException {
    server.start();
    List<String> others =
        server.ask("wires", "chat.connection.netty").result().texts("bundles").stream()
            .filter(name -> !name.startsWith("io.netty."))
            .toList();
    assertEquals(
        List.of("chat.connection", "org.apache.felix.framework", "org.apache.felix.scr"), others);
    server.stop();
  }

  @Test
  void sigtermTellsTheClientsAndKeepsWhatWasAcknowledged()
      throws IOException, InterruptedException {
    server.start();
    try (RawClient client = RawClient.entered(server, "anna")) {
      client.ask(new Command.Post(UUID.randomUUID(), 1, "remember me"));
      server.stop();
      List<ServerMessage> words = client.lastWords();
      assertInstanceOf(Event.Leaving.class, words.getLast());
    }
    remembers();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aStartTakesItsClassesFromTheArchiveOfTheBuild() throws IOException {
    server.start();
    String mapped = Files.readString(Path.of("/proc/" + server.pid() + "/maps"));
    assertTrue(mapped.contains("/chat.launcher.Main.jsa"), mapped);
  }

  @Test
  void sigtermIsAnOrderlyEnd() throws IOException, InterruptedException {
    server.start();
    assertEquals(0, server.stop());
  }

  @Test
  void whateverTheUmaskWasNobodyElseReadsTheDataFolder() throws IOException, InterruptedException {
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path conf = data.resolve("conf");
    Files.setPosixFilePermissions(conf, PosixFilePermissions.fromString("rwxrwxrwx"));
    server.start();
    assertEquals(List.of(), open(data));
    String log = Files.readString(data.resolve("log/chatroom.log"));
    assertTrue(log.contains(conf + " was open to others (rwxrwxrwx)"), log);
    server.stop();
    assertEquals(List.of(), open(data));
  }

  /** What somebody else than its owner may read, write or enter. */
  private static List<String> open(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      List<String> found = new ArrayList<>();
      for (Path each : all.toList()) {
        String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(each));
        if (!mode.endsWith("------")) {
          found.add(mode + " " + each);
        }
      }
      return found;
    }
  }

  @Test
  void aMasterKeyThatOthersCanReadIsRefusedWithTheCommandThatMendsIt()
      throws IOException, InterruptedException {
    oneLife();
    Path key = data.resolve("master.key");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
    failsWith("can be read by others", "chmod 600 '" + key + "'");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("r--------"));
    remembers();
  }

  @Test
  void whatAPowerCutLeftEmptyIsMadeAgain() throws IOException, InterruptedException {
    Path store = data.resolve("conf/chat.storage.sqlite-main.config");
    Files.createFile(store);
    Path logging = Files.write(data.resolve("conf/logback.xml"), new byte[4096]);
    Path invitation = Files.createDirectories(data.resolve("run")).resolve("first-admin.txt");
    Files.createFile(invitation);
    server.start();
    assertFalse(Files.readString(invitation).isBlank());
    assertTrue(Files.readString(store).contains("folder=\"store\""));
    assertTrue(Files.readString(logging).contains("appender"));
    server.stop();
  }

  @Test
  void closedRegistrationIsSaid() throws IOException, InterruptedException {
    server.set("registration", "\"closed\"").start();
    try (RawClient stranger = RawClient.greeted(server)) {
      assertEquals(
          Problem.REGISTRATION_CLOSED,
          stranger.refusal(new Command.Register("stranger", TestUser.PASSWORD, "", "")));
      assertEquals(
          Problem.PASSWORD_WRONG,
          stranger.refusal(new Command.LogIn("nobody", TestUser.PASSWORD, "")),
          "who has no account is not told");
    }
    server.stop();
  }

  @Test
  void aSecondServerOnTheSameFolderIsRefused() throws IOException, InterruptedException {
    server.start();
    ServerProcess second = ServerProcess.on(data, ServerProcess.Store.SQLITE);
    Path info = data.resolve("run/server.info");
    String before = Files.readString(info);
    assertEquals(1, second.startAndFail());
    assertTrue(out().contains("another server runs on the data folder"), out());
    Files.writeString(info, before);
    // The second one's settings are those of a running server, which may just take them up.
    while (!server.admin().health().equals("ready")) {
      Waits.moment();
    }
    server.stop();
  }

  @Test
  void aPortInUseIsNamed() throws IOException, InterruptedException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Files.writeString(
          data.resolve("conf/chat.connection.netty-native.config"),
          "host=\"127.0.0.1\"\nport=I\"" + other.getLocalPort() + "\"\n");
      failsWith("can't listen on 127.0.0.1:" + other.getLocalPort(), "another server");
    }
  }

  @Test
  void aMistakeInAConfigurationIsNamedWithFileKeyValueAndWhatIsAllowed()
      throws IOException, InterruptedException {
    Path conf = data.resolve("conf/chat.server.config");
    Files.writeString(conf, "registration=\"maybe\"\n");
    failsWith("chat.server.config", "registration=maybe", "[open, invitation, closed]");
    Files.writeString(conf, "registratoin=\"open\"\n");
    failsWith("chat.server.config", "registratoin", "registration");
    Files.writeString(conf, "fileBytes=\"many\"\n");
    failsWith("chat.server.config", "fileBytes=many", "Most bytes of a file");
    Files.delete(conf);
    Files.writeString(
        data.resolve("conf/chat.connection.netty-native.config"),
        "host=\"0.0.0.0\"\nport=I\"0\"\ntls=B\"false\"\n");
    failsWith("tls=false", "loopback", "0.0.0.0");
  }

  @Test
  void withoutItsKeyAStoreStaysShutAndUnharmed() throws IOException, InterruptedException {
    oneLife();
    Path key = data.resolve("master.key");
    String right = Files.readString(key);
    Files.delete(key);
    failsWith("master.key is missing", "backup");
    Files.writeString(key, "rubbish\n");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    failsWith("master.key is damaged", "64 hexadecimal digits");
    Files.writeString(key, "0".repeat(64) + "\n");
    failsWith("the master key does not fit this store");
    Files.writeString(key, right);
    remembers();
  }

  @Test
  void aDamagedOrNewerOrForeignDatabaseIsNamedAndLeftAlone()
      throws IOException, InterruptedException {
    oneLife();
    Path database = data.resolve("store/chat.db");
    byte[] right = Files.readAllBytes(database);
    overwrite(database, 60, ByteBuffer.allocate(4).putInt(999).flip()); // user_version
    failsWith("chat.db", "newer");
    Files.write(
        database,
        "this is no database, but it is as long as a page"
            .repeat(100)
            .getBytes(StandardCharsets.UTF_8));
    failsWith("chat.db");
    Files.write(database, right);
    remembers();
  }

  private static void overwrite(Path file, long at, ByteBuffer bytes) throws IOException {
    try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
      out.write(bytes, at);
    }
  }

  @Test
  void aFullDiskIsAPauseAndNothingAcknowledgedIsLost() throws IOException, InterruptedException {
    Path disk = Files.createDirectories(folder.resolve("disk"));
    run("mount", "-t", "tmpfs", "-o", "size=96m", "tmpfs", disk.toString());
    ServerProcess small = ServerProcess.on(disk.resolve("data"), ServerProcess.Store.SQLITE);
    try {
      small.start();
      Path filler = disk.resolve("filler");
      try (RawClient client = RawClient.entered(small, "anna")) {
        client.ask(new Command.Post(new UUID(1, 1), 1, "before"));
        fill(filler);
        for (int i = 0; i < 50; i++) {
          client.say(new Command.Post(new UUID(2, i), 1, "x".repeat(16_000)));
        }
        while (small.admin().status().stalledMillis() == 0) {
          Waits.moment();
        }
        assertTrue(small.alive());
        try (RawClient device = RawClient.greeted(small)) { // whoever has a password still gets in
          assertInstanceOf(
              Reply.LoggedIn.class,
              device.ask(new Command.LogIn("anna", RawClient.PASSWORD, "other")));
        }
        AdminAnswer refused =
            small.ask("swap", "--in-place", Program.own().jar("chat.storage.sqlite").toString());
        assertTrue(refused.raw().contains("free some first"), refused.raw());
        Files.delete(filler);
        int posted = 0;
        while (posted < 50) {
          ServerMessage said = client.hear().message();
          if (said instanceof Reply reply) {
            assertInstanceOf(Reply.Posted.class, reply);
            posted++;
          }
        }
      }
      small.kill();
      small.start();
      assertEquals(52, small.admin().status().entries(), "51 texts and one joining");
    } finally {
      small.kill();
      run("umount", disk.toString());
    }
  }

  private static void fill(Path file) throws IOException {
    try (var out = Files.newOutputStream(file)) {
      byte[] block = new byte[64 << 10];
      while (true) {
        out.write(block);
      }
    } catch (IOException e) {
      assertTrue(String.valueOf(e.getMessage()).contains("No space"), e.toString());
    }
  }

  private static void run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).inheritIO().start();
    assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    assertEquals(0, process.exitValue(), String.join(" ", command));
  }
}
