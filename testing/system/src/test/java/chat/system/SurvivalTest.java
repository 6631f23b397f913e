// SPDX-License-Identifier: Apache-2.0
package chat.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.client.ClientEvent;
import chat.client.ClientEvent.Transfer;
import chat.protocol.Command;
import chat.protocol.Command.Direction;
import chat.protocol.Content;
import chat.protocol.Event;
import chat.protocol.Person;
import chat.protocol.Reply;
import chat.prove.client.RawClient;
import chat.prove.server.ServerProcess;
import chat.prove.server.Waits;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What survives which exchange. The table's rows are the {@link Exchange}s, its columns the tests;
 * of the last row the first three columns are one test of their own, because there the sockets do
 * not survive.
 */
@Timeout(value = 100, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SurvivalTest {
  private static final int FILE = 8 << 20;

  private Path folder;
  private ServerProcess server;
  private Event.Entry shared;
  private int people;
  private int files;

  @BeforeAll
  void start(@TempDir Path temporary) throws IOException {
    folder = temporary;
    server =
        ServerProcess.on(folder.resolve("data"), ServerProcess.Store.SQLITE)
            .set("awaySeconds", "I\"45\"");
    Exchange.secondStore(server);
    server.start();
    try (TestUser host = somebody("host")) {
      shared = host.sendsFile(file());
    }
  }

  @AfterAll
  void stop() throws InterruptedException {
    server.close();
  }

  private TestUser somebody(String name) throws IOException {
    return TestUser.named(name + ++people, server, folder.resolve("profiles")).registers();
  }

  private RawClient raw() throws IOException {
    return RawClient.entered(server, "raw" + ++people);
  }

  private Path file() throws IOException {
    byte[] bytes = new byte[FILE];
    new Random(++files).nextBytes(bytes);
    return Files.write(folder.resolve("file-" + files), bytes);
  }

  private static long posts(RawClient client, String text) throws IOException {
    Reply reply = client.ask(new Command.Post(UUID.randomUUID(), TestUser.LOBBY, text));
    return assertInstanceOf(Reply.Posted.class, reply).number();
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PROCESS")
  void theSocketAndItsTlsSessionStayOpen(Exchange exchange)
      throws IOException, InterruptedException {
    Exchange.Ready ready = exchange.prepared(server, folder);
    try (RawClient client = raw();
        RawClient listener = raw()) {
      posts(client, "before");
      ready.happens();
      long after = posts(client, "after");
      Event said = null;
      while (!(said instanceof Event.Entry entry && entry.number() == after)) {
        said = assertInstanceOf(Event.class, listener.hear().message(), "the server hung up");
      }
      for (RawClient each : List.of(client, listener)) {
        assertTrue(each.events().stream().noneMatch(Event.Leaving.class::isInstance));
        assertTrue(each.events().stream().filter(Event.Restarted.class::isInstance).count() <= 1);
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PROCESS")
  void halfAFrameIsKeptUntilTheOtherHalfComes(Exchange exchange)
      throws IOException, InterruptedException {
    Exchange.Ready ready = exchange.prepared(server, folder);
    String text = "in two halves ".repeat(500);
    UUID id = UUID.randomUUID();
    try (RawClient client = raw()) {
      byte[] ping = client.frame(new Command.Ping());
      byte[] post = client.frame(new Command.Post(id, TestUser.LOBBY, text));
      byte[] first = Arrays.copyOf(ping, ping.length + post.length / 2);
      System.arraycopy(post, 0, first, ping.length, post.length / 2);
      client.send(first);
      // Who answers what stands before the half has read the half.
      hears(client, Reply.Done.class);
      ready.happens();
      client.send(Arrays.copyOfRange(post, post.length / 2, post.length));
      Reply.Posted posted = hears(client, Reply.Posted.class);
      assertEquals(id, posted.id());
      Event.Entry entry = history(client, posted.number() - 1, 1).getFirst();
      assertEquals(new Content.Text(text), entry.content());
    }
  }

  private static <R extends Reply> R hears(RawClient client, Class<R> kind) throws IOException {
    Object said = client.hear().message();
    while (said instanceof Event) {
      said = client.hear().message();
    }
    return assertInstanceOf(kind, said);
  }

  private static List<Event.Entry> history(RawClient client, long after, int limit)
      throws IOException {
    Reply reply = client.ask(new Command.History(TestUser.LOBBY, Direction.AFTER, after, limit));
    return assertInstanceOf(Reply.Page.class, reply).entries();
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PROCESS")
  void queuedCommandsAreAnsweredAndStandOnceAndInOrder(Exchange exchange) throws IOException {
    Exchange.Ready ready = exchange.prepared(server, folder);
    try (RawClient client = raw()) {
      long before = posts(client, "before");
      Pipeline pipeline = new Pipeline(client);
      pipeline.fill();
      CompletableFuture<Void> done = inTheBackground(ready);
      pipeline.runsUntil(done::isDone);
      done.join();
      assertEquals(pipeline.said(), queued(before));
    }
  }

  private static CompletableFuture<Void> inTheBackground(Exchange.Ready ready) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          try {
            ready.happens();
            done.complete(null);
          } catch (IOException | InterruptedException | RuntimeException | AssertionError e) {
            done.completeExceptionally(e);
          }
        });
    return done;
  }

  /** The ids of all texts that stand behind a number, as somebody else sees them. */
  private List<UUID> queued(long after) throws IOException {
    List<UUID> ids = new ArrayList<>();
    try (RawClient reader = raw()) {
      long last = after;
      List<Event.Entry> page = history(reader, last, 200);
      while (!page.isEmpty()) {
        page.stream()
            .filter(entry -> entry.content() instanceof Content.Text)
            .map(Event.Entry::id)
            .forEach(ids::add);
        last = page.getLast().number();
        page = history(reader, last, 200);
      }
    }
    return ids;
  }

  @Test
  void aKillClosesTheSocketsAndWhatIsInTheOutboxStandsOnceAndInOrder() throws IOException {
    Exchange.Ready ready = Exchange.PROCESS.prepared(server, folder);
    try (RawClient witness = raw();
        TestUser alice = somebody("alice");
        TestUser bob = somebody("bob")) {
      long before = posts(witness, "before");
      List<UUID> said = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        said.add(alice.says("outbox " + i));
      }
      alice.hears(said.getFirst());
      CompletableFuture<Void> done = inTheBackground(ready);
      while (!done.isDone()) {
        said.add(alice.says("outbox " + said.size()));
        Waits.moment();
      }
      done.join();
      assertIsClosed(witness);
      bob.hears(said.getLast());
      alice.hears(said.getLast());
      assertEquals(said, queued(before));
      bob.heardEverythingOnce();
      alice.heardEverythingOnce();
      assertTrue(alice.losses() > 0 && bob.losses() > 0, "nobody noticed");
    }
  }

  private static void assertIsClosed(RawClient client) {
    try {
      client.lastWords();
    } catch (IOException e) {
      assertFalse(e instanceof SocketTimeoutException, "the socket is open");
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void transfersGoOnBothWays(Exchange exchange) throws IOException, InterruptedException {
    Exchange.Ready ready = exchange.prepared(server, folder);
    Path up = file();
    Path down = folder.resolve("down-" + exchange.name());
    try (TestUser alice = somebody("alice");
        TestUser bob = somebody("bob")) {
      UUID upload = alice.client().upload(TestUser.LOBBY, up);
      UUID download = bob.client().download(shared, down);
      assertTrue(alice.isMoving(upload) && bob.isMoving(download), "too fast for this test");
      ready.happens();
      assertEquals(new Transfer.Finished(), alice.ends(upload).state());
      assertEquals(new Transfer.Finished(), bob.ends(download).state());
      assertEquals(-1, Files.mismatch(folder.resolve("file-1"), down));
      Path back = folder.resolve("back-" + exchange.name());
      bob.fetches(alice.hears(upload), back);
      assertEquals(-1, Files.mismatch(up, back));
      for (TestUser friend : List.of(alice, bob)) {
        assertEquals(exchange == Exchange.PROCESS, friend.losses() > 0);
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void nobodySeesAnybodyGoOrJoin(Exchange exchange) throws IOException, InterruptedException {
    Exchange.Ready ready = exchange.prepared(server, folder);
    try (TestUser alice = somebody("alice");
        TestUser bob = somebody("bob")) {
      alice.seesComing(bob);
      alice.says("now");
      bob.hears(alice, "now");
      List<TestUser> both = List.of(alice, bob);
      List<String> names = List.of(alice.name(), bob.name());
      List<Integer> before = both.stream().map(TestUser::heard).toList();
      ready.happens();
      for (int i = 0; i < both.size() && exchange == Exchange.PROCESS; i++) {
        both.get(i).isBack(before.get(i));
      }
      // What there was to tell of the exchange has been told before the next that happens.
      try (TestUser carol = somebody("carol")) {
        assertTrue(carol.online().containsAll(names), carol.online().toString());
        for (int i = 0; i < both.size(); i++) {
          both.get(i).seesComing(carol);
          List<String> seen = goingsAndComings(both.get(i).heardSince(before.get(i)), exchange);
          assertTrue(seen.stream().noneMatch(names::contains), seen.toString());
        }
      }
    }
  }

  /** A server that was killed does not know who was there: who comes back is seen coming. */
  private static List<String> goingsAndComings(List<ClientEvent> heard, Exchange exchange) {
    boolean comingCounts = exchange != Exchange.PROCESS;
    return heard.stream()
        .flatMap(event ->
            switch (event) {
              case ClientEvent.Presence(List<Person> came, List<Person> went, var statuses) ->
                  Stream.concat(comingCounts ? came.stream() : Stream.empty(), went.stream());
              case ClientEvent.Added(Event.Entry entry)
                  when entry.content() instanceof Content.Joined
                      || entry.content() instanceof Content.Left ->
                  Stream.of(entry.author());
              default -> Stream.<Person>empty();
            })
        .map(Person::name)
        .toList();
  }
}
