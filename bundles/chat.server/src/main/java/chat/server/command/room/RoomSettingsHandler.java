// SPDX-License-Identifier: Apache-2.0
package chat.server.command.room;

import chat.protocol.Command;
import chat.protocol.Content;
import chat.protocol.Limits;
import chat.protocol.Problem;
import chat.protocol.RoomKind;
import chat.server.base.Cells;
import chat.server.base.Seals;
import chat.server.base.Texts;
import chat.server.command.AccessGuard;
import chat.server.command.Request;
import chat.server.command.RoomTransaction;
import chat.server.command.RoomTransactions;
import chat.server.room.EntryCodec;
import chat.server.room.Right;
import chat.server.room.Room;
import chat.server.room.Room.Settings;
import chat.server.room.Room.Versioned;
import chat.server.session.Devices;
import chat.server.session.RateLimits;
import chat.server.session.StateUpdate;
import chat.storage.CellKey;
import chat.storage.Change.CellVersion;
import chat.storage.Change.CellWrite;

/** Changes what a room is called, what it is about, and who may write in it. */
public record RoomSettingsHandler(
    AccessGuard guard,
    RoomTransactions transactions,
    RoomNames names,
    Devices devices,
    Seals seals) {
  public void setRoom(Request request, Command.SetRoom set) {
    Room room = guard.room(request, set.room());
    if (room == null) {
      return;
    }
    String name = Texts.line(set.name(), Limits.ROOM_NAME);
    String topic = Texts.line(set.topic(), Limits.TOPIC);
    if (name == null || name.isEmpty() || topic == null) {
      request.fail(Problem.ROOM_NAME_INVALID, RoomNames.lengths());
      return;
    }
    Settings before = room.settings();
    Settings after = before.with(name, topic, set.readOnly(), set.archived());
    boolean archives = before.archived() != after.archived();
    boolean changes =
        !after.equals(
            before.with(before.name(), before.topic(), before.readOnly(), after.archived()));
    if (archives && !guard.allowed(request, room, Right.ARCHIVE)
        || (changes || !archives) && !guard.allowed(request, room, Right.SET_ROOM)) {
      return;
    }
    if (archives && room.id() == Room.LOBBY) {
      request.failUnlessApplied(Problem.NOT_ALLOWED, "the Lobby stays");
      return;
    }
    if (!names.titleIsFree(request, after, room.id())
        || !guard.checkRate(request, RateLimits.Kind.MESSAGE)) {
      return;
    }
    write(request, set, room, after);
  }

  private void write(Request request, Command.SetRoom set, Room room, Settings after) {
    Settings before = room.settings();
    Content.RoomSet content =
        new Content.RoomSet(after.name(), after.topic(), after.readOnly(), after.archived());
    CellKey key = Cells.room(room.id());
    long version = room.known().version();
    RoomTransaction transaction =
        transactions
            .begin(request, room, set.id(), EntryCodec.of(content), content)
            .asMember()
            .writing(new CellWrite(key, seals.sealCell(key, after.bytes())));
    if (after.kind() == RoomKind.PUBLIC
        && !RoomNames.title(after).equals(RoomNames.title(before))) {
      transaction
          .relying(new CellVersion(RoomNames.title(after), 0))
          .writing(new CellWrite(RoomNames.title(before), null))
          .writing(new CellWrite(RoomNames.title(after), Cells.bytes(room.id())));
    }
    transaction
        .then(() -> {
          room.set(new Versioned<>(after, version + 1));
          devices.tellMembers(room, new StateUpdate.OfRoom(room.id()));
        })
        .submit(retried -> setRoom(retried, set));
  }
}
