// SPDX-License-Identifier: Apache-2.0
package chat.server.room;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.protocol.Rank;
import chat.protocol.RoomKind;
import chat.protocol.RoomSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The table that people read is the one that decides. */
class RightTest {
  private static final Path DOCUMENT = Path.of("..", "..", "docs", "rights.md");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| ([A-Z_]+) \\|(.*)\\|$");

  private static StoredRoom room(RoomKind kind, boolean readOnly, boolean archived) {
    RoomSettings.Change change =
        RoomSettings.Change.NONE.withReadOnly(readOnly).withArchived(archived);
    return StoredRoom.of(kind, change.appliedTo(RoomSettings.of("room", "")));
  }

  private static String may(Right right, StoredRoom room, Rank rank, boolean muted) {
    return right.denial(room, rank, muted) == null ? "yes" : "no";
  }

  /** What the code says of a right, in the columns of the document. */
  private static List<String> columns(Right right) {
    List<String> columns = new ArrayList<>();
    StoredRoom open = room(RoomKind.PRIVATE, false, false);
    for (Rank rank : Rank.values()) {
      columns.add(may(right, open, rank, false));
    }
    columns.add(may(right, room(RoomKind.DIRECT, false, false), Rank.MEMBER, false));
    columns.add(may(right, open, Rank.OWNER, true));
    StoredRoom readOnly = room(RoomKind.PRIVATE, true, false);
    boolean memberMay = may(right, open, Rank.MEMBER, false).equals("yes");
    boolean memberStill = may(right, readOnly, Rank.MEMBER, false).equals("yes");
    columns.add(memberMay && !memberStill ? "moderator" : may(right, readOnly, Rank.OWNER, false));
    columns.add(may(right, room(RoomKind.PRIVATE, false, true), Rank.OWNER, false));
    return columns;
  }

  /** The same of a right on the server. */
  private static List<String> columns(ServerRight right) {
    List<String> columns = new ArrayList<>();
    Account somebody = new Account(1, "somebody", Role.MEMBER, "", 1);
    for (Role role : Role.values()) {
      columns.add(right.isOf(somebody.withRole(role)) ? "yes" : "no");
    }
    Account suspended = somebody.withRole(Role.OWNER).suspendedSince(1);
    columns.add(right.isOf(suspended) ? "yes" : "no");
    return columns;
  }

  @Test
  void theDocumentIsTrue() throws IOException {
    List<String> written = new ArrayList<>();
    Matcher rows = ROW.matcher(Files.readString(DOCUMENT));
    while (rows.find()) {
      written.add(
          rows.group(1) + Arrays.stream(rows.group(2).split("\\|")).map(String::strip).toList());
    }
    List<String> decided = new ArrayList<>();
    for (ServerRight right : ServerRight.values()) {
      decided.add(right + columns(right).toString());
    }
    for (Right right : Right.values()) {
      decided.add(right + columns(right).toString());
    }
    assertEquals(decided, written);
  }

  @Test
  void aRightOfAMemberIsARightOfThoseAbove() {
    for (Right right : Right.values()) {
      for (RoomKind kind : RoomKind.values()) {
        for (boolean readOnly : new boolean[] {false, true}) {
          for (boolean archived : new boolean[] {false, true}) {
            StoredRoom room = room(kind, readOnly, archived);
            String before = "no";
            for (Rank rank : Rank.values()) {
              String now = may(right, room, rank, false);
              assertEquals(true, before.equals("no") || now.equals("yes"), right + " " + rank);
              before = now;
            }
          }
        }
      }
    }
  }
}
