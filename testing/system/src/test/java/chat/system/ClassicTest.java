// SPDX-License-Identifier: Apache-2.0
package chat.system;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.admin.client.AdminAnswer;
import chat.admin.client.ServerReport;
import chat.client.ClientEvent;
import chat.protocol.Command;
import chat.protocol.ContactAction;
import chat.protocol.Content;
import chat.protocol.Event;
import chat.protocol.Problem;
import chat.protocol.Relation;
import chat.protocol.Reply;
import chat.protocol.RoomInfo;
import chat.prove.VerificationRun;
import chat.prove.client.ClassicClient;
import chat.prove.client.RawClient;
import chat.prove.report.Report;
import chat.prove.server.Builds;
import chat.prove.server.Program;
import chat.prove.server.ServerProcess;
import chat.prove.server.Waits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The original client and ours at one server, which is exchanged while they chat. */
@Timeout(300)
class ClassicTest {
  /** Messages that are more than what the sockets between a server and a client hold. */
  private static final int FLOOD = 4_000;

  @TempDir Path folder;
  private ServerProcess server;
  private int port;

  @BeforeEach
  void startServer() throws IOException {
    server = ServerProcess.on(folder.resolve("data"), ServerProcess.Store.SQLITE);
    Files.writeString(listener(), configured("127.0.0.1"));
    server.start();
    port = classicPort();
  }

  @AfterEach
  void stopServer() throws InterruptedException {
    server.close();
  }

  private Path listener() {
    return folder.resolve("data/conf/chat.connection.netty-classic.config");
  }

  /** The sample that is shipped, on a free port. */
  private static String configured(String host) throws IOException {
    return Files.readString(
            Program.own().home().resolve("conf/chat.connection.netty-classic.config.sample"))
        .replace("port=I\"65435\"", "port=I\"0\"")
        .replace("host=\"127.0.0.1\"", "host=\"" + host + "\"");
  }

  private int classicPort() throws IOException {
    return listening().orElseThrow().port();
  }

  private Optional<ServerReport.Listener> listening() throws IOException {
    return server.admin().status().listener("classic");
  }

  private ClassicClient classic(String name) throws IOException {
    return ClassicClient.named(name, port);
  }

  private TestUser friend(String name) throws IOException {
    return TestUser.named(name, server, folder.resolve("profiles"));
  }

  private void swap(String part) throws IOException {
    AdminAnswer answer = server.ask("swap", Builds.newer(part, folder).toString());
    assertTrue(answer.isDone(), answer.raw());
  }

  private static byte[] content(int size) {
    byte[] content = new byte[size];
    new Random(size).nextBytes(content);
    return content;
  }

  private Path file(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content);
  }

  @Test
  void bothKindsTalk() throws IOException {
    try (TestUser nora = friend("nora").registers();
        ClassicClient carl = classic("carl").registers();
        ClassicClient dave = classic("dave").registers()) {
      carl.hears("105 dave");
      assertEquals(List.of("nora", "carl", "dave"), List.copyOf(dave.people()));
      carl.says("Hello, 世界 😀");
      nora.hears(TestUser.LOBBY, text("Hello, 世界 😀"));
      dave.hears("301 carl: Hello, 世界 😀");
      nora.says("good evening");
      carl.hears("301 nora: good evening");
      dave.hears("301 nora: good evening");
      dave.saysEmoji("[emoji-cake]");
      nora.hears(TestUser.LOBBY, text("🍰"));
      carl.hears("601 dave: [emoji-cake]");
      nora.says("🥘");
      carl.hears("601 nora: [emoji-hotpot]");
      assertEquals(List.of(), carl.heard("301 carl"), "nobody hears oneself");
      for (int i = 1; i <= 5; i++) {
        String name = "guest" + i;
        try (TestUser guest = friend(name).registers()) {
          guest.says("I am new");
          carl.hears("301 " + name + ": I am new");
          List<String> heard = carl.heard();
          assertTrue(
              heard.contains("105 " + name)
                  && heard.indexOf("105 " + name) < heard.indexOf("301 " + name + ": I am new"),
              () -> "login is heard first: " + heard);
        }
      }
      assertEquals(List.of(), carl.troubles());
      assertEquals(List.of(), dave.troubles());
      List<String> last = IntStream.range(0, 20).mapToObj(i -> "last words " + i).toList();
      dave.saysAndResets(last);
      carl.hears("301 dave: last words 19");
      assertEquals(last, carl.heard("301 dave: "));
    }
  }

  private static Predicate<Content> text(String wanted) {
    return content -> content instanceof Content.Text said && said.text().equals(wanted);
  }

  @Test
  void theDoorAnswersAsTheOriginalDoes() throws IOException {
    try (ClassicClient carl = classic("carl");
        ClassicClient again = classic("carl");
        ClassicClient nobody = classic("nobody")) {
      assertEquals("201", carl.asksToRegister());
      assertEquals("202", again.asksToRegister());
      assertEquals("102", carl.asksToLogIn("wrong1"));
      assertEquals("103", nobody.asksToLogIn("wrong1"));
      assertEquals("101", carl.asksToLogIn(ClassicClient.PASSWORD));
      carl.enters();
      assertEquals("104", again.asksToLogIn(ClassicClient.PASSWORD));
      carl.close();
      String answer = "104";
      while (answer.equals("104")) {
        Waits.moment();
        answer = again.asksToLogIn(ClassicClient.PASSWORD);
      }
      assertEquals("101", answer);
    }
  }

  /** From one address, with the limits that a server has by default. */
  @Test
  void aClassRegistersInOneMinuteAndTalks() throws Exception {
    long begin = System.nanoTime();
    List<ClassicClient> pupils = new ArrayList<>();
    try (TestUser nora = friend("nora").registers()) {
      List<FutureTask<ClassicClient>> coming =
          IntStream.range(0, 30)
              .mapToObj(i -> new FutureTask<>(() -> classic("pupil" + i).registers()))
              .toList();
      coming.forEach(each -> Thread.ofPlatform().start(each));
      for (FutureTask<ClassicClient> each : coming) {
        pupils.add(each.get());
      }
      assertTrue(System.nanoTime() - begin < 60_000_000_000L, "a minute has passed");
      for (ClassicClient pupil : pupils) {
        pupil.says("I am " + pupil.name());
        nora.hears(TestUser.LOBBY, text("I am " + pupil.name()));
      }
      for (ClassicClient pupil : pupils) {
        int last = pupil.name().equals("pupil29") ? 28 : 29;
        pupil.hears("301 pupil" + last + ": I am pupil" + last);
        assertEquals(List.of(), pupil.troubles());
      }
    } finally {
      for (ClassicClient pupil : pupils) {
        pupil.close();
      }
    }
  }

  @Test
  void comingAndGoingIsSeenByBoth() throws IOException {
    try (TestUser nora = friend("nora").registers();
        ClassicClient carl = classic("carl").registers()) {
      try (ClassicClient dave = classic("dave").registers();
          TestUser olga = friend("olga").registers()) {
        seesComing(nora, "dave");
        carl.hears("105 dave");
        carl.hears("105 olga");
        dave.hears("105 olga");
        assertEquals(List.of(), dave.troubles());
      }
      carl.hears("800 dave");
      carl.hears("800 olga");
      nora.seesGoing("dave");
      assertFalse(carl.people().contains("dave"));
      assertEquals(List.of(), carl.troubles());
    }
  }

  private static void seesComing(TestUser friend, String name) {
    friend.first(
        name + " comes",
        event ->
            event instanceof ClientEvent.Presence presence
                    && presence.came().stream().anyMatch(each -> each.name().equals(name))
                ? presence
                : null);
  }

  @Test
  void historyAndFilesAreThereAtTheNextStart() throws IOException {
    try (TestUser nora = friend("nora").registers();
        ClassicClient carl = classic("carl").registers()) {
      for (int i = 1; i <= 7; i++) {
        nora.says(TestUser.LOBBY, "text " + i);
        nora.sendsFile(file("file" + i + ".txt", content(10 + i)));
      }
      carl.hears("301 nora: text 7");
      carl.until("for the last file", () -> carl.files().contains("file7.txt"));
    }
    try (ClassicClient dave = classic("dave").registers()) {
      assertEquals(
          List.of("nora: text 7", "nora: text 6", "nora: text 5", "nora: text 4", "nora: text 3"),
          dave.history());
      assertEquals(
          List.of("file7.txt", "file6.txt", "file5.txt", "file4.txt", "file3.txt"),
          List.copyOf(dave.files()));
      assertEquals(List.of(), dave.troubles());
    }
  }

  @Test
  void filesGoBothWays() throws IOException {
    byte[] large = content(700_000);
    try (TestUser nora = friend("nora").registers();
        ClassicClient carl = classic("carl").registers();
        ClassicClient dave = classic("dave").registers()) {
      carl.sends("picture.png", large);
      dave.hears("701 carl: picture.png");
      Event.Entry entry = nora.hearsOfFile("picture.png");
      nora.fetches(entry, folder.resolve("fetched.png"));
      assertArrayEquals(large, Files.readAllBytes(folder.resolve("fetched.png")));
      nora.sendsFile(file("notes.txt", "what was noted\n\n漢".getBytes(StandardCharsets.UTF_8)));
      carl.hears("701 nora: notes.txt");
      carl.fetches("notes.txt");
      carl.hears("290 notes.txt");
      assertEquals("what was noted\n\n漢", carl.downloaded("notes.txt"));
      carl.fetches("picture.png");
      carl.hears("291");
      carl.sends("empty.txt", new byte[0]);
      dave.hears("701 carl: empty.txt");
      assertEquals(List.of(), carl.troubles());
      assertEquals(List.of(), dave.troubles());
    }
  }

  @Test
  void friendsAndPrivateTexts() throws IOException {
    try (TestUser nora = friend("nora").registers()) {
      try (ClassicClient carl = classic("carl").registers();
          ClassicClient dave = classic("dave").registers()) {
        carl.befriends("dave");
        carl.hears("901 dave");
        dave.hears("905 carl");
        dave.hearsOf(line -> line.startsWith("301 <Server>: carl wants to be your friend"));
        carl.saysTo("dave", "psst");
        dave.hears("303 carl: psst");
        dave.befriends("carl");
        dave.hearsOf(line -> line.startsWith("301 <Server>: You and carl are friends"));
        dave.saysTo("carl", "yes?");
        carl.hears("303 dave: yes?");
        carl.saysTo("nora", "and you?");
        long room = roomOfTwo(nora, "carl");
        nora.sees(room, List.of("and you?"));
        nora.says(room, "me too");
        carl.hears("303 nora: me too");
        carl.saysTo("nobody at all", "hello?");
        carl.hears("903");
        assertEquals(List.of(), carl.troubles());
        assertEquals(List.of(), dave.troubles());
      }
      try (ClassicClient carl = classic("carl").logsIn()) {
        carl.saysTo("dave", "when you are back");
        carl.hears("304 dave");
      }
      try (ClassicClient dave = classic("dave").logsIn()) {
        assertEquals(List.of("carl"), List.copyOf(dave.friends()));
        assertTrue(dave.privateHistory("carl").contains("\tpsst\n"));
        assertTrue(dave.privateHistory("carl").contains("\twhen you are back\n"));
        assertEquals(List.of(), dave.troubles());
      }
    }
  }

  private static long roomOfTwo(TestUser friend, String peer) {
    return friend.first(
        "a room with " + peer,
        event ->
            event instanceof ClientEvent.Opened opened
                    && opened.room().info().peer().name().equals(peer)
                ? opened.room().room()
                : null);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "chat.storage.sqlite",
        "chat.server",
        "chat.protocol.classic",
        "chat.connection.netty"
      })
  void nothingIsLostOrDoubledWhileAPartIsExchanged(String part) throws Exception {
    try (TestUser nora = friend("nora").registers();
        ClassicClient carl = classic("carl").registers();
        ClassicClient dave = classic("dave").registers()) {
      List<String> ofCarl = new ArrayList<>();
      List<String> ofNora = new ArrayList<>();
      AtomicBoolean enough = new AtomicBoolean();
      FutureTask<Integer> talk =
          new FutureTask<>(() -> {
            int said = 0;
            while (!enough.get()) {
              said++;
              carl.says("carl " + said);
              nora.says("nora " + said);
              Thread.sleep(10);
            }
            return said;
          });
      Thread.ofPlatform().start(talk);
      for (int swap = 1; swap <= 5; swap++) {
        dave.hears("301 carl: carl " + 30 * swap);
        swap(part);
      }
      enough.set(true);
      int last = talk.get();
      assertTrue(last > 50, "hardly anything was said");
      IntStream.rangeClosed(1, last)
          .forEach(i -> {
            ofCarl.add("carl " + i);
            ofNora.add("nora " + i);
          });
      dave.hears("301 carl: carl " + last);
      dave.hears("301 nora: nora " + last);
      carl.hears("301 nora: nora " + last);
      nora.hears(
          RoomInfo.LOBBY,
          content -> content instanceof Content.Text text && text.text().equals("carl " + last));
      assertEquals(ofCarl, dave.heard("301 carl: "));
      assertEquals(ofNora, dave.heard("301 nora: "));
      assertEquals(ofNora, carl.heard("301 nora: "));
      assertEquals(ofCarl, saidBy(nora, "carl"));
      assertEquals(List.of(), carl.heard("301 carl: "));
      assertEquals(List.of(), dave.heard("800"), "nobody is seen going");
      assertEquals(List.of(), dave.heard("105"), "nor coming");
      assertEquals(List.of(), carl.troubles());
      assertEquals(List.of(), dave.troubles());
    }
  }

  private static List<String> saidBy(TestUser listener, String author) {
    return listener.entries().stream()
        .filter(entry -> entry.author().name().equals(author))
        .map(Event.Entry::content)
        .filter(Content.Text.class::isInstance)
        .map(content -> ((Content.Text) content).text())
        .toList();
  }

  @Test
  void fiftyMegabytesOutliveTheServerAndItsParts() throws Exception {
    byte[] large = content(50 << 20);
    List<String> parts =
        List.of(
            "chat.server",
            "chat.protocol.classic",
            "chat.storage.sqlite",
            "chat.connection.netty",
            "chat.server");
    try (TestUser nora = friend("nora").registers();
        ClassicClient carl = classic("carl").registers()) {
      carl.send(("7\r\nfilm.mp4\r\n" + large.length + "\n\n").getBytes(StandardCharsets.UTF_8));
      int share = large.length / parts.size();
      for (int i = 0; i < parts.size(); i++) {
        byte[] some = Arrays.copyOfRange(large, i * share, (i + 1) * share);
        FutureTask<Void> sending =
            new FutureTask<>(() -> {
              carl.send(some);
              return null;
            });
        Thread.ofPlatform().start(sending);
        swap(parts.get(i));
        sending.get();
      }
      Event.Entry entry = nora.hearsOfFile("film.mp4");
      carl.says("done");
      nora.hears(TestUser.LOBBY, text("done"));
      nora.fetches(entry, folder.resolve("fetched.mp4"));
      assertEquals(-1, Files.mismatch(file("film.mp4", large), folder.resolve("fetched.mp4")));
      assertEquals(List.of(), carl.troubles());
    }
  }

  @Test
  void originalClientsAmongManyOthersOutliveEverything() throws Exception {
    Report report =
        VerificationRun.of(
            server,
            folder,
            "--seconds",
            "15",
            "--every",
            "0.5",
            "--clients",
            "4",
            "--rate",
            "100",
            "--classic",
            "3",
            "--swap",
            "protocol,server,storage,connection");
    assertTrue(report.isFine(), report::toString);
  }

  @Test
  void whoIsStillAtTheDoorDoesNotNoticeAnExchange() throws IOException {
    try (TestUser nora = friend("nora").registers();
        ClassicClient carl = classic("carl")) {
      swap("chat.server");
      assertEquals("201", carl.asksToRegister());
      swap("chat.protocol.classic");
      assertEquals("101", carl.asksToLogIn(ClassicClient.PASSWORD));
      nora.says(TestUser.LOBBY, "said before the window was filled");
      swap("chat.server");
      swap("chat.connection.netty");
      carl.enters();
      assertEquals(List.of("nora: said before the window was filled"), carl.history());
      nora.says("and after");
      carl.hears("301 nora: and after");
      assertEquals(List.of("and after"), carl.heard("301 nora: "), "nothing twice");
      assertEquals(List.of(), carl.troubles());
    }
  }

  @Test
  void aFileMayBeOfferedWithoutItsHashAndIsKnownAgain() throws Exception {
    byte[] content = content(20_000);
    byte[] none = new byte[0];
    UUID id = UUID.randomUUID();
    Command.StartUpload offer =
        new Command.StartUpload(id, TestUser.LOBBY, "a.bin", "", content.length, none);
    try (RawClient client = RawClient.entered(server, "raw")) {
      assertEquals(new Reply.UploadStarted(id, 0), client.ask(offer));
      Reply posted = client.ask(new Command.UploadChunk(id, 0, content));
      Reply.Posted at = assertInstanceOf(Reply.Posted.class, posted);
      assertEquals(at, client.ask(offer), "the same again");
      assertEquals(
          Problem.ID_TAKEN,
          client.refusal(
              new Command.StartUpload(id, TestUser.LOBBY, "b.bin", "", content.length, none)));
      Reply.Page page =
          assertInstanceOf(Reply.Page.class, client.ask(new Command.Files(TestUser.LOBBY, 0, 10)));
      Content.File file = assertInstanceOf(Content.File.class, page.entries().getLast().content());
      assertArrayEquals(MessageDigest.getInstance("SHA-256").digest(content), file.sha256());
    }
  }

  @Test
  void behindAClientThatDoesNotReadNobodyWaitsAndThenItHearsEverything() throws IOException {
    try (TestUser nora = friend("nora").registers();
        ClassicClient carl = classic("carl").registers();
        ClassicClient dave = classic("dave").registers()) {
      carl.stands(true);
      List<String> all = new ArrayList<>();
      for (int i = 1; i <= FLOOD; i++) {
        nora.says("flood " + i);
        all.add("flood " + i);
      }
      dave.hears("301 nora: flood " + FLOOD);
      assertEquals(all, dave.heard("301 nora: "));
      try (ClassicClient emil = classic("emil").registers()) {
        dave.hears("105 emil");
      }
      dave.hears("800 emil");
      carl.stands(false);
      carl.hears("301 nora: flood " + FLOOD);
      assertEquals(all, carl.heard("301 nora: "));
      assertEquals(List.of(), carl.troubles());
      assertEquals(List.of(), dave.troubles());
    }
  }

  @Test
  void nobodyForgesAnothersLine() throws IOException {
    String forged = "hello\r\nmallory\t2026-11-23 12:00:00\tforged\t\r\n301anna\r\n6\n\nforged";
    try (TestUser nora = friend("nora").registers();
        ClassicClient carl = classic("carl").registers()) {
      nora.says(forged);
      carl.hearsOf(line -> line.startsWith("301 nora: hello"));
      nora.sendsFile(file("a\tb.txt", content(10)));
      carl.says(forged);
      carl.says("4\n\n5\n\ncarl");
      nora.hears(TestUser.LOBBY, text("4\n\n5\n\ncarl"));
      assertEquals(List.of(), carl.troubles());
    }
    try (ClassicClient dave = classic("dave").registers()) {
      assertEquals(3, dave.history().size());
      for (String line : dave.history()) {
        assertTrue(line.startsWith("nora: ") || line.startsWith("carl: "), line);
      }
      dave.send("2x\r\ny\r\nz\n\n".getBytes(StandardCharsets.UTF_8));
      dave.hears("900");
    }
    try (ClassicClient tab = ClassicClient.named("a\tb", port);
        ClassicClient server = ClassicClient.named("x\u0007y", port)) {
      assertEquals("202", tab.asksToRegister());
      assertEquals("202", server.asksToRegister());
    }
  }

  @Test
  void itIsSwitchedOnAndOffWhileOthersChat() throws IOException {
    String content = Files.readString(listener());
    try (TestUser nora = friend("nora").registers();
        ClassicClient carl = classic("carl").registers()) {
      assertTrue(server.ask("part", "stop", "chat.protocol.classic").isDone());
      carl.says("said while nobody understood");
      nora.says("heard later");
      nora.hears(nora, "heard later");
      ClassicClient early = classic("early");
      assertTrue(server.ask("part", "start", "chat.protocol.classic").isDone());
      early.registers().close();
      nora.hears(TestUser.LOBBY, text("said while nobody understood"));
      carl.hears("301 nora: heard later");
      assertEquals(List.of(), carl.troubles());
      Files.delete(listener());
      while (listening().isPresent()) {
        Waits.moment();
      }
      nora.seesGoing("carl");
      nora.says("still here");
      nora.hears(nora, "still here");
      assertEquals(0, nora.losses(), "a native client was cut off");
      Files.writeString(listener(), content);
      while (listening().isEmpty()) {
        Waits.moment();
      }
      port = classicPort();
      try (ClassicClient dave = classic("dave").registers()) {
        dave.says("back again");
        nora.hears(TestUser.LOBBY, text("back again"));
        assertEquals(List.of(), dave.troubles());
      }
    }
  }

  @Test
  void plainTextForAllMustBeWantedAndIsWarnedOf() throws Exception {
    assertEquals("", listening().orElseThrow().warning(), "no warning on loopback");
    server.stop();
    Files.writeString(listener(), configured("0.0.0.0"));
    assertEquals(1, server.startAndFail());
    assertTrue(server.output().contains("plainForAll"), server.output());
    Files.writeString(listener(), configured("0.0.0.0") + "plainForAll=B\"true\"\n");
    server.start();
    String warning = listening().orElseThrow().warning();
    assertTrue(warning.contains("no TLS on 0.0.0.0"), warning);
    assertTrue(
        Files.readString(server.data().resolve("log/chatroom.log"))
            .contains("Listener classic has no TLS on 0.0.0.0"));
  }

  @Test
  void withoutItsConfigurationNobodyListens() throws Exception {
    server.stop();
    Files.delete(listener());
    server.start();
    assertEquals(Optional.empty(), listening());
    assertTrue(Files.exists(listener().resolveSibling(listener().getFileName() + ".sample")));
  }

  @Test
  void aNativeFriendSaysYes() throws IOException {
    try (TestUser nora = friend("nora").registers();
        ClassicClient carl = classic("carl").registers()) {
      carl.befriends("nora");
      carl.hears("901 nora");
      nora.knows(carl.name(), Relation.INCOMING);
      long account = TestUser.get(nora.client().who("carl")).person().account();
      nora.sets(new Command.UpdateContact(account, ContactAction.ACCEPT));
      nora.knows(carl.name(), Relation.FRIEND);
      carl.says("are we friends?");
      nora.hears(TestUser.LOBBY, text("are we friends?"));
      assertEquals(List.of(), carl.heard("905"), "nora is in the list already");
      assertTrue(carl.friends().contains("nora"));
      assertEquals(List.of(), carl.troubles());
    }
  }
}
