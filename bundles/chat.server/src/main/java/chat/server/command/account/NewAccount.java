// SPDX-License-Identifier: Apache-2.0
package chat.server.command.account;

import chat.protocol.Rank;
import chat.server.base.CellKind;
import chat.server.base.Cells;
import chat.server.base.Seals;
import chat.server.base.text.AccountName;
import chat.server.room.Account;
import chat.server.room.AccountIds;
import chat.server.room.Directory;
import chat.server.room.MemberState;
import chat.server.room.Room;
import chat.server.room.Room.Membership;
import chat.server.room.Room.Versioned;
import chat.storage.CellKey;
import chat.storage.Change.CellVersion;
import chat.storage.Change.CellWrite;
import chat.storage.Change.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An account in the making: what must be so, what is written, and what is known from then on. It is
 * a member of the Lobby and has read everything there.
 */
public final class NewAccount {
  /** Why it can't be made. */
  public enum Conflict {
    /** Begin anew. */
    ID_TAKEN,
    NAME_TAKEN,
    LOOKALIKE_TAKEN,
    /** It is none of the account's own conditions. */
    OTHER
  }

  private final Account account;
  private final AccountName name;
  private final Directory directory;
  private final Seals seals;
  private final List<String> skeletons;
  private final Optional<AccountIds.Keeping> keeping;
  private final Membership membership;
  private final MemberState state;

  public NewAccount(Account account, AccountName name, Directory directory, Seals seals) {
    this.account = account;
    this.name = name;
    this.directory = directory;
    this.seals = seals;
    this.skeletons = List.copyOf(name.skeletons());
    AccountIds ids = directory.accounts().ids();
    this.keeping = ids.isKept() ? Optional.empty() : Optional.of(ids.keeping(seals));
    this.membership = new Membership(Rank.MEMBER, 0, account.created());
    this.state = MemberState.at(directory.rooms().lobby().tail().head());
  }

  public List<Condition> conditions() {
    List<Condition> conditions = new ArrayList<>();
    conditions.add(new CellVersion(Cells.account(account.id()), 0));
    keeping.ifPresent(kept -> conditions.add(kept.condition()));
    conditions.add(new CellVersion(Cells.name(name.folded()), 0));
    for (String skeleton : skeletons) {
      conditions.add(new CellVersion(seals.skeleton(skeleton), 0));
    }
    return conditions;
  }

  /**
   * Why a change was refused that has these conditions first.
   *
   * @param condition the place of the one that did not hold
   */
  public Conflict conflict(int condition) {
    List<Condition> own = conditions();
    return condition >= own.size()
        ? Conflict.OTHER
        : switch (CellKind.of(((CellVersion) own.get(condition)).key()).orElseThrow()) {
          case NAME -> Conflict.NAME_TAKEN;
          case SKELETON -> Conflict.LOOKALIKE_TAKEN;
          default -> Conflict.ID_TAKEN;
        };
  }

  public List<CellWrite> cells() {
    long id = account.id();
    CellKey seatKey = Cells.seat(Room.LOBBY, id);
    List<CellWrite> cells = new ArrayList<>();
    cells.add(seals.write(Cells.account(id), account.bytes()));
    keeping.ifPresent(kept -> cells.add(kept.cell()));
    cells.add(seals.write(Cells.name(name.folded()), Cells.bytes(id)));
    for (String skeleton : skeletons) {
      cells.add(seals.write(seals.skeleton(skeleton), Cells.bytes(id)));
    }
    cells.add(seals.write(Cells.member(Room.LOBBY, id), membership.bytes()));
    cells.add(seals.write(seatKey, state.bytes()));
    return cells;
  }

  /** It is on disk. Only on the journal's thread. */
  public void applied() {
    keeping.ifPresent(kept -> kept.applied().run());
    Room lobby = directory.rooms().lobby();
    directory.accounts().add(account);
    directory.rooms().putMember(lobby, account.id(), new Versioned<>(membership, 1));
    lobby.state(account.id(), new Versioned<>(state, 1));
  }
}
