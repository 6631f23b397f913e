// SPDX-License-Identifier: Apache-2.0
package chat.system;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.admin.client.AdminAnswer;
import chat.client.ClientEvent.Transfer;
import chat.protocol.Command.Direction;
import chat.protocol.Content;
import chat.protocol.Event;
import chat.protocol.Problem;
import chat.protocol.Reply;
import chat.prove.server.Builds;
import chat.prove.server.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What people do with a chat, over TLS against the assembled server, on each store. */
class DialogueTest {

  @Nested
  @Tag("quick")
  class OnSqlite extends Dialogues {
    OnSqlite() {
      super(ServerProcess.Store.SQLITE);
    }
  }

  @Nested
  class InMemory extends Dialogues {
    InMemory() {
      super(ServerProcess.Store.MEMORY);
    }
  }

  @Timeout(300)
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  abstract static class Dialogues {
    private final ServerProcess.Store store;
    private Path folder;
    private ServerProcess server;
    private int people;

    Dialogues(ServerProcess.Store store) {
      this.store = store;
    }

    @BeforeAll
    void startServer(@TempDir Path temporary) throws IOException {
      folder = temporary;
      server = ServerProcess.on(folder.resolve("data"), store).start();
    }

    @AfterAll
    void stopServer() throws InterruptedException {
      server.close();
    }

    /** Names are never used twice, so that the dialogues can share a server. */
    private TestUser somebody(String name) throws IOException {
      return TestUser.named(name + ++people, server, folder.resolve("profiles"));
    }

    private Path file(String name, int size) throws IOException {
      byte[] bytes = new byte[size];
      new Random(size).nextBytes(bytes);
      return Files.write(folder.resolve(name), bytes);
    }

    @Test
    void aliceAndBobTalk() throws IOException {
      try (TestUser alice = somebody("alice").registers();
          TestUser bob = somebody("bob").registers()) {
        alice.seesComing(bob);
        alice.says("Hello, Bob!");
        bob.hears(alice, "Hello, Bob!");
        bob.says("你好 👋 – مرحبا");
        alice.hears(bob, "你好 👋 – مرحبا");
        alice.says("🎂");
        bob.hears(alice, "🎂");
        alice.says("two\nlines\twith a tab");
        bob.hears(alice, "two\nlines\twith a tab");
        alice.heardEverythingOnce();
        bob.heardEverythingOnce();
      }
    }

    @Test
    void eachRefusalAtTheDoorSaysWhy() throws IOException {
      try (TestUser carol = somebody("carol").registers();
          TestUser stranger = somebody("stranger")) {
        stranger.client().start();
        assertEquals(
            Problem.NAME_TAKEN,
            TestUser.refusal(stranger.client().register(carol.name(), TestUser.PASSWORD, "")));
        assertEquals(
            Problem.NAME_TAKEN,
            TestUser.refusal(
                stranger
                    .client()
                    .register(carol.name().toUpperCase(Locale.ROOT), TestUser.PASSWORD, "")));
        assertEquals(
            Problem.PASSWORD_WRONG,
            TestUser.refusal(stranger.client().logIn(carol.name(), "not the password")));
        assertEquals(
            Problem.ACCOUNT_UNKNOWN,
            TestUser.refusal(stranger.client().logIn("nobody at all", TestUser.PASSWORD)));
        assertEquals(
            Problem.PASSWORD_INVALID,
            TestUser.refusal(stranger.client().register("shorty", "short", "")));
        for (String name :
            List.of("", " padded ", "new\nline", "zero\u200bwidth", "x".repeat(33))) {
          assertEquals(
              Problem.NAME_INVALID,
              TestUser.refusal(stranger.client().register(name, TestUser.PASSWORD, "")),
              "name '" + name + "'");
        }
        assertEquals(
            Problem.INVITATION_INVALID,
            TestUser.refusal(
                stranger.client().register("guest", TestUser.PASSWORD, "no such code")));
      }
    }

    @Test
    void onEnteringTheLastFiveMessagesAndFilesAreShown() throws IOException {
      try (TestUser dora = somebody("dora").registers()) {
        for (int i = 1; i <= 7; i++) {
          dora.saysAndHears("message " + i);
          dora.sendsFile(file("file" + i + ".bin", 1000 + i));
        }
        try (TestUser emil = somebody("emil").registers()) {
          List<String> texts =
              emil.lobby().entries().stream()
                  .filter(e -> e.content() instanceof Content.Text)
                  .map(e -> ((Content.Text) e.content()).text())
                  .toList();
          assertEquals(
              List.of("message 3", "message 4", "message 5", "message 6", "message 7"), texts);
          List<String> files =
              emil.lobby().files().stream().map(e -> ((Content.File) e.content()).name()).toList();
          assertEquals(
              List.of("file3.bin", "file4.bin", "file5.bin", "file6.bin", "file7.bin"), files);
          Event.Entry oldest = emil.lobby().entries().getFirst();
          Reply.Page older =
              TestUser.get(
                  emil.client().history(TestUser.LOBBY, Direction.BEFORE, oldest.number(), 3));
          assertEquals(
              List.of(oldest.number() - 3, oldest.number() - 2, oldest.number() - 1),
              older.entries().stream().map(Event.Entry::number).toList());
          Reply.Page moreFiles =
              TestUser.get(
                  emil.client().files(TestUser.LOBBY, emil.lobby().files().getFirst().number(), 2));
          assertEquals(
              List.of("file1.bin", "file2.bin"),
              moreFiles.entries().stream().map(e -> ((Content.File) e.content()).name()).toList());
        }
      }
    }

    @Test
    void comingAndGoingIsSeenAndSeveralDevicesCountOnce() throws IOException {
      try (TestUser fred = somebody("fred").registers();
          TestUser gina = somebody("gina").registers()) {
        fred.seesComing(gina);
        assertTrue(gina.online().contains(fred.name()), gina.online().toString());
        assertTrue(gina.online().contains(gina.name()), gina.online().toString());
        Path profiles = folder.resolve("profiles");
        TestUser phone = TestUser.named(gina.name(), server, profiles, "-phone").logsIn();
        phone.says("from the phone");
        fred.hears(gina, "from the phone");
        gina.hears(gina, "from the phone");
        phone.close();
        fred.saysAndHears("are you still there?");
        gina.hears(fred, "are you still there?");
        TestUser.get(gina.client().logOut());
        fred.seesGoing(gina);
        fred.heardEverythingOnce();
        gina.heardEverythingOnce();
      }
    }

    @Test
    void filesArriveAsTheyWereSent() throws IOException {
      Path sent = file("picture 图片.png", 3_333_333);
      Path empty = file("empty.txt", 0);
      try (TestUser hans = somebody("hans").registers();
          TestUser ines = somebody("ines").registers()) {
        hans.sendsFile(sent);
        Event.Entry entry = ines.hearsOfFile("picture 图片.png");
        Content.File shown = assertInstanceOf(Content.File.class, entry.content());
        assertEquals(3_333_333, shown.size());
        Path got = folder.resolve("got" + store);
        ines.fetches(entry, got);
        assertArrayEquals(Files.readAllBytes(sent), Files.readAllBytes(got));

        hans.sendsFile(empty);
        Path gotEmpty = folder.resolve("empty" + store);
        ines.fetches(ines.hearsOfFile("empty.txt"), gotEmpty);
        assertEquals(0, Files.size(gotEmpty));
      }
    }

    @Test
    void fiftyMegabytesGoThroughAndOneByteMoreIsRefused() throws IOException {
      int limit = 50 << 20;
      Path largest = file("largest.bin", limit);
      Path tooLarge = file("too-large.bin", limit + 1);
      try (TestUser jan = somebody("jan").registers();
          TestUser kim = somebody("kim").registers()) {
        Transfer refused = jan.ends(jan.client().upload(TestUser.LOBBY, tooLarge));
        Transfer.Failed failed = assertInstanceOf(Transfer.Failed.class, refused.state());
        assertEquals(Problem.FILE_TOO_LARGE, failed.problem());
        assertEquals(0, refused.done(), "not a byte was sent");
        jan.sendsFile(largest);
        Path got = folder.resolve("largest" + store);
        kim.fetches(kim.hearsOfFile("largest.bin"), got);
        assertEquals(-1, Files.mismatch(largest, got));
        Files.delete(got);
      } finally {
        Files.delete(largest);
        Files.delete(tooLarge);
      }
    }

    @Test
    void textsThatCantBeAreRefusedAndTheOthersGoOn() throws IOException {
      try (TestUser lea = somebody("lea").registers();
          TestUser max = somebody("max").registers()) {
        UUID empty = lea.says("   ");
        UUID control = lea.says("bell\u0007");
        UUID large = lea.says("长".repeat(6_000));
        UUID fine = lea.says("fine");
        assertEquals(Problem.TEXT_EMPTY, lea.isRefused(empty));
        assertEquals(Problem.TEXT_INVALID, lea.isRefused(control));
        assertEquals(Problem.TOO_LARGE, lea.isRefused(large));
        lea.hears(fine);
        max.hears(lea, "fine");
        lea.says("x".repeat(16 << 10));
        max.hears(lea, "x".repeat(16 << 10));
      }
    }

    @Test
    void whoComesBackHearsWhatWasMissedOnceAndInOrder() throws IOException {
      TestUser nora = somebody("nora").registers();
      try (TestUser otto = somebody("otto").registers()) {
        otto.saysAndHears("before");
        nora.hears(otto, "before");
        Path profiles = folder.resolve("profiles");
        nora.close();
        for (int i = 0; i < 50; i++) {
          otto.saysAndHears("missed " + i);
        }
        try (TestUser again = TestUser.named(nora.name(), server, profiles).comesBack()) {
          assertTrue(
              again.lobby().resumed() || again.lobby().entries().size() >= 5,
              "nora is shown something");
          otto.says("after");
          again.hears(otto, "after");
          again.heardEverythingOnce();
        }
      }
    }

    @Test
    void aStorageSwapInTheMiddleIsNotNoticed() throws IOException {
      try (TestUser pia = somebody("pia").registers();
          TestUser quin = somebody("quin").registers()) {
        pia.saysAndHears("before the swap");
        String part = "chat.storage." + store.name().toLowerCase(Locale.ROOT);
        AdminAnswer answer = server.ask("swap", Builds.newer(part, folder).toString());
        // What is in memory alone can't be taken over: that is refused, and the old one goes on.
        assertEquals(store != ServerProcess.Store.MEMORY, answer.isDone(), answer.raw());
        pia.saysAndHears("after the swap");
        quin.hears(pia, "before the swap");
        quin.hears(pia, "after the swap");
        quin.heardEverythingOnce();
        assertEquals(0, pia.losses());
        assertEquals(0, quin.losses());
      }
    }

    @Test
    void loggingOutMakesTheTokenWorthless() throws IOException {
      TestUser rita = somebody("rita").registers();
      TestUser.get(rita.client().logOut());
      assertTrue(rita.client().rememberedName().isEmpty());
      rita.close();
      try (TestUser again = TestUser.named(rita.name(), server, folder.resolve("profiles"))) {
        again.logsIn();
        assertNotEquals(0, again.lobby().info().members());
      }
    }
  }
}
