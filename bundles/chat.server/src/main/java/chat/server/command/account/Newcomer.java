// SPDX-License-Identifier: Apache-2.0
package chat.server.command.account;

import chat.protocol.Rank;
import chat.server.base.Cells;
import chat.server.base.Names;
import chat.server.base.Seals;
import chat.server.room.Account;
import chat.server.room.Directory;
import chat.server.room.Room;
import chat.server.room.Room.Known;
import chat.server.room.Room.Membership;
import chat.server.room.Seat;
import chat.storage.CellKey;
import chat.storage.Change.CellVersion;
import chat.storage.Change.CellWrite;
import chat.storage.Change.Condition;
import java.util.List;

/**
 * An account in the making: what must be so, what is written, and what is known from then on. It is
 * a member of the Lobby and has read everything there.
 */
public final class Newcomer {
  /** The conditions by their places. */
  public static final int ID_TAKEN = 0;

  public static final int NAME_TAKEN = 1;
  public static final int LOOKS_TAKEN = 2;

  private final Account account;
  private final Names names;
  private final Directory directory;
  private final Seals seals;
  private final Membership membership;
  private final Seat seat;

  public Newcomer(Account account, Names names, Directory directory, Seals seals) {
    this.account = account;
    this.names = names;
    this.directory = directory;
    this.seals = seals;
    this.membership = new Membership(Rank.MEMBER, 0, account.created());
    this.seat = Seat.at(directory.rooms().lobby().tail().head());
  }

  public List<Condition> conditions() {
    return List.of(
        new CellVersion(Cells.account(account.id()), 0),
        new CellVersion(Cells.name(names.folded()), 0),
        new CellVersion(Cells.skeleton(names.skeleton()), 0));
  }

  public List<CellWrite> cells() {
    long id = account.id();
    CellKey seatKey = Cells.seat(Room.LOBBY, id);
    return List.of(
        new CellWrite(Cells.account(id), account.bytes()),
        new CellWrite(Cells.name(names.folded()), Cells.bytes(id)),
        new CellWrite(Cells.skeleton(names.skeleton()), Cells.bytes(id)),
        new CellWrite(Cells.member(Room.LOBBY, id), membership.bytes()),
        new CellWrite(seatKey, seals.sealCell(seatKey, seat.bytes())));
  }

  /** It is on disk. Only on the journal's thread. */
  public void arrived() {
    Room lobby = directory.rooms().lobby();
    directory.accounts().add(account);
    directory.rooms().seat(lobby, account.id(), new Known<>(membership, 1));
    lobby.seat(account.id(), new Known<>(seat, 1));
  }
}
