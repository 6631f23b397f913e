// SPDX-License-Identifier: Apache-2.0
package chat.server.command.account;

import chat.protocol.Command;
import chat.protocol.Limits;
import chat.protocol.Problem;
import chat.protocol.Reply;
import chat.protocol.RoomKind;
import chat.server.base.Cells;
import chat.server.base.Pictures;
import chat.server.base.Seals;
import chat.server.command.Call;
import chat.server.command.Gate;
import chat.server.command.message.SessionTransfers;
import chat.server.room.Directory;
import chat.server.room.Right;
import chat.server.room.Room;
import chat.server.room.Room.Known;
import chat.server.room.Self;
import chat.server.session.News;
import chat.server.session.RateLimits;
import chat.server.store.StoreAccess;
import chat.storage.Cell;
import chat.storage.CellKey;
import chat.storage.Change.CellVersion;
import chat.storage.Change.CellWrite;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Pictures of people and rooms. */
public record PictureHandler(
    Gate gate,
    ProfileHandler profiles,
    StoreAccess access,
    Directory directory,
    Seals seals,
    Limits limits,
    SessionTransfers transfers) {
  public void setPicture(Call call, Command.SetPicture set) {
    if (set.size() < 0
        || set.size() > Limits.PICTURE
        || set.offset() < 0
        || set.bytes().length > limits.chunk()
        || set.offset() + set.bytes().length > set.size()) {
      call.fail(Problem.TOO_LARGE, "a picture has at most " + Limits.PICTURE + " bytes");
      return;
    }
    if (set.room() != 0 && gate.room(call, set.room(), Right.SET_ROOM) == null) {
      return;
    }
    if (set.offset() == 0 && !gate.pace(call, RateLimits.Kind.PICTURE)) {
      return;
    }
    call.read(() -> {
      ByteArrayOutputStream picture = transfers.of(call.session()).picture(set.offset() == 0);
      if (picture.size() != set.offset()) {
        call.fail(Problem.MALFORMED, "go on from " + picture.size());
        return;
      }
      picture.writeBytes(set.bytes());
      if (picture.size() < set.size()) {
        call.answer(new Reply.Received(new UUID(0, 0), picture.size()));
      } else if (set.size() > 0 && !Pictures.known(picture.toByteArray())) {
        call.fail(Problem.FILE_INVALID, "a picture is PNG, JPEG or WebP");
      } else {
        take(call, set.room(), picture.toByteArray());
      }
    });
  }

  private void take(Call call, long roomId, byte[] picture) {
    if (roomId == 0) {
      takeOwn(call, picture);
    } else {
      takeOfRoom(call, roomId, picture);
    }
  }

  private void takeOwn(Call call, byte[] picture) {
    Known<Self> before = directory.accounts().self(call.who());
    Self after = before.value().withPicture(picture.length == 0 ? 0 : before.version() + 1);
    CellKey key = Cells.profile(call.who());
    call.write(
        List.of(new CellVersion(key, before.version())),
        List.of(
            new CellWrite(key, seals.sealCell(key, after.bytes())),
            cell(Cells.pictureOf(call.who()), picture)),
        () -> profiles.changed(call.who(), new Known<>(after, before.version() + 1)),
        again -> takeOwn(again, picture));
  }

  private void takeOfRoom(Call call, long roomId, byte[] picture) {
    Room room = gate.room(call, roomId, Right.SET_ROOM);
    if (room == null) {
      return;
    }
    Known<Room.Settings> before = room.known();
    Room.Settings after =
        before.value().withPicture(picture.length == 0 ? 0 : before.version() + 1);
    CellKey key = Cells.room(roomId);
    Known<Room.Membership> member = room.member(call.who());
    call.write(
        List.of(
            new CellVersion(key, before.version()),
            new CellVersion(
                Cells.member(roomId, call.who()), member == null ? -1 : member.version())),
        List.of(
            new CellWrite(key, seals.sealCell(key, after.bytes())),
            cell(Cells.pictureOfRoom(roomId), picture)),
        () -> {
          room.set(new Known<>(after, before.version() + 1));
          profiles.devices().tellMembers(room, new News.OfRoom(room.id()));
        },
        again -> takeOfRoom(again, roomId, picture));
  }

  private CellWrite cell(CellKey key, byte[] picture) {
    return new CellWrite(key, picture.length == 0 ? null : seals.sealCell(key, picture));
  }

  /** A part of a picture; of a room only for those who may know of it. */
  public void picture(Call call, Command.Picture asked) {
    if (asked.offset() < 0 || asked.length() < 1 || asked.length() > limits.chunk()) {
      call.fail(Problem.TOO_LARGE, "1 to " + limits.chunk() + " bytes");
      return;
    }
    if (asked.account() == 0) {
      Room room = directory.rooms().get(asked.room());
      boolean mayKnow =
          room != null
              && (room.settings().kind() == RoomKind.PUBLIC || room.member(call.who()) != null);
      if (!mayKnow) {
        call.fail(Problem.ROOM_UNKNOWN, "there is no such room");
        return;
      }
    }
    CellKey key =
        asked.account() == 0 ? Cells.pictureOfRoom(asked.room()) : Cells.pictureOf(asked.account());
    call.read(() -> {
      Optional<Cell> cell = access.read((store, generation) -> store.cell(key));
      if (cell.isEmpty()) {
        call.fail(Problem.FILE_UNKNOWN, "there is no picture");
        return;
      }
      byte[] picture = seals.openCell(key, cell.get().value());
      int from = Math.min(asked.offset(), picture.length);
      int to = Math.min(from + asked.length(), picture.length);
      call.answer(new Reply.Data(from, Arrays.copyOfRange(picture, from, to)));
    });
  }
}
