// SPDX-License-Identifier: Apache-2.0
package chat.server.command.account;

import chat.operations.OperationException;
import chat.operations.OperationException.Reason;
import chat.protocol.RoomKind;
import chat.server.base.Cells;
import chat.server.base.Refusal;
import chat.server.base.SealException;
import chat.server.base.Seals;
import chat.server.base.text.AccountName;
import chat.server.base.text.Lookalikes;
import chat.server.base.text.NameRule;
import chat.server.command.factor.SecondFactors;
import chat.server.room.Account;
import chat.server.room.Directory;
import chat.server.room.Role;
import chat.server.room.Room;
import chat.server.session.Devices;
import chat.server.session.Presence;
import chat.server.session.StateUpdate;
import chat.server.store.StoreAccess;
import chat.storage.Change;
import chat.storage.Change.CellVersion;
import chat.storage.Change.CellWrite;
import chat.storage.Change.Condition;
import chat.storage.Outcome;
import chat.storage.StorageException;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What operators do to accounts.
 *
 * <p><b>Threads.</b> Operators'; calls wait for the disk.
 */
public record AccountAdministration(
    AccountChanges changes,
    AccountDeletion deletion,
    PasswordResets resets,
    Presence presence,
    InstantSource clock) {
  private static final int ATTEMPTS = 20;
  private static final byte[] NONE = {};

  /** What else a change relies on and writes, and what follows from it. */
  private record More(List<Condition> conditions, List<CellWrite> cells, Runnable applied) {
    static final More NOTHING = new More(List.of(), List.of(), () -> {});
  }

  private StoreAccess access() {
    return changes.access();
  }

  private Directory directory() {
    return changes.directory();
  }

  private Devices devices() {
    return changes.sessions().devices();
  }

  private Seals seals() {
    return changes.seals();
  }

  public StoredSessions sessions() {
    return changes.sessions();
  }

  /** The account of a name, or of {@code #} and an id. */
  public Account account(String named) throws OperationException {
    return (named.matches("#[0-9]{1,18}")
            ? directory().accounts().get(Long.parseLong(named.substring(1)))
            : directory().accounts().named(AccountName.fold(named)))
        .orElseThrow(() -> nobody(named));
  }

  private static OperationException nobody(String named) {
    return new OperationException(
        Reason.NOT_FOUND, "there is no account " + named + "; chatroom account list tells them");
  }

  public void suspend(Account account) throws OperationException, StorageException, IOException {
    if (!account.isSuspended()) {
      change(
          account,
          now -> now.suspendedSince(clock.millis()).withoutSessions(),
          "the account is suspended",
          More.NOTHING);
    }
  }

  public void resume(Account account) throws OperationException, StorageException, IOException {
    change(account, now -> now.suspendedSince(0), "", More.NOTHING);
  }

  public void endSessions(Account account)
      throws OperationException, StorageException, IOException {
    change(account, Account::withoutSessions, "the operator ended the session", More.NOTHING);
  }

  /** Makes a code with which a new password can be set, once. */
  public String resetCode(Account account) throws OperationException, StorageException {
    if (account.isSuspended()) {
      throw new OperationException(Reason.CONFLICT, account.name() + " is suspended");
    }
    return resets.make(account);
  }

  public void setRole(Account account, Role role)
      throws OperationException, StorageException, IOException {
    change(
        account,
        now -> now.withRole(role),
        "",
        new More(List.of(), List.of(), () -> tellOfRole(account.id())));
  }

  /** With the role the rank in public rooms changes. */
  private void tellOfRole(long account) {
    devices().tell(account, new StateUpdate.OfRole());
    for (Room room : directory().rooms().of(account)) {
      if (room.kind() == RoomKind.PUBLIC) {
        devices().tell(account, new StateUpdate.OfRoom(room.id()));
      }
    }
  }

  public void rename(Account account, String wanted)
      throws OperationException, StorageException, IOException {
    AccountName next = newName(wanted);
    AccountName last = AccountName.of(account.name()).orElse(next);
    Lookalikes lookalikes = directory().accounts().lookalikes();
    if (lookalikes.isTaken(next.skeletons(), account.id())) {
      throw nameTaken();
    }
    List<Condition> conditions = new ArrayList<>();
    List<CellWrite> cells = new ArrayList<>();
    byte[] id = Cells.bytes(account.id());
    if (!next.folded().equals(last.folded())) {
      conditions.add(new CellVersion(Cells.name(next.folded()), 0));
      cells.add(new CellWrite(Cells.name(last.folded()), null));
      cells.add(seals().write(Cells.name(next.folded()), id));
    }
    SkeletonChange skeletons =
        SkeletonChange.of(
            directory().accounts().profile(account.id()).value().skeletons(),
            last.skeletons(),
            next.skeletons());
    cells.add(new CellWrite(Cells.earlierSkeleton(last.earlierSkeleton()), null));
    conditions.addAll(skeletons.conditions(seals()));
    cells.addAll(skeletons.cells(seals(), account.id()));
    change(
        account,
        now -> now.withName(next.shown()),
        "",
        new More(conditions, cells, () -> renamed(account.id())));
  }

  public boolean hasSecondFactor(Account account) throws StorageException {
    return access()
        .read((store, generation) -> store.cell(Cells.secondFactor(account.id())))
        .isPresent();
  }

  /** Lets an account log in with the password alone again. */
  public void removeSecondFactor(Account account)
      throws OperationException, StorageException, IOException {
    change(
        account,
        now -> now,
        "",
        new More(List.of(), List.of(SecondFactors.removal(account.id())), () -> {}));
  }

  private static AccountName newName(String wanted) throws OperationException {
    try {
      return NameRule.ofAccount(wanted);
    } catch (Refusal e) {
      throw new OperationException(Reason.INVALID_ARGUMENT, e.detail(), e);
    }
  }

  private static OperationException nameTaken() {
    return new OperationException(Reason.CONFLICT, "this name is taken, or looks like one that is");
  }

  private void renamed(long account) {
    presence.renamed(account);
    for (Room room : directory().rooms().of(account)) {
      if (room.kind() == RoomKind.DIRECT) {
        devices().tellMembers(room, new StateUpdate.OfRoom(room.id()));
      }
    }
    directory()
        .contacts()
        .of(account)
        .keySet()
        .forEach(other -> devices().tell(other, new StateUpdate.OfContact(account)));
  }

  /** Ends the account for good. */
  public void delete(Account account) throws OperationException, StorageException {
    for (int i = 0; i < ATTEMPTS; i++) {
      AccountDeletion.Prepared prepared;
      try {
        prepared = deletion.prepare(account, null);
      } catch (LastOwnerException e) {
        throw new OperationException(Reason.CONFLICT, String.valueOf(e.getMessage()), e);
      }
      Change change =
          new Change(prepared.conditions(), null, prepared.cells(), List.of(), List.of());
      if (isCommitted(change, prepared.applied())) {
        return;
      }
    }
    throw tooBusy();
  }

  private void change(Account account, UnaryOperator<Account> change, String why, More more)
      throws OperationException, StorageException, IOException {
    for (int i = 0; i < ATTEMPTS; i++) {
      AccountChanges.Prepared prepared = prepare(account, change, why);
      List<Condition> conditions = new ArrayList<>(more.conditions());
      int own = conditions.size();
      conditions.addAll(prepared.conditions());
      if (prepared.before().isOwner() && !prepared.after().isOwner()) {
        conditions.addAll(anotherOwner(account));
      }
      List<CellWrite> cells = new ArrayList<>(prepared.cells());
      cells.addAll(more.cells());
      Outcome outcome =
          commit(
              new Change(conditions, null, cells, List.of(), List.of()),
              () -> {
                prepared.applied().run();
                more.applied().run();
              });
      if (outcome instanceof Outcome.Committed) {
        return;
      }
      if (outcome instanceof Outcome.Refused refused && refused.condition() < own) {
        throw nameTaken();
      }
    }
    throw tooBusy();
  }

  private AccountChanges.Prepared prepare(
      Account account, UnaryOperator<Account> change, String why)
      throws OperationException, StorageException, IOException {
    try {
      return changes
          .prepare(account.id(), change, NONE, why)
          .orElseThrow(() -> nobody(account.name()));
    } catch (SealException e) {
      throw new IOException("the account can't be opened: " + e.getMessage(), e);
    }
  }

  private List<Condition> anotherOwner(Account account)
      throws OperationException, StorageException {
    try {
      return changes.anotherOwner(account.id());
    } catch (LastOwnerException e) {
      throw new OperationException(Reason.CONFLICT, String.valueOf(e.getMessage()), e);
    }
  }

  private boolean isCommitted(Change change, Runnable applied) throws StorageException {
    return commit(change, applied) instanceof Outcome.Committed;
  }

  private Outcome commit(Change change, Runnable applied) throws StorageException {
    return access().await(access().commit(change, committed -> applied.run()));
  }

  private static OperationException tooBusy() {
    return new OperationException(Reason.CONFLICT, "too many others change the same; try again");
  }
}
