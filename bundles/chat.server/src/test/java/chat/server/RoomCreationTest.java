// SPDX-License-Identifier: Apache-2.0
package chat.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.protocol.Command;
import chat.protocol.Problem;
import chat.protocol.Rank;
import chat.protocol.Reply;
import chat.protocol.RoomInfo;
import chat.protocol.RoomKind;
import chat.server.ServerFixture.Somebody;
import chat.server.room.Room;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Rooms are made once, by whoever asks, and belong to them; a room of two belongs to both. */
@Timeout(60)
class RoomCreationTest {
  @TempDir Path folder;
  private ServerFixture server;
  private Somebody anna;
  private Somebody ben;

  @BeforeEach
  void open() throws Exception {
    server = new ServerFixture(folder, "anna", "ben");
    anna = server.one(0);
    ben = server.one(1);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private static Command.Create create(RoomKind kind, String name) {
    return new Command.Create(UUID.randomUUID(), kind, name, "");
  }

  private List<String> listed(Somebody by, String words) {
    return assertInstanceOf(Reply.RoomsPage.class, by.asks(new Command.Rooms(words, "", 50)))
        .rooms()
        .stream()
        .map(RoomInfo::name)
        .toList();
  }

  @Test
  void whoMakesARoomOwnsItAndTheSameCommandMakesNoSecondOne() {
    Command.Create create = create(RoomKind.PUBLIC, "Garden");
    Reply.Posted made = anna.does(create);
    assertEquals(made, anna.does(create));
    Room room = server.directory().rooms().of(anna.account(), made.room());
    assertEquals(Rank.OWNER, room.member(anna.account()).value().rank());
    assertEquals(List.of("Garden"), listed(ben, "gard"));
  }

  @Test
  void aNameIsTakenInAnyCaseAndHasItsBounds() {
    anna.does(create(RoomKind.PUBLIC, "Garden"));
    assertEquals(Problem.ROOM_NAME_TAKEN, ben.problem(create(RoomKind.PUBLIC, "gARDEN")));
    assertEquals(Problem.ROOM_NAME_INVALID, ben.problem(create(RoomKind.PUBLIC, "  ")));
    assertEquals(Problem.ROOM_NAME_INVALID, ben.problem(create(RoomKind.PUBLIC, "x".repeat(200))));
    assertEquals(Problem.NOT_ALLOWED, ben.problem(create(RoomKind.DIRECT, "two")));
  }

  @Test
  void aPrivateRoomIsListedForNobodyElse() {
    anna.does(create(RoomKind.PRIVATE, "Secret"));
    assertEquals(List.of(), listed(ben, "secret"));
  }

  @Test
  void aRoomOfTwoIsTheSameForBoth() throws Exception {
    long made = anna.does(new Command.Direct(UUID.randomUUID(), ben.account())).room();
    assertEquals(made, ben.does(new Command.Direct(UUID.randomUUID(), anna.account())).room());
    anna.says(made, "psst");
    server.settle();
    Room room = server.directory().rooms().direct(anna.account(), ben.account()).orElseThrow();
    for (Somebody one : List.of(anna, ben)) {
      assertEquals(Rank.MEMBER, room.member(one.account()).value().rank());
      assertEquals(1, room.state(one.account()).version());
    }
    assertTrue(
        assertInstanceOf(Reply.Opened.class, ben.asks(new Command.Open(made, 5, 0)))
            .room()
            .entries()
            .stream()
            .anyMatch(entry -> entry.content().toString().contains("psst")));
    assertEquals(
        Problem.PERSON_UNKNOWN,
        anna.problem(new Command.Direct(UUID.randomUUID(), anna.account())));
  }
}
