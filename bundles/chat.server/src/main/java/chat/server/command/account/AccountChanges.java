// SPDX-License-Identifier: Apache-2.0
package chat.server.command.account;

import chat.server.base.Cells;
import chat.server.base.SealException;
import chat.server.base.Seals;
import chat.server.command.factor.SecondFactors;
import chat.server.room.Account;
import chat.server.room.Directory;
import chat.server.store.StoreAccess;
import chat.storage.Cell;
import chat.storage.CellKey;
import chat.storage.Change.CellVersion;
import chat.storage.Change.CellWrite;
import chat.storage.Change.Condition;
import chat.storage.StorageException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Changes of what is kept of an account. They begin with what the store has and hold only if nobody
 * changed it meanwhile, so that a new password and a new role, set at the same time, are both there
 * in the end.
 *
 * <p><b>Threads.</b> Readers' and operators'; they wait for the disk.
 */
public record AccountChanges(
    StoreAccess access, Directory directory, StoredSessions sessions, Seals seals) {

  /**
   * A change that is ready to be committed.
   *
   * @param applied is run on the journal's thread, when it is on disk
   */
  record Prepared(
      Account before,
      Account after,
      List<Condition> conditions,
      List<CellWrite> cells,
      Runnable applied) {
    /** The same, with a code of the second factor that is used up by it. */
    Prepared with(SecondFactors.Use code) {
      return new Prepared(
          before,
          after,
          Stream.concat(conditions.stream(), code.conditions().stream()).toList(),
          Stream.concat(cells.stream(), code.cells().stream()).toList(),
          applied);
    }
  }

  /** The account and its cell, as the store has them; empty if there is no such account. */
  private record Read(Account account, Cell cell) {}

  private Optional<Read> read(long id) throws StorageException, SealException, IOException {
    CellKey key = Cells.account(id);
    Optional<Cell> cell = access.read((store, generation) -> store.cell(key));
    return cell.isEmpty()
        ? Optional.empty()
        : Optional.of(new Read(Account.of(seals.openCell(cell.get())), cell.get()));
  }

  /**
   * On what the end of an owner relies: that somebody else is one, and is not just changed. So of
   * the last two owners one stays, whatever is done to both at the same time.
   */
  List<Condition> anotherOwner(long account) throws LastOwnerException, StorageException {
    for (Account other : directory.accounts().all()) {
      if (other.id() != account && other.isOwner()) {
        CellKey key = Cells.account(other.id());
        Optional<Cell> cell = access.read((store, generation) -> store.cell(key));
        if (cell.isPresent() && isOwner(cell.get())) {
          return List.of(new CellVersion(key, cell.get().version()));
        }
      }
    }
    throw new LastOwnerException();
  }

  private boolean isOwner(Cell cell) {
    try {
      return Account.of(seals.openCell(cell)).isOwner();
    } catch (SealException | IOException e) {
      return false; // it is left out, which was said when it was loaded
    }
  }

  /**
   * Prepares a change; one that begins another epoch ends the sessions of before.
   *
   * @param kept the hash of the token that goes on all the same; empty if none does
   * @param why what is told to those whose sessions end
   * @return empty if there is no such account
   */
  Optional<Prepared> prepare(long id, UnaryOperator<Account> change, byte[] kept, String why)
      throws StorageException, SealException, IOException {
    Optional<Read> read = read(id);
    if (read.isEmpty()) {
      return Optional.empty();
    }
    Account before = read.get().account();
    Account next = change.apply(before);
    CellKey key = Cells.account(id);
    List<Condition> conditions = new ArrayList<>();
    List<CellWrite> cells = new ArrayList<>();
    conditions.add(new CellVersion(key, read.get().cell().version()));
    cells.add(seals.write(key, next.bytes()));
    boolean endsSessions = next.epoch() != before.epoch();
    if (endsSessions) {
      StoredSessions.Ending ending = sessions.ending(next, kept);
      conditions.addAll(ending.conditions());
      cells.addAll(ending.cells());
    }
    return Optional.of(
        new Prepared(
            before,
            next,
            conditions,
            cells,
            () -> {
              directory.accounts().replace(next);
              if (endsSessions) {
                sessions.devices().logOut(id, session -> !session.uses(kept), why);
              }
            }));
  }
}
