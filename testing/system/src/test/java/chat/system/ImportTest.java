// SPDX-License-Identifier: Apache-2.0
package chat.system;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.admin.client.AdminAnswer;
import chat.admin.client.Json;
import chat.client.ClientEvent;
import chat.protocol.Command;
import chat.protocol.Content;
import chat.protocol.Event;
import chat.protocol.Problem;
import chat.protocol.Relation;
import chat.protocol.Reply;
import chat.prove.server.Builds;
import chat.prove.server.Program;
import chat.prove.server.ServerProcess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the original chat room has in its database moves into a running server: people log in with
 * the passwords they had and find what was said. By the command, while others chat and while the
 * store is exchanged; and again, without anything coming twice.
 */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ImportTest {
  private static final int TEXTS = 20_000;
  private static final int FILES = 300;
  private static final String PASSWORD = "abc123";
  private static final List<String> PEOPLE = List.of("小明", "王芳", "alice", "bob");
  private static final LocalDateTime BEGIN = LocalDateTime.of(2021, 6, 1, 12, 0);
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

  private Path folder;
  private Path database;
  private ServerProcess server;
  private TestUser dora;
  private final List<byte[]> contents = new ArrayList<>();

  @BeforeAll
  void begin(@TempDir Path temporary) throws Exception {
    folder = temporary;
    database = folder.resolve("database.db");
    write();
    server = ServerProcess.on(folder.resolve("data"), ServerProcess.Store.SQLITE).start();
    dora = TestUser.named("dora", server, folder.resolve("profiles")).registers();
  }

  @AfterAll
  void end() throws InterruptedException {
    dora.close();
    server.close();
  }

  /** In the schema of the original, version 2.0. */
  private void write() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      for (String table :
          List.of(
              "USERINFO(USERNAME TEXT primary key, PASSWORD TEXT)",
              "GROUP_CHAT_HISTORY(ID TEXT primary key, SOURCE_USER TEXT, TIME DATETIME, CONTENT"
                  + " TEXT, foreign key(SOURCE_USER) references USERINFO(USERNAME))",
              "GROUP_FILE_HISTORY(ID TEXT primary key, SOURCE_USER TEXT, TIME DATETIME, FILENAME"
                  + " TEXT, FILECONTENT TEXT, foreign key(SOURCE_USER) references"
                  + " USERINFO(USERNAME))",
              "FRIENDS(USERNAME1, USERNAME2)",
              "HISTORY_PRIVATE_CHAT(id, target_user, source_user, time, text)")) {
        statement.execute("CREATE TABLE " + table);
      }
      for (String name : PEOPLE) {
        insert(connection, "USERINFO VALUES (?, ?)", name, PASSWORD);
      }
      insert(connection, "USERINFO VALUES (?, ?)", "x".repeat(40), PASSWORD);
      for (int i = 0; i < TEXTS; i++) {
        insert(
            connection,
            "GROUP_CHAT_HISTORY VALUES (?, ?, ?, ?)",
            Integer.toString(i + 1),
            PEOPLE.get(i % PEOPLE.size()),
            TIME.format(BEGIN.plusMinutes(i)),
            text(i) + "\n");
      }
      Random random = new Random(1);
      for (int i = 0; i < FILES; i++) {
        byte[] content = new byte[random.nextInt(100_000)];
        random.nextBytes(content);
        contents.add(content);
        insert(
            connection,
            "GROUP_FILE_HISTORY VALUES (?, ?, ?, ?, ?)",
            Integer.toString(i + 1),
            PEOPLE.get(i % PEOPLE.size()),
            TIME.format(BEGIN.plusMinutes(50L * i).plusSeconds(30)),
            "文件 " + i + ".bin",
            content);
      }
      oddRows(connection);
      insert(connection, "FRIENDS VALUES (?, ?)", "小明", "alice");
      insert(connection, "FRIENDS VALUES (?, ?)", "alice", "小明");
      for (int i = 0; i < 20; i++) {
        insert(
            connection,
            "HISTORY_PRIVATE_CHAT VALUES (?, ?, ?, ?, ?)",
            Integer.toString(i + 1),
            i % 2 == 0 ? "alice" : "小明",
            i % 2 == 0 ? "小明" : "alice",
            TIME.format(BEGIN.plusDays(i)),
            "private " + i + "\n");
      }
      connection.commit();
    }
  }

  /** None of them may keep the others out. */
  private static void oddRows(Connection connection) throws SQLException {
    String text = "GROUP_CHAT_HISTORY VALUES (?, ?, ?, ?)";
    String file = "GROUP_FILE_HISTORY VALUES (?, ?, ?, ?, ?)";
    String last = TIME.format(BEGIN.plusMinutes(TEXTS));
    insert(connection, "USERINFO VALUES (?, ?)", "line\nfeed", PASSWORD);
    insert(connection, "USERINFO VALUES (?, ?)", "y".repeat(70_000), PASSWORD);
    insert(connection, text, "odd1", "bob", "soon", "when?");
    insert(connection, text, "odd2", "nobody", last, "who?");
    insert(connection, text, "odd3", "line\nfeed", last, "which line?");
    insert(connection, text, "odd4", "bob", "0001-01-01 00:00:00", "long ago");
    insert(connection, text, null, "bob", "9999-12-31 23:59:59", "a bell \u0007 and a zero \0.\n");
    insert(connection, file, "odd5", "bob", last, "z".repeat(70_000), "content");
    insert(connection, file, "odd6", "bob", last, "odd id.txt", "is not empty");
  }

  private static void insert(Connection connection, String into, Object... values)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement("INSERT INTO " + into)) {
      for (int i = 0; i < values.length; i++) {
        insert.setObject(i + 1, values[i]);
      }
      insert.execute();
    }
  }

  private static String text(int i) {
    return i % 100 == 7 ? "[emoji-cake]" : "第 " + i + " 句话\nline";
  }

  private record Ended(int code, String out) {}

  private Ended imports(String... options) throws IOException, InterruptedException {
    List<String> line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-cp",
                Program.own().home().resolve("client") + "/*",
                "chat.seed.Main"));
    line.addAll(Arrays.asList(options));
    Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
    String out;
    try (InputStream in = process.getInputStream()) {
      out = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    return new Ended(process.waitFor(), out);
  }

  private Ended imports() throws IOException, InterruptedException {
    return imports(
        "seed", database.toString(), "--data", server.data().toString(), "--zone", "UTC");
  }

  private static void contains(String text, String... parts) {
    for (String part : parts) {
      assertTrue(text.replaceAll(" +", " ").contains(part), part + " is not in\n" + text);
    }
  }

  @Test
  @Order(1)
  void everythingComesInWhileOthersChatAndTheStoreIsExchanged() throws Exception {
    FutureTask<Boolean> swaps = new FutureTask<>(this::chatAndSwap);
    Thread.ofPlatform().start(swaps);
    Ended ended = imports();
    assertTrue(swaps.get());
    assertEquals(0, ended.code(), ended.out());
    contains(
        ended.out(),
        "people 4 new 0 there already 3 refused",
        "friends 1 new",
        "texts 20,002 new 0 there already 3 refused",
        "files 301 new 0 there already 1 refused",
        "private texts 20 new",
        "user line\\nfeed: the name is not 1 to 32 characters",
        "GROUP_CHAT_HISTORY odd1: its time is none: soon",
        "GROUP_CHAT_HISTORY odd2: nobody was taken in as nobody",
        "GROUP_CHAT_HISTORY odd3: nobody was taken in as line\\nfeed",
        "--as OLD=NEW");
    assertFalse(ended.out().contains(PASSWORD));
    contains(
        Files.readString(server.data().resolve("log/audit.log")),
        "\"event\":\"import\",\"by\":\"operator\",\"details\":\"4 people\"");
    dora.heardEverythingOnce();
  }

  private boolean chatAndSwap() throws IOException, InterruptedException {
    while (!isUnderWayIn(server.data().resolve("run"))) {
      Thread.sleep(10);
    }
    for (int i = 0; i < 3; i++) {
      Thread.sleep(700);
      dora.saysAndHears("meanwhile " + i);
      AdminAnswer answer =
          server.ask("swap", Builds.newer("chat.storage.sqlite", folder).toString());
      assertTrue(answer.isDone(), answer.raw());
    }
    return true;
  }

  private static boolean isUnderWayIn(Path run) throws IOException {
    try (Stream<Path> files = Files.list(run)) {
      return files.anyMatch(file -> file.getFileName().toString().startsWith("import-"));
    }
  }

  @Test
  @Order(2)
  void peopleLogInWithTheirPasswordsAndFindWhatWasSaid() throws Exception {
    try (TestUser ming = somebody("小明");
        TestUser alice = somebody("alice")) {
      List<Event.Entry> said = said(ming);
      List<Event.Entry> told =
          said.stream()
              .filter(entry -> !entry.author().name().equals("dora"))
              .filter(entry -> entry.content() instanceof Content.Text)
              .toList();
      assertEquals(
          IntStream.range(0, TEXTS).mapToObj(i -> text(i).replace("[emoji-cake]", "🍰")).toList(),
          told.stream()
              .limit(TEXTS)
              .map(entry -> ((Content.Text) entry.content()).text())
              .toList());
      assertEquals("a bell   and a zero  .", ((Content.Text) told.getLast().content()).text());
      Event.Entry first = told.getFirst();
      assertEquals(BEGIN.toInstant(ZoneOffset.UTC).toEpochMilli(), first.time());
      assertEquals("小明", first.author().name());
      List<Event.Entry> files =
          said.stream().filter(e -> e.content() instanceof Content.File).toList();
      assertEquals(FILES + 1, files.size());
      List<Event.Entry> all =
          said.stream()
              .filter(entry -> !entry.author().name().equals("dora"))
              .filter(
                  e -> e.content() instanceof Content.File || e.content() instanceof Content.Text)
              .toList();
      for (int i = 0; i < FILES; i++) {
        assertEquals(told.get(50 * i), all.get(all.indexOf(files.get(i)) - 1), "file " + i);
      }
      ming.fetches(files.getLast(), folder.resolve("odd"));
      assertEquals("is not empty", Files.readString(folder.resolve("odd")));
      for (int i : List.of(0, 57, FILES - 1)) {
        Path target = folder.resolve("fetched" + i);
        ming.fetches(files.get(i), target);
        assertArrayEquals(contents.get(i), Files.readAllBytes(target));
        assertEquals("文件 " + i + ".bin", ((Content.File) files.get(i).content()).name());
      }
      ming.knows(alice, Relation.FRIEND);
      long room = ming.meets(alice);
      List<Event.Entry> talk =
          TestUser.get(alice.client().history(room, Command.Direction.BEFORE, 0, 100)).entries();
      assertEquals(
          IntStream.range(0, 20).mapToObj(i -> "private " + i).toList(),
          talk.stream()
              .filter(e -> e.content() instanceof Content.Text)
              .map(e -> ((Content.Text) e.content()).text())
              .toList());
      assertEquals(1, ming.finds("\"第 4711 句话\"").size());
      assertEquals(1, ming.finds("\"第 4711 句话\" before:2021-07-01").size());
      assertEquals(0, ming.finds("\"第 4711 句话\" after:2021-07-01").size());
      ClientEvent.Entered entered =
          alice.first("entering", e -> e instanceof ClientEvent.Entered x ? x : null);
      entered
          .rooms()
          .forEach(view -> assertEquals(0, view.state().unread(), "nothing of it is new to her"));
    }
    TestUser stranger = TestUser.named("bob", server, folder.resolve("wrong"));
    stranger.client().start();
    assertEquals(
        Problem.PASSWORD_WRONG, TestUser.refusal(stranger.client().logIn("bob", "wrong1234")));
    stranger.close();
  }

  private TestUser somebody(String name) throws IOException {
    TestUser friend = TestUser.named(name, server, folder.resolve("profiles"));
    friend.client().start();
    TestUser.get(friend.client().logIn(name, PASSWORD));
    friend.first("entering", e -> e instanceof ClientEvent.Entered entered ? entered : null);
    return friend;
  }

  /** All of the Lobby, in its order. */
  private static List<Event.Entry> said(TestUser who) {
    List<Event.Entry> all = new ArrayList<>();
    while (true) {
      long number = all.isEmpty() ? 0 : all.getLast().number();
      Reply.Page page =
          TestUser.get(who.client().history(TestUser.LOBBY, Command.Direction.AFTER, number, 200));
      if (page.entries().isEmpty()) {
        return all;
      }
      all.addAll(page.entries());
    }
  }

  @Test
  @Order(3)
  void theSameAgainChangesNothing() throws Exception {
    dora.saysAndHears("bob has not read this");
    String before = head();
    Ended ended = imports();
    assertEquals(0, ended.code(), ended.out());
    contains(
        ended.out(),
        "people 0 new 4 there already 3 refused",
        "friends 0 new 1 there already",
        "texts 0 new 20,002 there already 3 refused",
        "files 0 new 301 there already",
        "private texts 0 new 20 there already");
    assertEquals(before, head());
    try (TestUser bob = somebody("bob")) {
      assertTrue(bob.lobby().state().unread() > 0, "what is new is not taken for read");
    }
    Ended renamed =
        imports(
            "seed",
            database.toString(),
            "--data",
            server.data().toString(),
            "--zone",
            "Asia/Shanghai",
            "--as",
            "x".repeat(40) + "=Xaver",
            "--reorder");
    contains(
        renamed.out(),
        "texts 0 new 20,002 there already 3 refused",
        "files 0 new 301 there already",
        "private texts 0 new 20 there already",
        "put in order 0 moved");
    assertEquals(before, head());
    contains(renamed.out(), "people 1 new 4 there already 2 refused");
    somebody("Xaver").close();
  }

  private String head() throws IOException {
    return Long.toString(said(dora).getLast().number());
  }

  @Test
  @Order(4)
  void noPasswordIsLeftAnywhere() throws Exception {
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(
        server.data(),
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (attributes.isRegularFile()
                && new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                    .contains(PASSWORD)) {
              found.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    assertEquals(List.of(), found);
    assertFalse(isUnderWayIn(server.data().resolve("run")), "what was on its way is gone");
  }

  @Test
  @Order(5)
  void wordsThatMakeNoSenseChangeNothing() throws Exception {
    String earlier = new UUID(1, 2).toString();
    contains(imports("alice", "", "1", "said with 🎂", earlier).raw(), "imported");
    contains(said("alice", "", "1", "said with 🍰", earlier), "under its id");
    String before = head();
    String id = new UUID(1, 1).toString();
    for (String line :
        List.of("import", "import texts a b", "import persons alice abc123", "import file")) {
      usage(server.ask(line.split(" ")), "import KIND WORD...");
    }
    usage(imports("alice", "", "1", "no id", "no id at all"), "no id at all");
    usage(imports("alice", "", "noon", "when?", id), "noon");
    contains(said("carol", "", "1", "who?", id), "refused nobody was taken in as carol");
    contains(said("alice", "alice", "1", "to myself", id), "refused it takes two to talk");
    contains(said("alice", "", "1", " \n ", id), "refused there is nothing in it");
    contains(said("alice", "", "1", "bell \u0007", id), "refused control characters");
    contains(said("alice", "", "1", "x".repeat(17_000), id), "refused at most 16384 bytes");
    contains(
        server.ask("import", "friends", "alice", "alice").raw(),
        "nobody is a friend of themselves");
    AdminAnswer noFile =
        server.ask(
            "import", "file", id, "alice", "1", "a.txt", folder.resolve("no file").toString());
    assertFalse(noFile.isDone());
    contains(noFile.raw(), "no file");
    assertEquals(before, head());
  }

  private static void usage(AdminAnswer answer, String why) {
    AdminAnswer.Refused refused = assertInstanceOf(AdminAnswer.Refused.class, answer);
    assertEquals("usage", refused.code());
    assertEquals(2, refused.exit());
    contains(refused.message(), why);
  }

  private AdminAnswer imports(String author, String peer, String time, String text, String id)
      throws IOException {
    return server.ask("import", "texts", id, author, peer, time, text);
  }

  /** The outcome and why. */
  private String said(String author, String peer, String time, String text, String id)
      throws IOException {
    Json outcome = imports(author, peer, time, text, id).result().objects("outcomes").getFirst();
    return outcome.text("outcome") + " " + outcome.text("why");
  }

  @Test
  @Order(6)
  void whatIsNoSuchDatabaseIsSaid() throws Exception {
    String data = server.data().toString();
    Path text = Files.writeString(folder.resolve("text.db"), "hello, I am a text ".repeat(100));
    Path other = folder.resolve("other.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + other);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE SOMETHING (ID INTEGER)");
    }
    contains(refused(1, "seed", folder.resolve("none.db").toString(), "--data", data), "no file");
    contains(refused(1, "seed", text.toString(), "--data", data), "no database of the chat room");
    contains(refused(1, "seed", other.toString(), "--data", data), "no table USERINFO");
    contains(refused(1, "seed", database.toString(), "--data", folder.toString()), "no server");
    contains(refused(2, "seed", database.toString(), "--zone"), "--zone needs a value");
    contains(refused(2, "mattermost", database.toString()), "import seed FILE");
    contains(refused(2, "seed", database.toString(), "--data", data, "--as", "alice"), "OLD=NEW");
  }

  private String refused(int code, String... line) throws IOException, InterruptedException {
    Ended ended = imports(line);
    assertEquals(code, ended.code(), ended.out());
    return ended.out();
  }
}
