// SPDX-License-Identifier: Apache-2.0
package chat.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.cli.command.ChatCommands;
import chat.cli.command.Exit;
import chat.client.FakeServer;
import chat.client.TestKey;
import chat.protocol.Command;
import chat.protocol.Cursor;
import chat.protocol.Problem;
import chat.protocol.Reply;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

@Timeout(60)
class MainTest {
  private final FakeServer server = FakeServer.start();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private String in = "";
  private Map<String, String> environment = Map.of("CHATROOM_PASSWORD", "correct horse");
  @TempDir private Path folder;

  @AfterEach
  void close() {
    server.close();
  }

  /** Runs a line; {@code @} stands for the options that reach the server. */
  private Exit run(String line, String... more) {
    List<String> words = new ArrayList<>();
    for (String word : line.split(" ")) {
      if (word.equals("@")) {
        words.addAll(
            List.of(
                "--server",
                "localhost:" + server.port(),
                "--fingerprint",
                server.fingerprint(),
                "--name",
                "alice",
                "--profile",
                folder.resolve("profile").toString()));
      } else {
        words.add(word);
      }
    }
    words.addAll(List.of(more));
    out.reset();
    err.reset();
    return Main.run(
        words,
        environment,
        new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
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
  void helpIsGivenOnDemandAndForNonsense() {
    assertEquals(Exit.DONE, run("send --help"));
    assertTrue(out().contains("--password-file"));
    assertEquals(Exit.DONE, run("read --help"));
    assertTrue(out().contains("mediaType"));
    for (String word :
        List.of("room", "friend list", "profile", "message edit", "search", "export", "account")) {
      assertEquals(Exit.DONE, run(word + " --help"));
      assertTrue(out().startsWith("Usage: chatroom " + word.split(" ")[0]), out());
    }
    for (String command : commands(ChatCommands.tree().all().getCommandSpec())) {
      assertEquals(Exit.DONE, run(command + " --help"), this::err);
      assertTrue(out().contains("chatroom " + command), command + " is in no help");
      String help = out();
      assertEquals(Exit.DONE, run("help " + command), this::err);
      assertEquals(help, out());
    }
    assertEquals(Exit.USAGE, run("room"));
    assertTrue(err().contains("chatroom room create"), err());
    assertEquals(Exit.USAGE, run("shout"));
    assertTrue(err().contains("Usage"));
    assertEquals(Exit.USAGE, run("send --name alice"));
    assertTrue(err().contains("nothing to send"));
  }

  private static List<String> commands(CommandSpec spec) {
    List<String> commands = new ArrayList<>();
    for (CommandLine sub : spec.subcommands().values()) {
      commands.add(sub.getCommandSpec().qualifiedName(" ").substring("chatroom ".length()));
      commands.addAll(commands(sub.getCommandSpec()));
    }
    return commands;
  }

  @Test
  void aTextIsSentAndQuiet() {
    assertEquals(Exit.DONE, run("send @ --register", "hello world"), this::err);
    assertEquals("", out() + err());
    assertEquals(List.of("hello world"), server.texts());
    environment = Map.of();
    assertEquals(Exit.DONE, run("send @ --verbose", "again"), this::err);
    assertEquals("3\n", out(), "the token is used, the number is told");
  }

  @Test
  void standardInputIsOneMessageOrOneForEachLine() {
    in = "two\nlines\n";
    assertEquals(Exit.DONE, run("send @ --register -"), this::err);
    in = "a\n\nb";
    assertEquals(Exit.DONE, run("send @ --lines"), this::err);
    assertEquals(List.of("two\nlines", "a", "b"), server.texts());
  }

  @Test
  void aFileIsSentAsItIs() throws IOException {
    Path file = Files.writeString(folder.resolve("notes.txt"), "my notes");
    assertEquals(Exit.DONE, run("send @ --register --verbose --file", file.toString()), this::err);
    assertEquals("2\n", out());
    assertEquals("my notes", new String(server.blob(2), StandardCharsets.UTF_8));
    assertEquals(Exit.REFUSED, run("send @ --file", folder.resolve("none").toString()));
    assertTrue(err().contains("can't be read"), err());
  }

  @Test
  void whatIsRefusedIsToldAndNotLeftBehind() {
    run("send @ --register", "hello");
    assertEquals(Exit.REFUSED, run("send @", "   "));
    assertTrue(err().contains("TEXT_EMPTY"), err());
    assertEquals(Exit.DONE, run("send @", "fine"));
    assertEquals(2, server.texts().size());
    assertEquals(3, server.commands().stream().filter(Command.Post.class::isInstance).count());
  }

  @Test
  void aRefusalThatPassesIsWaitedFor() {
    run("send @ --register", "hello");
    server.once(
        Command.Post.class::isInstance,
        new FakeServer.Answer(new Reply.Failed(Problem.TOO_MANY, "slow down", 20)));
    assertEquals(Exit.DONE, run("send @", "patience"), this::err);
    assertEquals(List.of("hello", "patience"), server.texts());
  }

  @Test
  void aWrongPasswordOrRoomIsRefused() {
    server.account("alice", "something else");
    assertEquals(Exit.REFUSED, run("send @", "hello"));
    assertTrue(err().contains("PASSWORD_WRONG"), err());
    environment = Map.of();
    assertEquals(Exit.USAGE, run("send @", "hello"));
    assertTrue(err().contains("CHATROOM_PASSWORD"), err());
  }

  @Test
  void thePasswordCanBeInAFile() throws IOException {
    server.account("alice", "from a file");
    Path file = Files.writeString(folder.resolve("password"), "from a file\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertEquals(Exit.REFUSED, run("send @ --password-file " + file, "hello"));
    assertTrue(err().contains("chmod 600 '" + file + "'"), err());
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    assertEquals(Exit.DONE, run("send @ --password-file " + file, "hello"), this::err);
    assertEquals(Exit.REFUSED, run("send @ --room Nowhere", "hello"));
    assertTrue(err().contains("Lobby"), err());
  }

  @Test
  void aServerOutOfReachIsToldInTime() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    long before = System.nanoTime();
    assertEquals(
        Exit.UNREACHABLE,
        run(
            "send --timeout 1 --name alice --profile "
                + folder.resolve("p")
                + " --server localhost:"
                + port
                + " hello"));
    assertTrue(System.nanoTime() - before >= 1_000_000_000L);
    assertTrue(err().contains("can't reach localhost:" + port), err());
  }

  @Test
  void aMessageWhoseAnswerStaysAwayIsNotSentLater() throws IOException {
    run("send @ --register", "hello");
    server.script(
        command -> command instanceof Command.Sync ? new FakeServer.Cut() : new FakeServer.GoOn());
    assertEquals(Exit.UNREACHABLE, run("send @ --timeout 1", "never"));
    server.script(FakeServer.HONEST);
    assertEquals(Exit.DONE, run("send @", "later"), this::err);
    assertEquals(List.of("hello", "later"), server.texts());
  }

  @Test
  void aKeyThatNobodyVouchedForIsNotTalkedTo() {
    String unknown =
        "--name alice --register --profile "
            + folder.resolve("new")
            + " --server localhost:"
            + server.port();
    assertEquals(Exit.UNTRUSTED, run("send " + unknown + " hello"));
    assertTrue(err().contains(server.fingerprint()), err());
    assertTrue(server.commands().isEmpty());
    assertEquals(
        Exit.UNTRUSTED,
        run(
            "send "
                + unknown
                + " --trust --fingerprint "
                + TestKey.OTHER.fingerprint()
                + " hello"));
    assertTrue(err().contains("ANOTHER KEY"), err());
    assertTrue(server.commands().isEmpty());
  }

  @Test
  void trustAcceptsTheFirstKey() {
    assertEquals(
        Exit.DONE,
        run(
            "send --trust --name alice --register --profile "
                + folder.resolve("new")
                + " --server localhost:"
                + server.port()
                + " hello"),
        this::err);
    assertEquals(List.of("hello"), server.texts());
  }

  @Test
  void theNewestAreReadTheOldestFirst() {
    IntStream.rangeClosed(1, 450).forEach(i -> server.says("bob", "text " + i));
    assertEquals(Exit.DONE, run("read @ --register -n 3"), this::err);
    assertEquals(
        List.of("bob: text 448", "bob: text 449", "bob: text 450"),
        out().lines().map(line -> line.substring("2026-11-23 04:05:06 ".length())).toList());
    assertEquals(Exit.DONE, run("read @ -n 420"), this::err);
    List<String> lines = out().lines().toList();
    assertEquals(420, lines.size());
    assertTrue(lines.getFirst().endsWith("bob: text 31"), lines.getFirst());
    assertEquals(Exit.DONE, run("read @ -n 0"), this::err);
    assertEquals("", out());
    assertEquals(Exit.DONE, run("read @ --json -n 1000"), this::err);
    assertEquals(451, out().lines().count());
    assertTrue(out().lines().findFirst().orElse("").contains("\"kind\":\"joined\""), out());
  }

  @Test
  void followGoesOnOverReconnectsAndShowsEachOnce() throws InterruptedException {
    assertEquals(Exit.DONE, run("read @ --register -n 0"), this::err);
    Thread reader = Thread.ofPlatform().start(() -> run("read @ --follow -n 0"));
    until(() -> server.commands().stream().filter(Command.Sync.class::isInstance).count() == 2);
    for (int i = 1; i <= 30; i++) {
      server.says("bob", "text " + i + ".");
      if (i % 10 == 0) {
        server.cut();
      }
    }
    until(() -> out().contains("text 30."));
    List<String> expected =
        IntStream.rangeClosed(1, 30).mapToObj(i -> "bob: text " + i + ".").toList();
    assertEquals(
        expected,
        out().lines().map(line -> line.substring("2026-11-23 04:05:06 ".length())).toList());
    reader.interrupt();
    reader.join();
    assertFalse(err().contains("not shown"), err());
  }

  private void answers(Class<? extends Command> kind, Reply reply) {
    server.script(
        command -> kind.isInstance(command) ? new FakeServer.Answer(reply) : new FakeServer.GoOn());
  }

  @Test
  void whatIsDoneToAMessageNamesTheMessage() {
    long number = server.says("bob", "hello").number();
    answers(Command.Append.class, new Reply.Posted(new UUID(1, 1), 1, 9, 0));
    assertEquals(Exit.DONE, run("message react @ --register " + number + " 👍"), this::err);
    Command last = server.commands().getLast();
    assertTrue(
        last instanceof Command.React react
            && react.on()
            && react.emoji().equals("👍")
            && react.target().equals(Cursor.behind(server.entries().get((int) number - 1))),
        last::toString);
    assertEquals(Exit.REFUSED, run("message pin @ 99"));
    assertTrue(err().contains("no message 99"), err());
  }

  @Test
  void aRefusalOfTheServerIsTold() {
    run("send @ --register", "hello");
    answers(Command.Create.class, new Reply.Failed(Problem.ROOM_NAME_TAKEN, "there is one"));
    assertEquals(Exit.REFUSED, run("room create @ Games"));
    assertTrue(err().contains("ROOM_NAME_TAKEN: there is one"), err());
  }

  @Test
  void theOwnRoomsAreListed() {
    assertEquals(Exit.DONE, run("room list @ --register"), this::err);
    assertEquals("#1 Lobby (1 member)\n", out());
    assertEquals(Exit.DONE, run("room list @ --json"), this::err);
    assertEquals(
        "{\"room\":1,\"kind\":\"public\",\"name\":\"Lobby\",\"members\":1,\"rank\":\"member\","
            + "\"unread\":0,\"mentions\":0}\n",
        out());
  }

  @Test
  void anAccountIsDeletedOnceItsNameWasTyped() {
    run("send @ --register", "hello");
    in = "bob\n";
    assertEquals(Exit.REFUSED, run("account delete @"));
    assertTrue(err().contains("nothing was deleted"), err());
    in = "alice\n";
    assertEquals(Exit.DONE, run("account delete @"), this::err);
    assertEquals(
        1, server.commands().stream().filter(Command.DeleteAccount.class::isInstance).count());
    assertEquals(Exit.USAGE, runWithoutPassword("account delete @ --yes"));
  }

  private Exit runWithoutPassword(String line) {
    environment = Map.of();
    return run(line);
  }

  @Test
  void anExportGoesIntoAnEmptyFolderOnly() throws IOException {
    IntStream.rangeClosed(1, 450).forEach(i -> server.says("bob", "text " + i));
    Path target = folder.resolve("out");
    assertEquals(Exit.DONE, run("export @ --register Lobby " + target), this::err);
    assertEquals(451, Files.readAllLines(target.resolve("messages.jsonl")).size());
    assertEquals(451, Files.readAllLines(target.resolve("messages.txt")).size());
    assertTrue(Files.readString(target.resolve("messages.html")).contains("text 450"));
    assertEquals(Exit.REFUSED, run("export @ Lobby " + target));
    assertTrue(err().contains("not empty"), err());
  }

  private static void until(BooleanSupplier so) {
    long end = System.nanoTime() + 20_000_000_000L;
    while (!so.getAsBoolean() && System.nanoTime() < end) {
      LockSupport.parkNanos(5_000_000);
    }
    assertTrue(so.getAsBoolean());
  }
}
