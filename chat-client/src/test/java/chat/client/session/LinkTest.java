// SPDX-License-Identifier: Apache-2.0
package chat.client.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.client.ChatClient;
import chat.client.ClientEvent;
import chat.client.Clients;
import chat.client.FakeServer;
import chat.client.Link;
import chat.client.ProfileInUseException;
import chat.client.Recorder;
import chat.client.RefusedException;
import chat.client.profile.Profile;
import chat.client.transport.Timings;
import chat.protocol.Availability;
import chat.protocol.Command;
import chat.protocol.Event;
import chat.protocol.Person;
import chat.protocol.Problem;
import chat.protocol.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LinkTest {
  private final Recorder recorder = new Recorder();
  @TempDir private Path folder;

  private static Timings with(Duration idle, Duration dead, Duration most) {
    return new Timings(
        InstantSource.system(),
        new Random(1),
        Duration.ofSeconds(10),
        idle,
        dead,
        Duration.ofMillis(100),
        Duration.ofMillis(20),
        most,
        most,
        Duration.ofSeconds(30));
  }

  @Test
  void withNobodyToLogInTheConnectionIsClosedAndTheLinkStaysConnected() {
    try (FakeServer server = FakeServer.start();
        ChatClient client = Clients.open(server, folder, recorder)) {
      client.start();
      assertEquals(new Link.Connected("TLS 1.3", true), recorder.link(Link.Connected.class));
      Recorder.until("closed", () -> server.open() == 0);
      assertEquals(1, server.connections());
      Clients.get(client.register("alice", Clients.PASSWORD, ""));
      recorder.link(Link.Online.class);
      assertEquals(2, server.connections());
      assertEquals(
          List.of("Connecting", "Connected", "Online"),
          recorder.all(ClientEvent.LinkChanged.class).stream()
              .map(changed -> changed.link().getClass().getSimpleName())
              .toList());
    }
  }

  @Test
  void whatHasNoAnswerEndsWithTheClientAndWithTheAccount() {
    try (FakeServer server = FakeServer.start();
        ChatClient client = Clients.open(server, folder, recorder)) {
      client.start();
      Clients.get(client.register("alice", Clients.PASSWORD, ""));
      recorder.link(Link.Online.class);
      server.script(command ->
          command instanceof Command.Join ? new FakeServer.Ignore() : new FakeServer.GoOn());
      var before = client.change(new Command.Join(UUID.randomUUID(), 5));
      Recorder.until("asked", () -> !server.commands(Command.Join.class).isEmpty());
      Clients.get(client.logOut());
      assertInstanceOf(IOException.class, Clients.failure(before));
      int asked = server.commands(Command.Join.class).size();
      Clients.get(client.register("bob", Clients.PASSWORD, ""));
      Recorder.until("entered", () -> recorder.all(ClientEvent.Entered.class).size() == 2);
      assertEquals(asked, server.commands(Command.Join.class).size(), "not for another account");

      var open = client.change(new Command.Join(UUID.randomUUID(), 5));
      client.close();
      assertInstanceOf(IOException.class, Clients.failure(open));
      var late = client.change(new Command.Join(UUID.randomUUID(), 5));
      assertInstanceOf(IOException.class, Clients.failure(late));
    }
  }

  @Test
  void howMuchADeviceIsHereHoldsForTheNextConnection() {
    try (FakeServer server = FakeServer.start();
        ChatClient client = Clients.open(server, folder, recorder)) {
      client.start();
      Clients.get(client.register("alice", Clients.PASSWORD, ""));
      recorder.link(Link.Online.class);
      Clients.get(client.set(new Command.SetPresence(Availability.INVISIBLE)));
      server.cut();
      Recorder.until("back", () -> server.commands(Command.Sync.class).size() == 2);
      assertEquals(
          List.of(Availability.ONLINE, Availability.INVISIBLE),
          server.commands(Command.Sync.class).stream().map(Command.Sync::availability).toList());
    }
  }

  @Test
  void aWrongPasswordIsToldAndTheNextTryMayBeRight() {
    try (FakeServer server = FakeServer.start();
        ChatClient client = Clients.open(server, folder, recorder)) {
      server.account("alice", Clients.PASSWORD);
      client.start();
      RefusedException refused =
          assertInstanceOf(
              RefusedException.class, Clients.failure(client.logIn("alice", "wrong password")));
      assertEquals(Problem.PASSWORD_WRONG, refused.refusal().problem());
      recorder.link(Link.Connected.class);
      assertEquals("alice", Clients.get(client.logIn("alice", Clients.PASSWORD)).name());
      recorder.await(ClientEvent.Entered.class);
      assertEquals(Optional.of("alice"), client.rememberedName());
      RefusedException second =
          assertInstanceOf(
              RefusedException.class, Clients.failure(client.logIn("alice", Clients.PASSWORD)));
      assertEquals(Problem.OUT_OF_PLACE, second.refusal().problem());
    }
  }

  @Test
  void aNameTooLongForAFrameIsRefusedHere() {
    try (FakeServer server = FakeServer.start();
        ChatClient client = Clients.open(server, folder, recorder)) {
      client.start();
      RefusedException refused =
          assertInstanceOf(
              RefusedException.class,
              Clients.failure(client.logIn("x".repeat(20_000), Clients.PASSWORD)));
      assertEquals(Problem.TOO_LARGE, refused.refusal().problem());
    }
  }

  @Test
  void theTokenOpensTheDoorNextTime() {
    try (FakeServer server = FakeServer.start()) {
      Clients.enter(server, folder, recorder).close();
      Recorder second = new Recorder();
      try (ChatClient client = Clients.open(server, folder, second)) {
        assertEquals(Optional.of("alice"), client.rememberedName());
        client.start();
        assertEquals("alice", second.await(ClientEvent.Entered.class).self().name());
        assertTrue(server.commands(Command.LogIn.class).isEmpty());
      }
    }
  }

  @Test
  void aTokenThatIsWorthNothingIsForgottenAndTheOutboxWaits() {
    try (FakeServer server = FakeServer.start()) {
      Clients.enter(server, folder, recorder).close();
      server.forgetTokens();
      Recorder second = new Recorder();
      try (ChatClient client = Clients.open(server, folder, second)) {
        client.send(1, "later");
        client.start();
        second.await(ClientEvent.LoggedOut.class);
        second.link(Link.Connected.class);
        assertEquals(Optional.empty(), client.rememberedName());
        Clients.get(client.logIn("alice", Clients.PASSWORD));
        Recorder.until("sent", () -> second.texts().equals(List.of("later")));
      }
    }
  }

  @Test
  void endedElsewhereItIsLoggedOut() {
    try (FakeServer server = FakeServer.start();
        ChatClient client = Clients.enter(server, folder, recorder)) {
      server.tell(new Event.LoggedOut("from another device"));
      assertEquals("from another device", recorder.await(ClientEvent.LoggedOut.class).reason());
      recorder.link(Link.Connected.class);
      assertEquals(Optional.empty(), client.rememberedName());
    }
  }

  @Test
  void whoHearsOfTheEndMayLogInAtOnce() throws InterruptedException {
    BlockingQueue<CompletableFuture<Person>> again = new LinkedBlockingQueue<>();
    AtomicReference<ChatClient> self = new AtomicReference<>();
    try (FakeServer server = FakeServer.start();
        ChatClient client =
            Clients.open(
                server,
                folder,
                event -> {
                  recorder.on(event);
                  if (event instanceof ClientEvent.LoggedOut) {
                    again.add(self.get().logIn("alice", Clients.PASSWORD));
                  }
                })) {
      self.set(client);
      client.start();
      Clients.get(client.register("alice", Clients.PASSWORD, ""));
      recorder.await(ClientEvent.Entered.class);
      server.tell(new Event.LoggedOut("from another device"));
      assertEquals("alice", Clients.get(again.take()).name());
      Recorder.until("back", () -> recorder.all(ClientEvent.Entered.class).size() == 2);
      Clients.get(client.logOut());
      assertEquals("alice", Clients.get(again.take()).name());
      Recorder.until("back", () -> recorder.all(ClientEvent.Entered.class).size() == 3);
    }
  }

  @Test
  void logOutForgetsTheAccount() throws IOException {
    try (FakeServer server = FakeServer.start();
        ChatClient client = Clients.enter(server, folder, recorder)) {
      client.send(1, "   ");
      recorder.await(ClientEvent.Pending.class, p -> p.refused() != null);
      Clients.get(client.logOut());
      recorder.await(ClientEvent.LoggedOut.class);
      recorder.link(Link.Connected.class);
      client.close();
      assertEquals(1, server.commands(Command.LogOut.class).size());
      try (Profile profile = Profile.open(folder)) {
        assertTrue(profile.letters().isEmpty());
        assertTrue(profile.cursors().isEmpty());
        assertTrue(profile.setting("token").isEmpty());
      }
    }
  }

  @Test
  void withoutAConnectionQuestionsFailAtOnce() {
    try (FakeServer server = FakeServer.start();
        ChatClient client = Clients.open(server, folder, recorder)) {
      assertInstanceOf(IOException.class, Clients.failure(client.people(1, "", 10)));
      assertInstanceOf(IOException.class, Clients.failure(client.logOut()));
    }
  }

  @Test
  void aQuestionOnItsWayFailsWhenTheConnectionIsLost() {
    try (FakeServer server = FakeServer.start();
        ChatClient client = Clients.enter(server, folder, recorder)) {
      server.once(Command.People.class::isInstance, new FakeServer.Cut());
      assertInstanceOf(IOException.class, Clients.failure(client.people(1, "", 10)));
      Recorder.until("back", () -> recorder.all(ClientEvent.Entered.class).size() == 2);
      Clients.get(client.people(1, "", 10));
    }
  }

  @Test
  void aQuestionOnItsWayIsAskedAgainAfterAnExchangeOfTheLogic() {
    try (FakeServer server = FakeServer.start();
        ChatClient client = Clients.enter(server, folder, recorder)) {
      server.once(Command.People.class::isInstance, new FakeServer.Ignore());
      var people = client.people(1, "", 10);
      Recorder.until("asked", () -> server.commands(Command.People.class).size() == 1);
      server.swap();
      assertEquals("alice", Clients.get(people).people().getFirst().person().name());
    }
  }

  @Test
  void aQuestionThatIsNeverAnsweredFailsInTheEnd() {
    try (FakeServer server = FakeServer.start();
        ChatClient client =
            Clients.enter(
                Clients.config(server, folder, 5),
                recorder,
                with(Duration.ofSeconds(15), Duration.ofSeconds(45), Duration.ofMillis(50)))) {
      server.once(Command.People.class::isInstance, new FakeServer.Ignore());
      assertInstanceOf(IOException.class, Clients.failure(client.people(1, "", 10)));
      assertEquals(1, recorder.all(ClientEvent.Entered.class).size(), "the connection stayed");
    }
  }

  @Test
  void aServerThatLeavesIsComeBackToWhenItSaid() {
    try (FakeServer server = FakeServer.start();
        ChatClient client = Clients.enter(server, folder, recorder)) {
      Instant before = Instant.now();
      server.tell(new Event.Leaving("new certificate", 700));
      Link.Lost lost = recorder.link(Link.Lost.class);
      assertEquals("new certificate", lost.reason());
      Recorder.until("back", () -> recorder.all(ClientEvent.Entered.class).size() == 2);
      assertTrue(lost.nextTry().isAfter(before.plusMillis(699)), lost.toString());
      assertTrue(Instant.now().isAfter(before.plusMillis(699)));
    }
  }

  @Test
  void retryNowDoesNotWait() throws IOException {
    try (FakeServer server = FakeServer.start();
        ChatClient client =
            Clients.enter(
                Clients.config(server, folder, 5),
                recorder,
                with(Duration.ofSeconds(15), Duration.ofSeconds(45), Duration.ofHours(10)))) {
      server.leave();
      recorder.link(Link.Lost.class);
      server.comeBack();
      client.retryNow();
      Recorder.until("back", () -> recorder.all(ClientEvent.Entered.class).size() == 2);
    }
  }

  @Test
  void whoSaysNothingGivesASignOfLife() {
    try (FakeServer server = FakeServer.start();
        ChatClient client =
            Clients.enter(
                Clients.config(server, folder, 5),
                recorder,
                with(Duration.ofMillis(50), Duration.ofSeconds(45), Duration.ofMillis(50)))) {
      Recorder.until("idle frames", () -> server.idles() >= 3);
      assertEquals(1, recorder.all(ClientEvent.Entered.class).size());
    }
  }

  @Test
  void aServerThatSaysNothingIsGivenUp() {
    try (FakeServer server = FakeServer.start();
        ChatClient client =
            Clients.enter(
                Clients.config(server, folder, 5),
                recorder,
                with(Duration.ofSeconds(15), Duration.ofMillis(300), Duration.ofMillis(50)))) {
      recorder.link(Link.Lost.class);
      Recorder.until("back", () -> recorder.all(ClientEvent.Entered.class).size() == 2);
    }
  }

  @Test
  void aDoorThatIsBusyIsTriedAgain() {
    try (FakeServer server = FakeServer.start()) {
      Clients.enter(server, folder, recorder).close();
      server.once(
          Command.Resume.class::isInstance,
          new FakeServer.Answer(new Reply.Failed(Problem.BUSY, "a moment", 50)));
      Recorder second = new Recorder();
      try (ChatClient client = Clients.open(server, folder, second)) {
        client.start();
        second.await(ClientEvent.Entered.class);
        assertTrue(second.all(ClientEvent.LoggedOut.class).isEmpty());
      }
    }
  }

  @Test
  void oneProfileOneClient() {
    try (FakeServer server = FakeServer.start();
        ChatClient client = Clients.open(server, folder, recorder)) {
      assertThrows(
          ProfileInUseException.class,
          () -> NetworkChatClient.open(Clients.config(server, folder, 5), recorder));
    }
    try (FakeServer server = FakeServer.start();
        ChatClient again = Clients.open(server, folder, recorder)) {
      assertEquals(Optional.empty(), again.rememberedName());
    }
  }

  @Test
  void closingEndsEveryThread() {
    try (FakeServer server = FakeServer.start()) {
      ChatClient client = Clients.enter(server, folder, recorder);
      assertTrue(threads() > 0);
      client.close();
      Recorder.until("no thread is left", () -> threads() == 0);
      assertThrows(RuntimeException.class, () -> client.send(1, "too late"));
    }
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("chat-client"))
        .count();
  }
}
