// SPDX-License-Identifier: Apache-2.0
package chat.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.protocol.Command;
import chat.protocol.Cursor;
import chat.protocol.Event;
import chat.protocol.ModerationAction;
import chat.protocol.Problem;
import chat.protocol.Reply;
import chat.protocol.RoomKind;
import chat.protocol.RoomSettings.Change;
import chat.server.ServerFixture.Somebody;
import chat.storage.StorageException;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a command that is refused is told, the first time and when it is sent again. */
@Timeout(60)
class RefusalTest {
  @TempDir Path folder;

  private final AtomicInteger lookedFor = new AtomicInteger();
  private final AtomicBoolean away = new AtomicBoolean();
  private final AtomicBoolean damaged = new AtomicBoolean();

  private ServerFixture server(Map<String, Object> configured, String... names) throws Exception {
    return new ServerFixture(
        folder,
        store ->
            InterceptingStore.store(
                store,
                (method, arguments, call) -> {
                  if (method.equals("find")) {
                    lookedFor.incrementAndGet();
                  }
                  if (away.get() && method.equals("before")) {
                    throw new StorageException.Unavailable("away for a test");
                  }
                  if (damaged.get() && method.equals("before")) {
                    throw new StorageException.Damaged("damaged for a test");
                  }
                  return call.goOn();
                }),
        configured,
        names);
  }

  private static Reply.Failed failed(Reply reply) {
    return assertInstanceOf(Reply.Failed.class, reply, reply::toString);
  }

  @Test
  void whatWasDoneIsAnsweredAsThenAlthoughItWouldBeDeniedNow() throws Exception {
    try (ServerFixture server = server(Map.of(), "anna", "boris")) {
      Somebody anna = server.one(0);
      Somebody boris = server.one(1);
      long room = anna.makes(RoomKind.PUBLIC, "garden");
      Command.Join join = new Command.Join(UUID.randomUUID(), room);
      Reply.Posted joined = boris.does(join);
      Command.Post post = new Command.Post(UUID.randomUUID(), room, "hello");
      Reply.Posted posted = boris.does(post);
      Cursor said = new Cursor(room, posted.number(), Cursor.prefix(post.id()));
      Command.Edit edit = new Command.Edit(UUID.randomUUID(), said, "hello!");
      Reply.Posted edited = boris.does(edit);
      anna.does(ModerationAction.BAN, boris, room);
      assertEquals(joined, boris.does(join));
      assertEquals(posted, boris.does(post));
      assertEquals(edited, boris.does(edit));
      assertEquals(
          Problem.ROOM_UNKNOWN, boris.problem(new Command.Post(UUID.randomUUID(), room, "more")));
      assertEquals(Problem.NOT_ALLOWED, boris.problem(new Command.Join(UUID.randomUUID(), room)));
    }
  }

  @Test
  void aRoomOfTwoThatWasMadeIsAnsweredAsThenAlthoughTheOtherOneIsGone() throws Exception {
    try (ServerFixture server = server(Map.of(), "anna", "boris")) {
      Somebody anna = server.one(0);
      long boris = server.one(1).account();
      Command.Direct direct = new Command.Direct(UUID.randomUUID(), boris);
      Reply.Posted made = anna.does(direct);
      assertNull(server.one(1).problem(new Command.DeleteAccount("correct horse")));
      assertEquals(made, anna.does(direct));
      assertEquals(
          Problem.PERSON_UNKNOWN, anna.problem(new Command.Direct(UUID.randomUUID(), boris)));
    }
  }

  @Test
  void whatIsWrongInItselfIsRefusedWithoutALookAtTheStore() throws Exception {
    try (ServerFixture server = server(Map.of(), "anna")) {
      Somebody anna = server.one(0);
      Event.Entry said = anna.says(1, "hello");
      int before = lookedFor.get();
      UUID id = UUID.randomUUID();
      assertEquals(Problem.TEXT_EMPTY, anna.problem(new Command.Post(id, 1, " ")));
      assertEquals(
          Problem.TEXT_INVALID,
          anna.problem(new Command.React(id, Cursor.behind(said), "word", true)));
      assertEquals(
          Problem.ROOM_NAME_INVALID,
          anna.problem(new Command.SetRoom(id, 1, Change.NONE.withName(""))));
      assertEquals(before, lookedFor.get());
    }
  }

  @Test
  void whatIsPostponedSaysWhenToTryAgainAndMayBeDoneThen() throws Exception {
    try (ServerFixture server =
        server(Map.of("messageBurst", 2, "messagesPerSecond", 50), "anna")) {
      Somebody anna = server.one(0);
      Reply reply = new Reply.Done();
      Command.Post post = new Command.Post(UUID.randomUUID(), 1, "hello");
      for (int i = 0; i < 1_000 && !(reply instanceof Reply.Failed); i++) {
        post = new Command.Post(UUID.randomUUID(), 1, "hello " + i);
        reply = anna.asks(post);
      }
      assertEquals(Problem.TOO_MANY, failed(reply).problem());
      assertTrue(failed(reply).retryAfter() > 0);
      while (reply instanceof Reply.Failed) {
        reply = anna.asks(post); // until the bucket has filled up
      }
      assertInstanceOf(Reply.Posted.class, reply);
    }
  }

  @Test
  void aStoreThatIsAwayPostponesAndADamagedOneIsTheServersFault() throws Exception {
    try (ServerFixture server = server(Map.of(), "anna")) {
      Somebody anna = server.one(0);
      Command history = new Command.History(1, Command.Direction.BEFORE, 0, 10);
      away.set(true);
      Reply.Failed later = failed(anna.asks(history));
      assertEquals(Problem.UNAVAILABLE, later.problem());
      assertTrue(later.retryAfter() > 0);
      away.set(false);
      damaged.set(true);
      Reply.Failed never = failed(anna.asks(history));
      assertEquals(Problem.INTERNAL, never.problem());
      assertEquals(0, never.retryAfter());
      damaged.set(false);
      assertInstanceOf(Reply.Page.class, anna.asks(history));
    }
  }

  @Test
  void theStatusCountsRefusalsByTheirProblem() throws Exception {
    try (ServerFixture server = server(Map.of(), "anna")) {
      Somebody anna = server.one(0);
      for (int i = 0; i < 3; i++) {
        anna.problem(new Command.Post(UUID.randomUUID(), 1, ""));
      }
      anna.problem(new Command.Open(4_711, 10, 10));
      assertEquals(Map.of("TEXT_EMPTY", 3L, "ROOM_UNKNOWN", 1L), server.server().load().refusals());
    }
  }
}
