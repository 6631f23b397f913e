// SPDX-License-Identifier: Apache-2.0
package chat.server.command.room;

import chat.protocol.Content;
import chat.protocol.Rank;
import chat.server.base.Cells;
import chat.server.base.Seals;
import chat.server.room.Directory;
import chat.server.room.EntryStamps;
import chat.server.room.MemberState;
import chat.server.room.Room;
import chat.server.room.Room.Membership;
import chat.server.room.Room.Versioned;
import chat.server.room.StoredRoom;
import chat.server.session.Devices;
import chat.server.session.StateUpdate;
import chat.storage.CellKey;
import chat.storage.Change.CellPresent;
import chat.storage.Change.CellVersion;
import chat.storage.Change.CellWrite;
import chat.storage.Change.Condition;
import java.util.ArrayList;
import java.util.List;

/**
 * A room of two that is not there yet: what has to hold for it to be made, what is written, and
 * what follows in memory, whoever makes it.
 */
public record NewDirectRoom(
    Room room, List<Long> members, Membership membership, Directory directory, Seals seals) {

  /** Between these two, as things stand now. */
  public static NewDirectRoom of(Directory directory, Seals seals, long one, long other, long now) {
    Room room =
        directory
            .rooms()
            .make(directory.rooms().nextId(), new Versioned<>(StoredRoom.direct(one, other), 1), 0);
    return new NewDirectRoom(
        room, List.of(one, other), new Membership(Rank.MEMBER, 0, now), directory, seals);
  }

  /** Its first entry. */
  public Content.RoomSet content() {
    return new Content.RoomSet(room.settings());
  }

  private CellKey pair() {
    return Cells.direct(members.getFirst(), members.getLast());
  }

  /** Nobody has made it, both are here, and how they stand to each other is as it was looked at. */
  public List<Condition> conditions() {
    List<Condition> conditions = new ArrayList<>();
    conditions.add(new CellVersion(Cells.room(room.id()), 0));
    conditions.add(new CellVersion(pair(), 0));
    for (long account : members) {
      long peer = room.peerOf(account);
      conditions.add(
          new CellVersion(
              Cells.contact(peer, account), directory.contacts().state(peer, account).version()));
      conditions.add(new CellPresent(Cells.account(account)));
      conditions.add(new CellVersion(Cells.member(room.id(), account), 0));
      conditions.add(new CellVersion(Cells.seat(room.id(), account), 0));
    }
    return conditions;
  }

  public List<CellWrite> cells() {
    List<CellWrite> cells = new ArrayList<>();
    cells.add(seals.write(Cells.room(room.id()), room.stored().value().bytes()));
    cells.add(EntryStamps.ofNewRoom(seals, room.id()));
    cells.add(seals.write(pair(), Cells.bytes(room.id())));
    for (long account : members) {
      cells.add(seals.write(Cells.member(room.id(), account), membership.bytes()));
      cells.add(seals.write(Cells.seat(room.id(), account), state().bytes()));
    }
    return cells;
  }

  private MemberState state() {
    return MemberState.at(room.tail().head());
  }

  /** It is on disk: it is there for everybody, and both are told. */
  public void applied(Devices devices) {
    MemberState state = state();
    directory.rooms().add(room);
    for (long account : members) {
      directory.rooms().putMember(room, account, new Versioned<>(membership, 1));
      room.state(account, new Versioned<>(state, 1));
    }
    for (long account : members) {
      devices.tell(account, new StateUpdate.OfRoom(room.id()));
    }
  }
}
