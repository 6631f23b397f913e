// SPDX-License-Identifier: Apache-2.0
package chat.client.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.client.ChatClient;
import chat.client.ClientConfig;
import chat.client.ClientEvent;
import chat.client.Clients;
import chat.client.FakeServer;
import chat.client.Recorder;
import chat.client.profile.Profile;
import chat.protocol.Command;
import chat.protocol.Cursor;
import chat.protocol.Event;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ArrivalsTest {
  private final Recorder recorder = new Recorder();
  @TempDir private Path folder;

  private List<Long> numbers() {
    return recorder.added().stream().map(Event.Entry::number).toList();
  }

  @Test
  void anEntryThatComesTwiceIsGivenOnce() {
    try (FakeServer server = FakeServer.start();
        NetworkChatClient client = Clients.enter(server, folder, recorder)) {
      Event.Entry one = server.says("bob", "one");
      server.tell(one);
      Event.Entry two = server.says("bob", "two");
      server.tell(one);
      server.tell(two);
      server.says("bob", "three");
      Recorder.until("three", () -> recorder.texts().contains("three"));
      assertEquals(List.of("one", "two", "three"), recorder.texts());
      assertEquals(0, client.torn());
    }
  }

  @Test
  void whenAnEntryIsMissingTheConnectionIsMadeAnewAndNothingIsLost() {
    try (FakeServer server = FakeServer.start();
        NetworkChatClient client = Clients.enter(server, folder, recorder)) {
      server.says("bob", "one");
      Recorder.until("one", () -> recorder.texts().contains("one"));
      server.pushing(false);
      server.says("bob", "two");
      server.pushing(true);
      server.says("bob", "three");
      Recorder.until("three", () -> recorder.texts().contains("three"));
      assertEquals(List.of("one", "two", "three"), recorder.texts());
      assertEquals(1, client.torn());
    }
  }

  @Test
  void overManyCutsEachIsHeardOnceAndInOrder() {
    try (FakeServer server = FakeServer.start();
        NetworkChatClient client = Clients.enter(server, folder, recorder)) {
      for (int i = 1; i <= 200; i++) {
        server.says("bob", "text " + i);
        if (i % 20 == 0) {
          server.cut();
          client.retryNow();
        }
      }
      Recorder.until("all heard", () -> recorder.added().size() >= 200);
      assertEquals(LongStream.rangeClosed(2, 201).boxed().toList(), numbers());
      assertTrue(
          recorder.all(ClientEvent.Entered.class).stream()
              .skip(1)
              .allMatch(e -> e.rooms().getFirst().resumed()));
    }
  }

  @Test
  void afterAGapItGoesOnBehindTheHeadAndCanStillResume() {
    try (FakeServer server = FakeServer.start();
        NetworkChatClient client = Clients.enter(server, folder, recorder)) {
      server.pushing(false);
      IntStream.range(0, 9).forEach(i -> server.says("bob", "unheard " + i));
      server.pushing(true);
      server.tell(new Event.Gap(1, 10));
      assertEquals(10, recorder.await(ClientEvent.Skipped.class).head());
      Recorder.until(
          "the id at the head is asked for",
          () -> server.commands(Command.History.class).size() == 1);
      Clients.get(client.people(1, "", 10));
      server.cut();
      Recorder.until("back", () -> recorder.all(ClientEvent.Entered.class).size() == 2);
      assertTrue(recorder.all(ClientEvent.Entered.class).getLast().rooms().getFirst().resumed());
      server.says("bob", "heard");
      Recorder.until("heard", () -> recorder.texts().equals(List.of("heard")));
    }
  }

  @Test
  void whoAsksForNoMessagesGoesOnWhereTheLastProcessWas() {
    try (FakeServer server = FakeServer.start()) {
      ClientConfig bot = Clients.config(server, folder, 0);
      try (NetworkChatClient client = Clients.enter(bot, recorder, Clients.SOON)) {
        server.says("bob", "one");
        server.says("bob", "two");
        Recorder.until("two", () -> recorder.texts().contains("two"));
      }
      server.says("bob", "three");
      Recorder second = new Recorder();
      try (NetworkChatClient client = Clients.open(bot, second, Clients.SOON)) {
        client.start();
        Recorder.until("three", () -> second.texts().contains("three"));
        assertEquals(List.of("three"), second.texts());
      }
    }
  }

  @Test
  void aCursorIsKeptForWhatTheListenerHasHeardOnly() throws InterruptedException {
    CountDownLatch stuck = new CountDownLatch(1);
    CountDownLatch reached = new CountDownLatch(1);
    try (FakeServer server = FakeServer.start()) {
      ClientConfig bot = Clients.config(server, folder, 0);
      try (ChatClient client =
          Clients.open(
              bot,
              event -> {
                recorder.on(event);
                if (event instanceof ClientEvent.Added(Event.Entry entry) && entry.number() == 3) {
                  reached.countDown();
                  try {
                    stuck.await();
                  } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                }
              },
              Clients.SOON)) {
        client.start();
        Clients.get(client.register("alice", Clients.PASSWORD, ""));
        recorder.await(ClientEvent.Entered.class);
        IntStream.range(1, 6).forEach(i -> server.says("bob", "text " + i));
        reached.await();
      }
      try (Profile profile = Profile.open(folder)) {
        assertEquals(List.of(2L), profile.cursors().stream().map(Cursor::number).toList());
      } catch (IOException e) {
        throw new AssertionError(e);
      } finally {
        stuck.countDown();
      }
    }
  }

  @Test
  void whoAsksForMessagesBeginsWithTheNewest() {
    try (FakeServer server = FakeServer.start()) {
      Clients.enter(server, folder, recorder).close();
      IntStream.range(0, 9).forEach(i -> server.says("bob", "text " + i));
      Recorder second = new Recorder();
      try (NetworkChatClient client = Clients.open(server, folder, second)) {
        client.start();
        ClientEvent.Entered entered = second.await(ClientEvent.Entered.class);
        assertFalse(entered.rooms().getFirst().resumed());
        assertEquals(5, entered.rooms().getFirst().entries().size());
        server.says("bob", "next");
        Recorder.until("next", () -> second.texts().equals(List.of("next")));
      }
    }
  }

  @Test
  void aSlowListenerSlowsTheSocketAndNothingIsLost() throws InterruptedException {
    int many = 2 * EventQueue.MOST;
    CountDownLatch go = new CountDownLatch(1);
    CountDownLatch first = new CountDownLatch(1);
    try (FakeServer server = FakeServer.start()) {
      try (ChatClient client =
          Clients.open(
              server,
              folder,
              event -> {
                if (event instanceof ClientEvent.Added && first.getCount() > 0) {
                  first.countDown();
                  try {
                    go.await();
                  } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                }
                recorder.on(event);
              })) {
        client.start();
        Clients.get(client.register("alice", Clients.PASSWORD, ""));
        recorder.await(ClientEvent.Entered.class);
        Thread talker =
            Thread.startVirtualThread(
                () -> IntStream.range(0, many).forEach(i -> server.says("bob", "x")));
        first.await();
        talker.join();
        Recorder.until("the reader waits", ArrivalsTest::readerWaits);
        // What is behind all this is on the socket, and stays there.
        var answer = client.people(1, "", 10);
        Recorder.until("asked", () -> server.commands(Command.People.class).size() == 1);
        assertTrue(readerWaits());
        assertFalse(answer.isDone());
        go.countDown();
        Recorder.until("all heard", () -> recorder.added().size() == many);
        assertEquals(LongStream.rangeClosed(2, many + 1).boxed().toList(), numbers());
        Clients.get(answer);
      }
    }
  }

  private static boolean readerWaits() {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(thread -> thread.getKey().getName().equals("chat-client-link"))
        .anyMatch(thread ->
            Arrays.stream(thread.getValue())
                .anyMatch(frame ->
                    frame.getClassName().equals(EventQueue.class.getName())
                        && frame.getMethodName().equals("put")));
  }
}
