// SPDX-License-Identifier: Apache-2.0
package chat.client.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.client.ChatClient;
import chat.client.ClientConfig;
import chat.client.ClientEvent;
import chat.client.Clients;
import chat.client.FakeServer;
import chat.client.Recorder;
import chat.client.profile.PendingMessage;
import chat.client.profile.Profile;
import chat.client.transport.Connection;
import chat.client.transport.Requests;
import chat.protocol.Command;
import chat.protocol.Content;
import chat.protocol.Event;
import chat.protocol.Person;
import chat.protocol.Problem;
import chat.protocol.Reply;
import chat.protocol.cbor.CborClientFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class OutboxTest {
  private final Recorder recorder = new Recorder();
  @TempDir private Path folder;

  private static List<String> numbered(int count) {
    return IntStream.range(0, count).mapToObj(i -> "text " + i).toList();
  }

  @Test
  void whatIsWrittenOfflineIsSentOnceAndInOrder() {
    try (FakeServer server = FakeServer.start()) {
      Clients.enter(server, folder, recorder).close();
      try (ChatClient offline = Clients.open(server, folder, event -> {})) {
        numbered(50).forEach(text -> offline.send(1, text));
      }
      Recorder second = new Recorder();
      try (NetworkChatClient client = Clients.open(server, folder, second)) {
        client.start();
        Recorder.until("all there", () -> second.texts().size() == 50);
      }
      assertEquals(numbered(50), server.texts());
      assertEquals(numbered(50), second.texts());
    }
  }

  /** Writes texts until it is killed in the middle of one. */
  static final class Writer {
    public static void main(String[] arguments) throws IOException {
      ChatClient client =
          NetworkChatClient.open(
              ClientConfig.of(Path.of(arguments[0]), "localhost", 1), event -> {});
      for (int i = 0; i < 200; i++) {
        System.out.println(client.send(1, "text " + i));
      }
      Runtime.getRuntime().halt(9);
    }
  }

  @Test
  void everyTextWhoseIdWasReturnedSurvivesAKill() throws Exception {
    Process writer =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Writer.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    List<String> returned = writer.inputReader().readAllLines();
    assertEquals(9, writer.waitFor());
    assertEquals(200, returned.size());
    try (Profile profile = Profile.open(folder)) {
      assertEquals(
          returned, profile.letters().stream().map(message -> message.id().toString()).toList());
      assertEquals(
          numbered(200), profile.letters().stream().map(message -> message.post().text()).toList());
    }
  }

  @Test
  void anAnswerThatIsLostIsSettledByTheSameId() {
    try (FakeServer server = FakeServer.start();
        NetworkChatClient client = Clients.enter(server, folder, recorder)) {
      server.once(Command.Post.class::isInstance, new FakeServer.CutAfter());
      UUID id = client.send(1, "once");
      client.send(1, "after");
      Recorder.until("both heard", () -> recorder.texts().contains("after"));
      assertEquals(List.of("once", "after"), server.texts());
      assertEquals(List.of("once", "after"), recorder.texts());
      assertEquals(id, recorder.added().getFirst().id());
    }
  }

  @Test
  void anEntryThatArrivesBeforeItsAnswerSettlesIt() {
    try (FakeServer server = FakeServer.start();
        NetworkChatClient client = Clients.enter(server, folder, recorder)) {
      server.once(Command.Post.class::isInstance, new FakeServer.CutAfter());
      client.send(1, "once");
      Recorder.until("heard after the reconnect", () -> recorder.texts().equals(List.of("once")));
      client.send(1, "next");
      Recorder.until("next", () -> recorder.texts().contains("next"));
      // Its entry came with the resume; whether it was sent again too is a race that harms nobody.
      assertEquals(List.of("once", "next"), server.texts());
      assertTrue(recorder.all(ClientEvent.Discarded.class).isEmpty());
    }
  }

  @Test
  void aRefusalForTheRateKeepsTheOrder() {
    try (FakeServer server = FakeServer.start();
        NetworkChatClient client = Clients.enter(server, folder, recorder)) {
      AtomicInteger posts = new AtomicInteger();
      server.script(command ->
          command instanceof Command.Post && posts.incrementAndGet() % 3 == 1
              ? new FakeServer.Answer(new Reply.Failed(Problem.TOO_MANY, "slow down", 5))
              : new FakeServer.GoOn());
      numbered(20).forEach(text -> client.send(1, text));
      Recorder.until("all there", () -> recorder.texts().size() == 20);
      assertEquals(numbered(20), server.texts());
      assertTrue(posts.get() > 20, "some were refused");
      assertTrue(
          recorder.all(ClientEvent.Pending.class).stream().allMatch(p -> p.refused() == null));
    }
  }

  @Test
  void oneOfARoomIsOnItsWayAtATime() {
    try (FakeServer server = FakeServer.start();
        NetworkChatClient client = Clients.enter(server, folder, recorder)) {
      server.once(Command.Post.class::isInstance, new FakeServer.Ignore());
      client.send(1, "first");
      client.send(1, "second");
      Recorder.until("one is sent", () -> server.commands(Command.Post.class).size() == 1);
      Clients.get(client.people(1, "", 10));
      assertEquals(1, server.commands(Command.Post.class).size());
      client.pipelining(2);
      client.send(1, "third");
      Recorder.until("two are sent", () -> server.commands(Command.Post.class).size() >= 2);
    }
  }

  @Test
  void whatHasNoAnswerIsRepeatedAfterAnExchangeOfTheLogic() {
    try (FakeServer server = FakeServer.start();
        NetworkChatClient client = Clients.enter(server, folder, recorder)) {
      server.once(Command.Post.class::isInstance, new FakeServer.Ignore());
      UUID id = client.send(1, "kept");
      Recorder.until("sent", () -> server.commands(Command.Post.class).size() == 1);
      int connections = server.connections();
      server.swap();
      Recorder.until("heard", () -> recorder.texts().equals(List.of("kept")));
      assertEquals(
          List.of(id, id),
          server.commands(Command.Post.class).stream().map(Command.Post::id).toList());
      assertEquals(connections, server.connections(), "the connection stayed");
    }
  }

  @Test
  void aFinalRefusalStaysUntilItIsDiscardedAndTheOthersGoOn() {
    UUID refused;
    try (FakeServer server = FakeServer.start()) {
      try (NetworkChatClient client = Clients.enter(server, folder, recorder)) {
        refused = client.send(1, "   ");
        client.send(1, "fine");
        ClientEvent.Pending why =
            recorder.await(ClientEvent.Pending.class, p -> p.refused() != null);
        assertEquals(refused, why.id());
        assertEquals(Problem.TEXT_EMPTY, why.refused().problem());
        Recorder.until("fine is heard", () -> recorder.texts().equals(List.of("fine")));
      }
      Recorder second = new Recorder();
      try (NetworkChatClient client = Clients.open(server, folder, second)) {
        client.start();
        ClientEvent.Pending still = second.await(ClientEvent.Pending.class);
        assertEquals(refused, still.id());
        assertNotNull(still.refused(), "not tried again by itself");
        assertTrue(
            second.events().indexOf(still)
                > second.events().indexOf(second.await(ClientEvent.Entered.class)));
        client.discard(refused);
        assertEquals(refused, second.await(ClientEvent.Discarded.class).id());
      }
      try (NetworkChatClient client = Clients.open(server, folder, recorder)) {
        recorder.clear();
        client.start();
        recorder.await(ClientEvent.Entered.class);
        Clients.get(client.people(1, "", 10));
        assertTrue(recorder.all(ClientEvent.Pending.class).isEmpty());
      }
    }
  }

  @Test
  void aTextTooLargeForAFrameIsRefusedHere() {
    try (FakeServer server = FakeServer.start();
        NetworkChatClient client = Clients.enter(server, folder, recorder)) {
      client.send(1, "x".repeat(FakeServer.LIMITS.frame()));
      client.send(1, "fine");
      ClientEvent.Pending why = recorder.await(ClientEvent.Pending.class, p -> p.refused() != null);
      assertEquals(Problem.TOO_LARGE, why.refused().problem());
      Recorder.until("fine is heard", () -> recorder.texts().equals(List.of("fine")));
      assertEquals(List.of("fine"), server.texts());
    }
  }

  @Test
  void aTextFoundInASkippedPartIsOver() throws IOException {
    UUID lost;
    try (FakeServer server = FakeServer.start()) {
      Clients.enter(server, folder, recorder).close();
      try (ChatClient offline = Clients.open(server, folder, event -> {})) {
        lost = offline.send(1, "was there already");
      }
      Recorder second = new Recorder();
      // The server got it in an earlier life of the client, whose end came before the answer.
      server.script(command -> {
        if (command instanceof Command.Sync && server.texts().isEmpty()) {
          server.takes(lost, "was there already");
        }
        return new FakeServer.GoOn();
      });
      try (NetworkChatClient client = Clients.open(server, folder, second)) {
        client.start();
        assertEquals(lost, second.await(ClientEvent.Discarded.class).id());
        assertTrue(second.added().isEmpty());
        assertEquals(List.of("was there already"), server.texts());
      }
      try (Profile profile = Profile.open(folder)) {
        assertTrue(profile.letters().isEmpty());
      }
    }
  }

  @Test
  void onlyWhatWasSkippedIsDiscardedByItsAnswer() throws Exception {
    ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    EventQueue events = new EventQueue(recorder);
    Thread listener = Thread.startVirtualThread(events);
    CborClientFormat format = new CborClientFormat();
    try (Profile profile = Profile.open(folder);
        Connection nowhere = new Connection(format)) {
      Requests requests = new Requests(format);
      Outbox outbox = new Outbox(profile, requests, events, timer);
      requests.online(nowhere);
      outbox.skipped(1, 5);
      outbox.online();
      UUID skipped = outbox.send(1, "skipped", 0, false);
      requests.answered(1, new Reply.Posted(skipped, 1, 5, 0));
      // An answer may overtake its entry, and an entry its answer.
      UUID overtaken = outbox.send(1, "overtaken", 0, false);
      requests.answered(2, new Reply.Posted(overtaken, 1, 6, 0));
      outbox.arrived(entry(6, overtaken));
      UUID overtaking = outbox.send(1, "overtaking", 0, false);
      outbox.arrived(entry(7, overtaking));
      requests.answered(3, new Reply.Posted(overtaking, 1, 7, 0));
      UUID late = outbox.send(1, "late", 0, false);
      requests.answered(4, new Reply.Posted(late, 1, 8, 0));
      outbox.skipped(1, 9);
      UUID last = outbox.send(1, "last", 0, false);
      recorder.await(ClientEvent.Pending.class, pending -> pending.id().equals(last));
      assertEquals(
          List.of(skipped, late),
          recorder.all(ClientEvent.Discarded.class).stream()
              .map(ClientEvent.Discarded::id)
              .toList());
      outbox.save(new SyncCursors());
      assertEquals(List.of(last), profile.letters().stream().map(PendingMessage::id).toList());
    } finally {
      timer.shutdownNow();
      events.close();
      listener.join();
    }
  }

  private static Event.Entry entry(long number, UUID id) {
    return new Event.Entry(1, number, id, new Person(1, "alice"), 0, new Content.Text("text"));
  }

  @Test
  void anotherAccountDoesNotSendWhatTheFirstOneWrote() {
    try (FakeServer server = FakeServer.start()) {
      Clients.enter(server, folder, recorder).close();
      server.forgetTokens();
      server.account("bob", Clients.PASSWORD);
      UUID id;
      try (ChatClient offline = Clients.open(server, folder, event -> {})) {
        id = offline.send(1, "alice's secret");
      }
      Recorder second = new Recorder();
      try (NetworkChatClient client = Clients.open(server, folder, second)) {
        client.start();
        second.await(ClientEvent.LoggedOut.class);
        Clients.get(client.logIn("bob", Clients.PASSWORD));
        assertEquals(id, second.await(ClientEvent.Discarded.class).id());
        second.await(ClientEvent.Entered.class);
        client.send(1, "bob's own");
        Recorder.until("heard", () -> second.texts().equals(List.of("bob's own")));
        assertEquals(List.of("bob's own"), server.texts());
      }
    }
  }

  @Test
  void halfASurrogatePairDoesNoHarm() {
    try (FakeServer server = FakeServer.start();
        NetworkChatClient client = Clients.enter(server, folder, recorder)) {
      client.send(1, "a\ud83dz");
      Recorder.until("heard", () -> recorder.texts().equals(List.of("a?z")));
      assertNull(recorder.all(ClientEvent.Pending.class).getFirst().refused());
    }
  }
}
