// SPDX-License-Identifier: Apache-2.0
package chat.server.command.account;

import chat.protocol.Rank;
import chat.server.base.Cells;
import chat.server.base.Seals;
import chat.server.base.text.AccountName;
import chat.server.room.Account;
import chat.server.room.Directory;
import chat.server.room.MemberState;
import chat.server.room.Room;
import chat.server.room.Room.Membership;
import chat.server.room.Room.Versioned;
import chat.storage.CellKey;
import chat.storage.Change.CellVersion;
import chat.storage.Change.CellWrite;
import chat.storage.Change.Condition;
import java.util.List;

/**
 * An account in the making: what must be so, what is written, and what is known from then on. It is
 * a member of the Lobby and has read everything there.
 */
public final class NewAccount {
  /** The conditions by their places. */
  public static final int ID_TAKEN = 0;

  public static final int NAME_TAKEN = 1;
  public static final int SKELETON_TAKEN = 2;

  private final Account account;
  private final AccountName name;
  private final Directory directory;
  private final Seals seals;
  private final Membership membership;
  private final MemberState state;

  public NewAccount(Account account, AccountName name, Directory directory, Seals seals) {
    this.account = account;
    this.name = name;
    this.directory = directory;
    this.seals = seals;
    this.membership = new Membership(Rank.MEMBER, 0, account.created());
    this.state = MemberState.at(directory.rooms().lobby().tail().head());
  }

  public List<Condition> conditions() {
    return List.of(
        new CellVersion(Cells.account(account.id()), 0),
        new CellVersion(Cells.name(name.folded()), 0),
        new CellVersion(Cells.skeleton(name.skeleton()), 0));
  }

  public List<CellWrite> cells() {
    long id = account.id();
    CellKey seatKey = Cells.seat(Room.LOBBY, id);
    return List.of(
        seals.write(Cells.account(id), account.bytes()),
        seals.write(Cells.name(name.folded()), Cells.bytes(id)),
        seals.write(Cells.skeleton(name.skeleton()), Cells.bytes(id)),
        seals.write(Cells.member(Room.LOBBY, id), membership.bytes()),
        seals.write(seatKey, state.bytes()));
  }

  /** It is on disk. Only on the journal's thread. */
  public void applied() {
    Room lobby = directory.rooms().lobby();
    directory.accounts().add(account);
    directory.rooms().putMember(lobby, account.id(), new Versioned<>(membership, 1));
    lobby.state(account.id(), new Versioned<>(state, 1));
  }
}
