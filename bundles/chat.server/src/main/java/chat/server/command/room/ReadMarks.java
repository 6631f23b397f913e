// SPDX-License-Identifier: Apache-2.0
package chat.server.command.room;

import chat.protocol.ReadMark;
import chat.protocol.RoomView;
import chat.server.room.Directory;
import chat.server.room.MemberState;
import chat.server.room.Room;
import chat.server.session.Presence;
import java.util.List;

/**
 * Up to where the members of a room have read, as far as they let it be seen: whoever is invisible
 * shows none, and nobody shows one to somebody whom they have blocked.
 */
public record ReadMarks(Directory directory, Presence presence) {
  /** Those of everybody but the viewer; none in a large room. */
  List<ReadMark> marks(Room room, long viewer) {
    if (room.members().size() > RoomView.MARKS) {
      return List.of();
    }
    return room.members().keySet().stream()
        .filter(account ->
            account != viewer
                && showsRead(account)
                && !directory.contacts().blocks(account, viewer))
        .map(account -> mark(room, account))
        .toList();
  }

  boolean showsRead(long account) {
    return directory.accounts().profile(account).value().showRead()
        && !presence.isInvisible(account);
  }

  static ReadMark mark(Room room, long account) {
    MemberState state = room.state(account).value();
    return new ReadMark(account, state.received(), state.told());
  }
}
