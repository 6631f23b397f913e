// SPDX-License-Identifier: Apache-2.0
package chat.server.command.room;

import chat.protocol.Limits;
import chat.protocol.Problem;
import chat.protocol.RoomKind;
import chat.protocol.RoomSettings;
import chat.server.base.Cells;
import chat.server.base.Refusal;
import chat.server.base.Tokens;
import chat.server.room.Directory;
import chat.storage.CellKey;

/** The rules for names and topics of rooms. */
public record RoomNames(Directory directory) {
  static Refusal noName() {
    return Refusal.invalid(
        Problem.ROOM_NAME_INVALID,
        "a name has 1 to " + Limits.ROOM_NAME + " characters, a topic at most " + Limits.TOPIC);
  }

  static CellKey title(RoomSettings settings) {
    return Cells.title(Tokens.fold(settings.name()));
  }

  /** Whether no other public room has this name. */
  void checkTitle(RoomKind kind, RoomSettings settings, long room) throws Refusal {
    boolean taken =
        kind == RoomKind.PUBLIC
            && directory.rooms().all().stream()
                .anyMatch(other ->
                    other.id() != room
                        && other.kind() == RoomKind.PUBLIC
                        && title(other.settings()).equals(title(settings)));
    if (taken) {
      throw Refusal.denied(Problem.ROOM_NAME_TAKEN, "choose another name");
    }
  }
}
