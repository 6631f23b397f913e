// SPDX-License-Identifier: Apache-2.0
package chat.server.command.room;

import chat.protocol.ReadMark;
import chat.protocol.RoomKind;
import chat.protocol.RoomView;
import chat.server.room.Directory;
import chat.server.room.MemberState;
import chat.server.room.Room;
import java.util.List;

/** Up to where the members of a room have read, as far as they let it be seen. */
public record ReadMarks(Directory directory) {
  /** Those of everybody but the viewer; none in a large room. */
  List<ReadMark> marks(Room room, long viewer) {
    if (room.members().size() > RoomView.MARKS) {
      return List.of();
    }
    return room.members().keySet().stream()
        .filter(account -> account != viewer && showsRead(account) && !walled(room, account))
        .map(account -> mark(room, account))
        .toList();
  }

  boolean showsRead(long account) {
    return directory.accounts().profile(account).value().showRead();
  }

  boolean walled(Room room, long account) {
    return room.kind() == RoomKind.DIRECT
        && directory.contacts().blocks(account, room.peerOf(account));
  }

  static ReadMark mark(Room room, long account) {
    MemberState state = room.state(account).value();
    return new ReadMark(account, state.received(), state.read());
  }
}
