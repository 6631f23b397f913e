// SPDX-License-Identifier: Apache-2.0
package chat.server;

import chat.protocol.Command;
import chat.protocol.Content;
import chat.protocol.Limits;
import chat.protocol.Problem;
import chat.protocol.RoomKind;
import chat.server.Room.Known;
import chat.server.Room.Settings;
import chat.storage.CellKey;
import chat.storage.Change.CellVersion;
import chat.storage.Change.CellWrite;

/** Changes what a room is called, what it is about, and who may write in it. */
record RoomSettingsHandler(
    Gate gate, RoomTransactions transactions, RoomNames names, Devices devices, Seals seals) {
  void setRoom(Call call, Command.SetRoom set) {
    Room room = gate.room(call, set.room());
    if (room == null) {
      return;
    }
    String name = Texts.line(set.name(), Limits.ROOM_NAME);
    String topic = Texts.line(set.topic(), Limits.TOPIC);
    if (name == null || name.isEmpty() || topic == null) {
      call.fail(Problem.ROOM_NAME_INVALID, RoomNames.lengths());
      return;
    }
    Settings before = room.settings();
    Settings after = before.with(name, topic, set.readOnly(), set.archived());
    boolean archives = before.archived() != after.archived();
    boolean changes =
        !after.equals(
            before.with(before.name(), before.topic(), before.readOnly(), after.archived()));
    if (archives && !gate.allowed(call, room, Right.ARCHIVE)
        || (changes || !archives) && !gate.allowed(call, room, Right.SET_ROOM)) {
      return;
    }
    if (archives && room.id() == Room.LOBBY) {
      call.refuse(Problem.NOT_ALLOWED, "the Lobby stays");
      return;
    }
    if (!names.titleIsFree(call, after, room.id()) || !gate.pace(call, RateLimits.Kind.MESSAGE)) {
      return;
    }
    Content.RoomSet content = new Content.RoomSet(name, topic, set.readOnly(), set.archived());
    CellKey key = Cells.room(room.id());
    long version = room.known().version();
    Step step =
        transactions
            .begin(call, room, set.id(), Bodies.of(content), content)
            .asMember()
            .writing(new CellWrite(key, seals.sealCell(key, after.bytes())));
    if (after.kind() == RoomKind.PUBLIC
        && !RoomNames.title(after).equals(RoomNames.title(before))) {
      step.relying(new CellVersion(RoomNames.title(after), 0))
          .writing(new CellWrite(RoomNames.title(before), null))
          .writing(new CellWrite(RoomNames.title(after), Cells.bytes(room.id())));
    }
    step.then(
            () -> {
              room.set(new Known<>(after, version + 1));
              devices.tellMembers(room, new News.OfRoom(room.id()));
            })
        .submit(again -> setRoom(again, set));
  }
}
