// SPDX-License-Identifier: Apache-2.0
package chat.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.extension.MessageHook;
import chat.extension.ProposedText;
import chat.extension.Verdict;
import chat.protocol.Command;
import chat.protocol.Content;
import chat.protocol.Cursor;
import chat.protocol.Event;
import chat.protocol.Problem;
import chat.protocol.Reply;
import chat.protocol.RoomKind;
import chat.server.extension.TextHooks;
import chat.server.room.Room;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Texts are shown to hooks before they are stored, and a bad hook keeps nobody from chatting. */
@Timeout(60)
final class MessageHookTest {
  private static final Verdict ALLOW = new Verdict.Allow();

  @TempDir Path folder;

  private ServerFixture fixture;
  private ServerFixture.Somebody anna;
  private ServerFixture.Somebody bert;
  private final CountDownLatch never = new CountDownLatch(1);

  @BeforeEach
  void start() throws Exception {
    fixture = new ServerFixture(folder, "anna", "bert");
    anna = fixture.one(0);
    bert = fixture.one(1);
  }

  @AfterEach
  void stop() {
    never.countDown();
    fixture.close();
  }

  private TextHooks hooks() {
    return fixture.server().context().providers().hooks();
  }

  private void hook(MessageHook hook) {
    hooks().add("a.hook", 0, hook);
  }

  /** A filter: no spam, and darn is written with an asterisk. */
  private static Verdict filter(ProposedText text) {
    if (text.text().contains("spam")) {
      return new Verdict.Refuse("no advertisements, please");
    }
    return text.text().contains("darn")
        ? new Verdict.Replace(text.text().replace("darn", "d*rn"))
        : ALLOW;
  }

  private List<String> heard(ServerFixture.Somebody somebody) throws Exception {
    fixture.settle();
    List<String> texts = new ArrayList<>();
    somebody
        .hears()
        .forEach(told -> {
          switch (told) {
            case Event.Entry entry when entry.content() instanceof Content.Text text ->
                texts.add(text.text());
            case Event.Entry entry when entry.content() instanceof Content.Edited edited ->
                texts.add("edited: " + edited.text());
            default -> {}
          }
        });
    return texts;
  }

  @Test
  void aTextIsAllowedRefusedOrReplaced() throws Exception {
    hook(MessageHookTest::filter);
    heard(bert);
    anna.says(Room.LOBBY, "hello");
    anna.says(Room.LOBBY, "darn it");
    Reply.Failed refused =
        assertInstanceOf(
            Reply.Failed.class,
            anna.asks(new Command.Post(UUID.randomUUID(), Room.LOBBY, "buy spam")));
    assertEquals("no advertisements, please", refused.detail());
    assertEquals(Problem.NOT_ALLOWED, refused.problem(), "a client that knows no other word");
    assertEquals(List.of("hello", "d*rn it"), heard(bert));
    assertEquals(List.of("hello", "d*rn it"), heard(anna));
    assertEquals(1, matches("d*rn it"));
    assertEquals(0, matches("spam"));
  }

  private int matches(String words) {
    return ((Reply.Found) anna.asks(new Command.Search(words, List.of(), 10))).entries().size();
  }

  @Test
  void aClientThatKnowsTheWordIsToldThatTheTextWasRefused() throws Exception {
    hook(MessageHookTest::filter);
    FakeConnection connection = new FakeConnection(99);
    fixture.adopts(connection);
    asks(connection, new Command.Hello(1, List.of("text-refused"), "test", "en"));
    asks(connection, new Command.Register("carl", "correct horse", "test", ""));
    Reply.Failed refused =
        assertInstanceOf(
            Reply.Failed.class,
            asks(connection, new Command.Post(UUID.randomUUID(), Room.LOBBY, "spam")));
    assertEquals(Problem.TEXT_REFUSED, refused.problem());
  }

  private Reply asks(FakeConnection connection, Command command) throws InterruptedException {
    fixture.server().received(connection, connection.bytes(command));
    while (connection.answer(connection.asked()) == null) {
      Thread.sleep(1);
    }
    return connection.answer(connection.asked());
  }

  @Test
  void whatIsSentAgainIsAnsweredAsThen() {
    AtomicReference<MessageHook> now = new AtomicReference<>(MessageHookTest::filter);
    hook(text -> now.get().check(text));
    Command.Post darn = new Command.Post(UUID.randomUUID(), Room.LOBBY, "darn");
    Reply first = anna.asks(darn);
    assertInstanceOf(Reply.Posted.class, first);
    now.set(text -> ALLOW);
    assertEquals(first, anna.asks(darn), "it would be stored otherwise now");
    now.set(text -> new Verdict.Refuse("nothing today"));
    assertEquals(first, anna.asks(darn), "it would be refused now");
  }

  @Test
  void changesAndForwardsAreShown() throws Exception {
    long other = bert.makes(RoomKind.PUBLIC, "other");
    anna.does(new Command.Join(UUID.randomUUID(), other));
    Cursor first = Cursor.behind(anna.says(Room.LOBBY, "first"));
    Cursor spam = Cursor.behind(anna.says(Room.LOBBY, "spam"));
    hook(MessageHookTest::filter);
    heard(anna);
    anna.does(new Command.Edit(UUID.randomUUID(), first, "darn"));
    assertEquals(List.of("edited: d*rn"), heard(anna));
    assertEquals(
        Problem.NOT_ALLOWED, anna.problem(new Command.Edit(UUID.randomUUID(), first, "spam")));
    assertEquals(
        Problem.NOT_ALLOWED, anna.problem(new Command.Forward(UUID.randomUUID(), spam, other)));
    anna.does(new Command.Forward(UUID.randomUUID(), first, other));
    assertEquals(List.of("d*rn"), stored(other));
  }

  private List<String> stored(long room) {
    return ((Reply.Opened) anna.asks(new Command.Open(room, 50, 10)))
        .room().entries().stream()
            .filter(entry -> entry.content() instanceof Content.Text)
            .map(entry -> ((Content.Text) entry.content()).text())
            .toList();
  }

  @Test
  void aHookIsToldWhoSaysWhatWhere() {
    Queue<ProposedText> shown = new ConcurrentLinkedQueue<>();
    hook(text -> {
      shown.add(text);
      return ALLOW;
    });
    long room = anna.makes(RoomKind.PRIVATE, "secret");
    anna.says(room, "one");
    assertEquals(
        List.of(new ProposedText(room, "secret", anna.account(), "anna", "one")),
        List.copyOf(shown));
  }

  @Test
  void theHighestRankingComesFirst() throws Exception {
    hooks().add("b", 0, text -> new Verdict.Replace(text.text() + "b"));
    hooks().add("a", 5, text -> new Verdict.Replace(text.text() + "a"));
    hooks().add("c", -5, text -> new Verdict.Replace(text.text() + "c"));
    heard(anna);
    assertEquals(
        Problem.TEXT_EMPTY, anna.problem(new Command.Post(UUID.randomUUID(), Room.LOBBY, "")));
    anna.says(Room.LOBBY, "x");
    assertEquals(List.of("xabc"), heard(anna));
  }

  @Test
  void whatAHookDoesWrongIsPassedOverAndTold() throws Exception {
    Queue<MessageHook> turns = new ConcurrentLinkedQueue<>();
    turns.add(text -> {
      throw new IllegalStateException("broken");
    });
    turns.add(text -> {
      throw new NoClassDefFoundError("gone");
    });
    turns.add(text -> {
      throw new AssertionError("not even an exception");
    });
    turns.add(text -> nothing());
    turns.add(text -> new Verdict.Replace("\u0000"));
    turns.add(text -> new Verdict.Replace(" "));
    turns.add(text -> new Verdict.Replace("x".repeat(70_000)));
    turns.add(this::hangs);
    int faults = turns.size();
    hook(text -> turns.remove().check(text));
    heard(anna);
    List<String> said = new ArrayList<>();
    for (int i = 0; i < faults; i++) {
      said.add("text " + i);
      anna.says(Room.LOBBY, "text " + i);
    }
    assertEquals(said, heard(anna));
    assertEquals(Map.of("a.hook", (long) faults), hooks().passedOver());
    assertEquals(
        List.of("a.hook was passed over for " + faults + " texts: see the log"),
        fixture.server().load().problems());
  }

  /** What no compiler would let pass. */
  @SuppressWarnings("NullAway")
  private static Verdict nothing() {
    @Nullable Verdict none = null;
    return none;
  }

  private Verdict hangs(ProposedText text) {
    boolean waiting = true;
    while (waiting) {
      try {
        never.await();
        waiting = false;
      } catch (InterruptedException e) {
        // as deaf as code can be
      }
    }
    return ALLOW;
  }

  @Test
  void aHookThatAlwaysHangsIsNotWaitedForAnyMore() throws Exception {
    Queue<String> shown = new ConcurrentLinkedQueue<>();
    hook(text -> {
      shown.add(text.text());
      return hangs(text);
    });
    heard(anna);
    List<String> said = new ArrayList<>();
    for (int i = 0; i < 3 * MessageHook.THREADS; i++) {
      said.add("text " + i);
      anna.says(Room.LOBBY, "text " + i);
    }
    assertEquals(said, heard(anna));
    assertEquals(said.subList(0, MessageHook.THREADS), List.copyOf(shown));
    assertEquals((long) said.size(), hooks().passedOver().get("a.hook"));
  }

  @Test
  void theTextsOfADeviceStayInTheirOrder() throws Exception {
    CountDownLatch looking = new CountDownLatch(1);
    CountDownLatch decided = new CountDownLatch(1);
    hook(text -> {
      looking.countDown();
      await(decided);
      return ALLOW;
    });
    heard(anna);
    int first = anna.sends(new Command.Post(UUID.randomUUID(), Room.LOBBY, "first"));
    looking.await();
    int early = anna.tries(new Command.Post(UUID.randomUUID(), Room.LOBBY, "second"));
    decided.countDown();
    anna.answered(first);
    assertEquals(-1, early, "taken before the first was decided");
    anna.says(Room.LOBBY, "second");
    assertEquals(List.of("first", "second"), heard(anna));
  }

  /** Who takes a connection on reads what is behind it only then. */
  @Test
  void whatIsBeingLookedAtCanBeWaitedFor() throws Exception {
    CountDownLatch looking = new CountDownLatch(1);
    hook(text -> {
      looking.countDown();
      return hangs(text);
    });
    heard(bert);
    int asked = anna.sends(new Command.Post(UUID.randomUUID(), Room.LOBBY, "looked at"));
    looking.await();
    hooks().settle();
    assertInstanceOf(Reply.Posted.class, anna.answered(asked));
    assertEquals(List.of("looked at"), heard(bert));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void whatAHookThatGoesHasNotSeenIsSaidAllTheSame() throws Exception {
    List<ServerFixture.Somebody> many = new ArrayList<>();
    for (int i = 0; i < 2 * MessageHook.THREADS; i++) {
      many.add(fixture.registers("writer" + i));
    }
    CountDownLatch all = new CountDownLatch(MessageHook.THREADS);
    MessageHook slow =
        text -> {
          all.countDown();
          return hangs(text);
        };
    hook(slow);
    List<Integer> asked = new ArrayList<>();
    for (ServerFixture.Somebody writer : many) {
      asked.add(writer.sends(new Command.Post(UUID.randomUUID(), Room.LOBBY, writer.name())));
    }
    all.await();
    hooks().remove(slow);
    for (int i = 0; i < many.size(); i++) {
      assertInstanceOf(Reply.Posted.class, many.get(i).answered(asked.get(i)));
    }
    assertTrue(hooks().isEmpty());
    assertFalse(heard(bert).isEmpty());
  }

  @Test
  void whoGoesAwayMeanwhileHasSaidItOrNot() throws Exception {
    CountDownLatch looking = new CountDownLatch(1);
    hook(text -> {
      looking.countDown();
      return hangs(text);
    });
    FakeConnection connection = new FakeConnection(99);
    fixture.adopts(connection);
    asks(connection, new Command.Hello(1, List.of(), "test", "en"));
    asks(connection, new Command.Register("carl", "correct horse", "test", ""));
    heard(bert);
    ByteBuffer bytes =
        connection.bytes(new Command.Post(UUID.randomUUID(), Room.LOBBY, "last words"));
    fixture.server().received(connection, bytes);
    looking.await();
    fixture.server().closed(connection);
    anna.says(Room.LOBBY, "still here");
    assertTrue(heard(bert).contains("still here"));
  }
}
