// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.protocol.Member;
import chat.protocol.ModerationAction;
import chat.protocol.Person;
import chat.protocol.Rank;
import chat.protocol.RoomInfo;
import chat.protocol.RoomKind;
import chat.protocol.RoomSettings;
import chat.protocol.RoomState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What is offered is what the table in the documentation allows. */
class RightsTest {
  private static final long NOW = 1_000;
  private static final Map<String, Predicate<Rights>> RIGHTS =
      Map.of(
          "WRITE", Rights::write,
          "REACT", Rights::react,
          "PIN", Rights::pin,
          "DELETE", Rights::delete,
          "INVITE", Rights::invite,
          "SET_ROOM", Rights::set,
          "ARCHIVE", Rights::archive);

  private static Rights rights(
      RoomKind kind, Rank rank, boolean readOnly, boolean archived, boolean muted) {
    Room room = new Room(1, () -> 1);
    room.place(
        new RoomInfo(
            1,
            kind,
            RoomSettings.Change.NONE
                .withReadOnly(readOnly)
                .withArchived(archived)
                .appliedTo(RoomSettings.of("Lab", "")),
            0,
            2,
            new Person(2, "Anna")),
        new RoomState(rank, muted ? NOW + 1 : 0, 0, 0, 0, 0, false, ""));
    return new Rights(room, NOW);
  }

  private static boolean in(String column, Rank rank, Predicate<Rights> right) {
    return right.test(
        switch (column) {
          case "direct" -> rights(RoomKind.DIRECT, rank, false, false, false);
          case "muted" -> rights(RoomKind.PUBLIC, rank, false, false, true);
          case "readOnly" -> rights(RoomKind.PUBLIC, rank, true, false, false);
          case "archived" -> rights(RoomKind.PUBLIC, rank, false, true, false);
          default -> rights(RoomKind.PUBLIC, rank, false, false, false);
        });
  }

  @Test
  void isTheTableOfTheDocumentation() throws Exception {
    int found = 0;
    for (String line : Files.readAllLines(Path.of("../docs/rights.md"))) {
      List<String> cells = List.of(line.replace(" ", "").split("\\|"));
      Predicate<Rights> right = cells.size() < 9 ? null : RIGHTS.get(cells.get(1));
      if (right == null) {
        continue;
      }
      found++;
      for (Rank rank : Rank.values()) {
        boolean plain = cells.get(2 + rank.ordinal()).equals("yes");
        assertEquals(plain, in("plain", rank, right), line + " " + rank);
        assertEquals(cells.get(5).equals("yes"), in("direct", rank, right), line + " direct");
        boolean muted = plain && cells.get(6).equals("yes");
        assertEquals(muted, in("muted", rank, right), line + " muted " + rank);
        boolean read = plain && (cells.get(7).equals("yes") || rank.compareTo(Rank.MODERATOR) >= 0);
        assertEquals(read, in("readOnly", rank, right), line + " read only " + rank);
        boolean archived = plain && cells.get(8).equals("yes");
        assertEquals(archived, in("archived", rank, right), line + " archived " + rank);
      }
    }
    assertEquals(RIGHTS.size(), found);
  }

  @Test
  void whatIsDoneToPeopleReachesThoseBelow() {
    Rights moderator = rights(RoomKind.PUBLIC, Rank.MODERATOR, false, false, false);
    Rights owner = rights(RoomKind.PUBLIC, Rank.OWNER, false, false, false);
    Rights member = rights(RoomKind.PUBLIC, Rank.MEMBER, false, false, false);
    Member plain = new Member(new Person(3, "Bo"), Rank.MEMBER, 0);
    Member other = new Member(new Person(4, "Di"), Rank.MODERATOR, NOW + 5);
    assertTrue(moderator.manage(plain, ModerationAction.KICK));
    assertFalse(moderator.manage(other, ModerationAction.KICK));
    assertTrue(owner.manage(other, ModerationAction.BAN));
    assertFalse(member.manage(plain, ModerationAction.MUTE));
    assertTrue(owner.manage(other, ModerationAction.UNMUTE));
    assertFalse(owner.manage(other, ModerationAction.MUTE));
    assertFalse(moderator.manage(plain, ModerationAction.MAKE_OWNER));
    assertTrue(owner.manage(plain, ModerationAction.MAKE_MODERATOR));
    assertFalse(owner.manage(plain, ModerationAction.MAKE_MEMBER));
  }
}
