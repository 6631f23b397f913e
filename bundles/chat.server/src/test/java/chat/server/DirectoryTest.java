// SPDX-License-Identifier: Apache-2.0
package chat.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.protocol.Command;
import chat.protocol.Member;
import chat.protocol.ModerationAction;
import chat.protocol.Problem;
import chat.protocol.Rank;
import chat.protocol.Reply;
import chat.protocol.RoomInfo;
import chat.protocol.RoomKind;
import chat.protocol.RoomSettings.Change;
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

/**
 * Members of a room and public rooms are listed in pages, each after the last name of the one
 * before.
 */
@Timeout(60)
class DirectoryTest {
  private static final long LOBBY = 1;

  @TempDir Path folder;
  private ServerFixture server;
  private Somebody anna;

  @BeforeEach
  void open() throws Exception {
    server = new ServerFixture(folder, "dora", "anna", "carla", "boris", "emil");
    anna = server.one(1);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private Reply.PeoplePage people(long room, String after, int limit) {
    return assertInstanceOf(
        Reply.PeoplePage.class, anna.asks(new Command.People(room, after, limit)));
  }

  private static List<String> names(Reply.PeoplePage page) {
    return page.people().stream().map(member -> member.person().name()).toList();
  }

  private Reply.RoomsPage rooms(String words, String after, int limit) {
    return assertInstanceOf(
        Reply.RoomsPage.class, anna.asks(new Command.Rooms(words, after, limit)));
  }

  private static List<String> titles(Reply.RoomsPage page) {
    return page.rooms().stream().map(RoomInfo::name).toList();
  }

  @Test
  void pagesOfPeopleShowEverybodyOnceByName() {
    List<String> all = new ArrayList<>();
    Reply.PeoplePage page = people(LOBBY, "", 2);
    while (page.more()) {
      assertEquals(2, page.people().size());
      all.addAll(names(page));
      page = people(LOBBY, all.getLast(), 2);
    }
    all.addAll(names(page));
    assertEquals(List.of("anna", "boris", "carla", "dora", "emil"), all);
  }

  @Test
  void aMemberIsListedWithRankAndMute() {
    Somebody carla = server.one(2);
    long room = anna.makes(RoomKind.PRIVATE, "garden");
    anna.bringsIn(carla, room);
    anna.does(ModerationAction.MUTE, carla, room);
    List<Member> members = people(room, "", 10).people();
    assertEquals(List.of(Rank.OWNER, Rank.MEMBER), members.stream().map(Member::rank).toList());
    assertEquals(0, members.getFirst().mutedUntil());
    assertEquals(Long.MAX_VALUE, members.getLast().mutedUntil());
  }

  @Test
  void peopleAreListedForMembersOnly() {
    long room = server.one(0).makes(RoomKind.PUBLIC, "garden");
    assertEquals(Problem.ROOM_UNKNOWN, anna.problem(new Command.People(room, "", 10)));
  }

  @Test
  void pagesOfRoomsShowPublicOnesByNameInAnyCase() {
    for (String name : List.of("cellar", "Attic", "garden")) {
      anna.makes(RoomKind.PUBLIC, name);
    }
    anna.makes(RoomKind.PRIVATE, "Bedroom");
    anna.does(new Command.Direct(UUID.randomUUID(), server.one(0).account()));
    Reply.RoomsPage first = rooms("", "", 2);
    assertEquals(List.of("Attic", "cellar"), titles(first));
    assertTrue(first.more());
    Reply.RoomsPage second = rooms("", "cellar", 2);
    assertEquals(List.of("garden", "Lobby"), titles(second));
    assertFalse(second.more());
  }

  @Test
  void roomsAreFoundByWordsOfTheirNameAndTopic() {
    long garden = anna.makes(RoomKind.PUBLIC, "Garden");
    anna.makes(RoomKind.PUBLIC, "Cellar");
    anna.does(
        new Command.SetRoom(UUID.randomUUID(), garden, Change.NONE.withTopic("Plants and stones")));
    assertEquals(List.of("Garden"), titles(rooms("GARD", "", 10)));
    assertEquals(List.of("Garden"), titles(rooms("stones", "", 10)));
    assertEquals(List.of(), titles(rooms("river", "", 10)));
  }

  @Test
  void anArchivedRoomIsNotListed() {
    long garden = anna.makes(RoomKind.PUBLIC, "Garden");
    Command.SetRoom archive =
        new Command.SetRoom(UUID.randomUUID(), garden, Change.NONE.withArchived(true));
    anna.does(archive);
    assertEquals(List.of(), titles(rooms("garden", "", 10)));
  }

  @Test
  void aPageHasAtLeastOneAndAtMostAPageful() {
    assertEquals(1, people(LOBBY, "", 0).people().size());
    assertEquals(1, people(LOBBY, "", -5).people().size());
    assertEquals(5, people(LOBBY, "", 100_000).people().size());
    assertEquals(1, rooms("", "", 0).rooms().size());
  }
}
