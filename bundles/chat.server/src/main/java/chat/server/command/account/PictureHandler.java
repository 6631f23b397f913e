// SPDX-License-Identifier: Apache-2.0
package chat.server.command.account;

import chat.protocol.Command;
import chat.protocol.Limits;
import chat.protocol.Problem;
import chat.protocol.Reply;
import chat.protocol.RoomKind;
import chat.server.base.Cells;
import chat.server.base.Refusal;
import chat.server.base.Seals;
import chat.server.base.text.Pictures;
import chat.server.command.AccessGuard;
import chat.server.command.Request;
import chat.server.command.message.SessionTransfers;
import chat.server.room.Directory;
import chat.server.room.ProfileData;
import chat.server.room.Right;
import chat.server.room.Room;
import chat.server.room.Room.Versioned;
import chat.server.room.StoredRoom;
import chat.server.session.RateLimits;
import chat.server.session.StateUpdate;
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
    AccessGuard guard,
    ProfileHandler profiles,
    StoreAccess access,
    Directory directory,
    Seals seals,
    Limits limits,
    SessionTransfers transfers) {
  public void setPicture(Request request, Command.SetPicture set) throws Refusal {
    if (set.size() < 0
        || set.size() > Limits.PICTURE
        || set.offset() < 0
        || set.bytes().length > limits.chunk()
        || set.offset() + set.bytes().length > set.size()) {
      throw Refusal.invalid(
          Problem.TOO_LARGE, "a picture has at most " + Limits.PICTURE + " bytes");
    }
    if (set.room() != 0) {
      guard.room(request, set.room(), Right.SET_ROOM);
    }
    if (set.offset() == 0) {
      guard.checkRate(request, RateLimits.Kind.PICTURE);
    }
    request.read(() -> {
      ByteArrayOutputStream picture = transfers.of(request.session()).picture(set.offset() == 0);
      if (picture.size() != set.offset()) {
        throw Refusal.invalid(Problem.MALFORMED, "go on from " + picture.size());
      }
      picture.writeBytes(set.bytes());
      if (picture.size() < set.size()) {
        request.answer(new Reply.UploadProgress(new UUID(0, 0), picture.size()));
      } else if (set.size() > 0 && !Pictures.known(picture.toByteArray())) {
        throw Refusal.invalid(Problem.FILE_INVALID, "a picture is PNG, JPEG or WebP");
      } else {
        take(request, set.room(), picture.toByteArray());
      }
    });
  }

  private void take(Request request, long roomId, byte[] picture) throws Refusal {
    if (roomId == 0) {
      takeOwn(request, picture);
    } else {
      takeOfRoom(request, roomId, picture);
    }
  }

  private void takeOwn(Request request, byte[] picture) {
    Versioned<ProfileData> before = directory.accounts().profile(request.accountId());
    ProfileData after = before.value().withPicture(picture.length == 0 ? 0 : before.version() + 1);
    CellKey key = Cells.profile(request.accountId());
    request.write(
        List.of(new CellVersion(key, before.version())),
        List.of(
            seals.write(key, after.bytes()), cell(Cells.pictureOf(request.accountId()), picture)),
        () -> profiles.changed(request.accountId(), new Versioned<>(after, before.version() + 1)),
        retried -> takeOwn(retried, picture));
  }

  private void takeOfRoom(Request request, long roomId, byte[] picture) throws Refusal {
    Room room = guard.room(request, roomId, Right.SET_ROOM);
    Versioned<StoredRoom> before = room.stored();
    StoredRoom after = before.value().withPicture(picture.length == 0 ? 0 : before.version() + 1);
    CellKey key = Cells.room(roomId);
    Versioned<Room.Membership> member = room.member(request.accountId());
    request.write(
        List.of(
            new CellVersion(key, before.version()),
            new CellVersion(
                Cells.member(roomId, request.accountId()), member == null ? -1 : member.version())),
        List.of(seals.write(key, after.bytes()), cell(Cells.pictureOfRoom(roomId), picture)),
        () -> {
          room.store(new Versioned<>(after, before.version() + 1));
          profiles.devices().tellMembers(room, new StateUpdate.OfRoom(room.id()));
        },
        retried -> takeOfRoom(retried, roomId, picture));
  }

  private CellWrite cell(CellKey key, byte[] picture) {
    return picture.length == 0 ? new CellWrite(key, null) : seals.write(key, picture);
  }

  private static Refusal noPicture() {
    return Refusal.denied(Problem.FILE_UNKNOWN, "there is no picture");
  }

  /** A part of a picture; of a room only for those who may know of it. */
  public void picture(Request request, Command.Picture asked) throws Refusal {
    if (asked.offset() < 0 || asked.length() < 1 || asked.length() > limits.chunk()) {
      throw Refusal.invalid(Problem.TOO_LARGE, "1 to " + limits.chunk() + " bytes");
    }
    if (asked.account() == 0) {
      Room room = directory.rooms().get(asked.room());
      boolean mayKnow =
          room != null
              && (room.kind() == RoomKind.PUBLIC || room.member(request.accountId()) != null);
      if (!mayKnow) {
        throw AccessGuard.noSuchRoom();
      }
    }
    if (directory.contacts().blocks(asked.account(), request.accountId())) {
      throw noPicture();
    }
    CellKey key =
        asked.account() == 0 ? Cells.pictureOfRoom(asked.room()) : Cells.pictureOf(asked.account());
    request.read(() -> {
      Optional<Cell> cell = access.read((store, generation) -> store.cell(key));
      if (cell.isEmpty()) {
        throw noPicture();
      }
      byte[] picture = seals.openCell(cell.get());
      int from = Math.min(asked.offset(), picture.length);
      int to = Math.min(from + asked.length(), picture.length);
      request.answer(new Reply.Data(from, Arrays.copyOfRange(picture, from, to)));
    });
  }
}
