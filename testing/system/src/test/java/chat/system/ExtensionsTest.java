// SPDX-License-Identifier: Apache-2.0
package chat.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.admin.client.AdminAnswer;
import chat.client.ClientEvent;
import chat.protocol.Content;
import chat.protocol.Event;
import chat.protocol.Problem;
import chat.prove.client.Load;
import chat.prove.history.History;
import chat.prove.server.Builds;
import chat.prove.server.Program;
import chat.prove.server.ServerProcess;
import chat.prove.server.Waits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Hooks and bots are added to a server, exchanged and taken away while people chat. */
@Timeout(300)
class ExtensionsTest {
  private static final ExampleBundle FILTER = new ExampleBundle("extensions", "wordfilter");
  private static final ExampleBundle DICE = new ExampleBundle("extensions", "roll");

  @TempDir Path folder;
  private ServerProcess server;

  @BeforeEach
  void server() throws IOException {
    server = ServerProcess.on(folder.resolve("data"), ServerProcess.Store.SQLITE);
    Files.writeString(server.data().resolve("conf/words.txt"), "darn\n-buy now\n");
  }

  private void done(String... words) throws IOException {
    AdminAnswer answer = server.ask(words);
    assertTrue(answer.isDone(), answer::raw);
  }

  private void install(Path jar) throws IOException {
    done("extension", "install", jar.toString());
  }

  /** From when the bot has come for the first time it hears everything. */
  private void installDice(TestUser user) throws IOException {
    install(DICE.jar());
    user.first(
        "the dice coming",
        e ->
            e instanceof ClientEvent.Added(Event.Entry entry)
                    && entry.content() instanceof Content.Joined
                    && entry.author().name().equals("dice")
                ? entry
                : null);
  }

  private String refused(Path jar) throws IOException {
    AdminAnswer answer = server.ask("extension", "install", jar.toString());
    assertFalse(answer.isDone(), answer::raw);
    return answer.raw();
  }

  private static void isRefused(TestUser user, String text) {
    var id = user.says(text);
    ClientEvent.Refusal refusal =
        user.first(
            "the refusal of " + text,
            e ->
                e instanceof ClientEvent.Pending pending && pending.id().equals(id)
                    ? pending.refused()
                    : null);
    assertEquals(Problem.TEXT_REFUSED, refusal.problem());
    assertEquals("A word in it is not wanted here.", refusal.detail());
    user.client().discard(id);
  }

  private static void saysAndHears(TestUser user, String said, String heard) {
    user.says(said);
    hearsText(user, heard);
  }

  private static void hearsText(TestUser user, String text) {
    user.hears(
        TestUser.LOBBY, content -> content instanceof Content.Text t && t.text().equals(text));
  }

  private static void rolls(TestUser user, int number) {
    user.says("/roll 1");
    user.first("roll " + number, e -> dice(user).size() == number ? e : null);
  }

  private static List<String> dice(TestUser user) {
    return user.book(TestUser.LOBBY).texts().stream()
        .filter(text -> text.startsWith("🎲"))
        .toList();
  }

  @Test
  void hooksAndBotsLiveThroughExchangesAndNothingIsLost() throws Exception {
    server.start();
    History history;
    try (Load load = new Load(server, "writer", 3, 100);
        TestUser nora = TestUser.named("nora", server, folder).registers()) {
      install(FILTER.jar());
      installDice(nora);
      saysAndHears(nora, "darn it", "**** it");
      isRefused(nora, "buy now");
      rolls(nora, 1);
      for (String part : List.of("chat.server", "chat.storage.sqlite", "chat.protocol.cbor")) {
        done("swap", Builds.newer(part, folder).toString());
        saysAndHears(nora, "darn " + part, "**** " + part);
      }
      rolls(nora, 2);
      install(FILTER.secondVersion(folder, "\"*\".repeat", "\"#\".repeat"));
      saysAndHears(nora, "darn it", "#### it");
      done("part", "stop", "chat.bots");
      nora.says("/roll 1");
      saysAndHears(nora, "nobody rolls", "nobody rolls");
      done("part", "start", "chat.bots");
      nora.first("what was said meanwhile", e -> dice(nora).size() == 3 ? e : null);
      done("extension", "install", DICE.secondVersion(folder, "🎲 ", "🎲 2nd ").toString());
      rolls(nora, 4);
      assertTrue(dice(nora).getLast().startsWith("🎲 2nd"), dice(nora)::toString);
      history = load.settle();
      assertEquals(0, load.losses(), "connections broke");
    }
    assertEquals(List.of(), history.violations());
    assertTrue(history.acknowledged() >= 300, "there was no load");
  }

  @Test
  void whatWasInstalledIsThereFromTheFirstTextOfTheNextStartUntilItIsRemoved() throws Exception {
    server.start();
    try (TestUser nora = TestUser.named("nora", server, folder).registers()) {
      install(FILTER.jar());
      installDice(nora);
      rolls(nora, 1);
      server.kill();
      nora.says("darn it");
      nora.says("/roll 1");
      Files.writeString(server.data().resolve("extensions/broken.jar"), "no bundle");
      server.start();
      hearsText(nora, "**** it");
      nora.first("dice", e -> dice(nora).size() == 2 ? e : null);
      assertTrue(
          Files.readString(server.data().resolve("log/chatroom.log")).contains("broken.jar"),
          "the log tells what is left out");
      done("extension", "remove", FILTER.id());
      done("extension", "remove", DICE.id());
      saysAndHears(nora, "darn it", "darn it");
      assertEquals("[]", server.ask("extension", "list").result().objects("extensions").toString());
      try (Stream<Path> left = Files.list(server.data().resolve("extensions"))) {
        assertEquals(
            List.of("broken.jar"),
            left.filter(Files::isRegularFile).map(each -> each.getFileName().toString()).toList());
      }
    }
  }

  @Test
  void whatDoesNotDoIsRefusedAndTheServerGoesOn() throws Exception {
    server.start();
    Path text = Files.writeString(folder.resolve("text.jar"), "no bundle");
    assertTrue(refused(text).contains("can't be read"), "no bundle");
    assertTrue(refused(folder.resolve("nowhere.jar")).contains("nowhere.jar"), "no file");
    assertTrue(
        refused(new ExampleBundle("plugins", "csv").jar()).contains("is no extension"),
        "a plug-in of the desktop");
    assertTrue(
        refused(Program.own().jar("chat.server")).contains("a part of the program"), "chat.server");
    Path throwing =
        FILTER.secondVersion(
            folder,
            "return Files.exists(file)",
            "if (file != null) throw new IllegalStateException(\"no words today\");"
                + " return Files.exists(file)");
    assertTrue(refused(throwing).contains("no words today"), "what it threw is told");
    assertTrue(server.ask("extension", "remove", "chat.server").raw().contains("there is no"));
    install(FILTER.jar());
    assertTrue(refused(throwing).contains("goes on"), "the old one goes on");
    try (TestUser nora = TestUser.named("nora", server, folder).registers()) {
      saysAndHears(nora, "darn it", "**** it");
    }
    try (TestUser dice = TestUser.named("dice", server, folder).registers()) {
      install(DICE.jar());
      Path log = server.data().resolve("log/chatroom.log");
      while (!Files.readString(log).contains("The name dice belongs to somebody")) {
        Waits.moment();
      }
      saysAndHears(dice, "/roll", "/roll");
      assertEquals(List.of(), dice(dice), "nobody speaks for somebody else");
    }
    assertEquals("ready", server.admin().health());
  }
}
