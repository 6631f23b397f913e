// SPDX-License-Identifier: Apache-2.0
package chat.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.protocol.Command;
import chat.protocol.Command.Direction;
import chat.protocol.Event;
import chat.protocol.Problem;
import chat.protocol.ReadMark;
import chat.protocol.Reply;
import chat.protocol.RoomKind;
import chat.protocol.RoomState;
import chat.server.ServerFixture.Somebody;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Pages of a room in both directions, and how far each member has read it. */
@Timeout(60)
class HistoryTest {
  private static final int TEXTS = 30;

  @TempDir Path folder;
  private final List<Long> numbers = new ArrayList<>();
  private ServerFixture server;
  private Somebody anna;
  private Somebody ben;
  private long room;

  @BeforeEach
  void talk() throws Exception {
    server = new ServerFixture(folder, "anna", "ben");
    anna = server.one(0);
    ben = server.one(1);
    room = anna.makes(RoomKind.PUBLIC, "room");
    ben.does(new Command.Join(UUID.randomUUID(), room));
    for (int i = 0; i < TEXTS; i++) {
      numbers.add(anna.says(room, "text " + i).number());
    }
  }

  @AfterEach
  void close() {
    server.close();
  }

  private Reply.Page page(Direction direction, long number, int limit) {
    return assertInstanceOf(
        Reply.Page.class, ben.asks(new Command.History(room, direction, number, limit)));
  }

  private static List<Long> numbers(Reply.Page page) {
    return page.entries().stream().map(Event.Entry::number).toList();
  }

  private RoomState state() {
    return assertInstanceOf(Reply.Opened.class, ben.asks(new Command.Open(room, 0, 0)))
        .room()
        .state();
  }

  @Test
  void backwardsFromTheHeadAndForwardsFromTheBeginningAllIsThereOnce() {
    List<Long> back = new ArrayList<>();
    for (long at = 0; at != 1; at = back.getLast()) {
      back.addAll(numbers(page(Direction.BEFORE, at, 7)).reversed());
    }
    List<Long> forth = new ArrayList<>();
    for (List<Long> next = numbers(page(Direction.AFTER, 0, 7));
        !next.isEmpty();
        next = numbers(page(Direction.AFTER, forth.getLast(), 7))) {
      forth.addAll(next);
    }
    assertEquals(forth.reversed(), back);
    assertTrue(forth.containsAll(numbers));
    assertEquals(forth.getLast(), page(Direction.AFTER, 0, 1).head());
  }

  @Test
  void aPageHasItsBoundsAndARoomItsMembers() {
    assertEquals(Problem.TOO_LARGE, ben.problem(history(room, 0)));
    assertEquals(Problem.TOO_LARGE, ben.problem(history(room, 100_000)));
    assertEquals(Problem.ROOM_UNKNOWN, ben.problem(history(4_711, 10)));
    ben.does(new Command.Leave(UUID.randomUUID(), room));
    assertEquals(Problem.ROOM_UNKNOWN, ben.problem(history(room, 10)));
    assertEquals(Problem.ROOM_UNKNOWN, ben.problem(new Command.Files(room, 0, 10)));
  }

  private static Command history(long room, int limit) {
    return new Command.History(room, Direction.BEFORE, 0, limit);
  }

  @Test
  void aReadMarkGoesForwardsOnlyAndNeverPastTheHead() {
    assertEquals(TEXTS, state().unread());
    mark(numbers.get(9));
    assertEquals(TEXTS - 10, state().unread());
    mark(numbers.get(4));
    assertEquals(numbers.get(9), state().read());
    mark(Long.MAX_VALUE);
    assertEquals(numbers.getLast(), state().read());
    assertEquals(0, state().unread());
    anna.says(room, "one more");
    assertEquals(1, state().unread());
  }

  private void mark(long number) {
    assertNull(ben.problem(new Command.MarkRead(room, number, number)));
  }

  @Test
  void whatIsMarkedAsUnreadIsUnreadForOneselfOnly() {
    mark(numbers.getLast());
    long fifth = numbers.get(4);
    assertNull(ben.problem(new Command.MarkRead(room, 0, fifth, true)));
    assertEquals(fifth, state().read());
    assertEquals(TEXTS - 5, state().unread());
    assertEquals(numbers.getLast(), marks(anna).getFirst().read(), "others were told that it is");
    assertNull(ben.problem(new Command.MarkRead(room, 0, numbers.getLast(), true)));
    assertEquals(fifth, state().read(), "this way it only goes back");
    mark(numbers.get(6));
    assertEquals(TEXTS - 7, state().unread());
    assertEquals(numbers.getLast(), marks(anna).getFirst().read());
    mark(numbers.getLast());
    assertEquals(0, state().unread());
    assertEquals(numbers.getLast(), marks(anna).getFirst().read());
  }

  private List<ReadMark> marks(Somebody viewer) {
    return assertInstanceOf(Reply.Opened.class, viewer.asks(new Command.Open(room, 0, 0)))
        .room()
        .marks();
  }

  @Test
  void draftsAndMutedNoticesAreOnesOwn() {
    assertNull(ben.problem(new Command.Draft(room, "not yet")));
    assertNull(ben.problem(new Command.MuteNotifications(room, true)));
    assertEquals("not yet", state().draft());
    assertTrue(state().silent());
    RoomState annas =
        assertInstanceOf(Reply.Opened.class, anna.asks(new Command.Open(room, 0, 0)))
            .room()
            .state();
    assertEquals("", annas.draft());
    assertTrue(!annas.silent());
    assertNull(ben.problem(new Command.Draft(room, "")));
    assertEquals("", state().draft());
    assertEquals(Problem.TOO_LARGE, ben.problem(new Command.Draft(room, "x".repeat(17_000))));
  }
}
