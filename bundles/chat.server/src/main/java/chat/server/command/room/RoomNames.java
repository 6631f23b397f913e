// SPDX-License-Identifier: Apache-2.0
package chat.server.command.room;

import chat.protocol.Limits;
import chat.protocol.Problem;
import chat.protocol.RoomKind;
import chat.protocol.RoomSettings;
import chat.server.base.Cells;
import chat.server.base.Refusal;
import chat.server.base.text.NameRule;
import chat.server.room.Directory;
import chat.server.room.Room;
import chat.storage.CellKey;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** The rules for names and topics of rooms. */
public record RoomNames(Directory directory) {
  static Refusal noName() {
    return Refusal.invalid(
        Problem.ROOM_NAME_INVALID,
        "a name has 1 to " + Limits.ROOM_NAME + " characters, a topic at most " + Limits.TOPIC);
  }

  /** By these a public room is unique: its name, and what that looks like. */
  static List<CellKey> titles(RoomSettings settings) {
    return Room.titles(settings.name()).stream().map(Cells::title).toList();
  }

  /** Whether a room may be called so, and no other public room is, or looks as if it were. */
  void check(RoomKind kind, RoomSettings settings, long room) throws Refusal {
    NameRule.checkRoom(settings.name(), room == Room.LOBBY);
    if (kind == RoomKind.PUBLIC && isTaken(Room.titles(settings.name()), room)) {
      throw Refusal.denied(Problem.ROOM_NAME_TAKEN, "choose another name");
    }
  }

  private boolean isTaken(Set<String> titles, long room) {
    return directory.rooms().all().stream()
        .anyMatch(other ->
            other.id() != room
                && other.kind() == RoomKind.PUBLIC
                && !Collections.disjoint(other.titles(), titles));
  }
}
