// SPDX-License-Identifier: Apache-2.0
package chat.server.command.importer;

import chat.operations.ImportOutcome;
import chat.protocol.Problem;
import chat.protocol.Relation;
import chat.server.base.Cells;
import chat.server.base.Refusal;
import chat.server.base.Seals;
import chat.server.base.text.AccountName;
import chat.server.base.text.NameRule;
import chat.server.command.account.NewAccount;
import chat.server.room.Account;
import chat.server.room.Contacts.ContactState;
import chat.server.room.Directory;
import chat.server.room.MemberState;
import chat.server.room.Role;
import chat.server.room.Room;
import chat.server.room.Room.Versioned;
import chat.server.session.Devices;
import chat.server.session.Passwords;
import chat.server.session.StateUpdate;
import chat.server.store.StoreAccess;
import chat.storage.CellKey;
import chat.storage.Change;
import chat.storage.Change.CellPresent;
import chat.storage.Change.CellVersion;
import chat.storage.Change.CellWrite;
import chat.storage.Change.Condition;
import chat.storage.Outcome;
import chat.storage.StorageException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Imports accounts with their passwords, friendships, and what was read. */
record PeopleImport(
    ImportedNames names,
    StoreAccess access,
    Directory directory,
    Devices devices,
    Seals seals,
    Passwords passwords,
    InstantSource clock) {
  /**
   * Makes an account, unless it was made before or somebody of this name and password is here
   * already.
   */
  ImportOutcome person(String name, String password) throws Refusal, StorageException {
    CellKey taken = ImportedNames.taken(name);
    if (access.read((store, generation) -> store.cell(taken)).isPresent()) {
      names.account(name);
      return new ImportOutcome.Present();
    }
    AccountName fresh =
        AccountName.of(name)
            .orElseThrow(() ->
                Refusal.invalid(
                    Problem.NAME_INVALID, "the name is not 1 to 32 characters that can be seen"));
    Optional<Account> same = directory.accounts().named(fresh.folded());
    if (same.isPresent()) {
      if (!passwords.matches(password, same.get().passwordHash())) {
        throw taken("somebody else has this name here");
      }
      access.settle(
          Change.write(
              List.of(new CellPresent(Cells.account(same.get().id()))),
              seals.write(taken, Cells.bytes(same.get().id()))));
      return new ImportOutcome.Present();
    }
    AccountName allowed = NameRule.ofAccount(fresh.shown());
    if (directory.accounts().lookalikes().isTaken(allowed.skeletons(), 0)) {
      throw taken("the name looks like that of somebody who is here");
    }
    return make(allowed, passwords.hash(password), taken);
  }

  private static Refusal taken(String why) {
    return Refusal.denied(Problem.NAME_TAKEN, why);
  }

  private ImportOutcome make(AccountName fresh, String hash, CellKey taken)
      throws Refusal, StorageException {
    while (true) {
      long id = directory.accounts().ids().next();
      Account account = new Account(id, fresh.shown(), Role.MEMBER, hash, clock.millis());
      NewAccount created = new NewAccount(account, fresh, directory, seals);
      List<Condition> conditions = new ArrayList<>(created.conditions());
      conditions.add(new CellVersion(taken, 0));
      List<CellWrite> cells = new ArrayList<>(created.cells());
      cells.add(seals.write(taken, Cells.bytes(id)));
      Outcome outcome =
          access.await(
              access.commit(
                  new Change(conditions, null, cells, List.of(), List.of()),
                  _ -> created.applied()));
      if (!(outcome instanceof Outcome.Refused refused)) {
        return new ImportOutcome.Imported();
      }
      switch (created.conflict(refused.condition())) {
        case ID_TAKEN -> {}
        case NAME_TAKEN -> throw taken("somebody else has this name here");
        case LOOKALIKE_TAKEN -> throw taken("the name looks like that of somebody who is here");
        case OTHER -> {
          return new ImportOutcome.Present();
        }
      }
    }
  }

  /** A friendship that was ended here, or a person who was blocked here, stays as it is. */
  ImportOutcome friends(long one, long other) throws Refusal, StorageException {
    if (one == other) {
      throw Refusal.invalid(Problem.PERSON_UNKNOWN, "nobody is a friend of themselves");
    }
    Versioned<ContactState> mine = directory.contacts().state(one, other);
    Versioned<ContactState> theirs = directory.contacts().state(other, one);
    if (mine.version() != 0 || theirs.version() != 0) {
      return new ImportOutcome.Present();
    }
    Versioned<ContactState> friends = new Versioned<>(new ContactState(Relation.FRIEND, false), 1);
    Outcome outcome =
        access.await(
            access.commit(
                Change.write(
                    List.of(
                        new CellVersion(Cells.contact(one, other), 0),
                        new CellVersion(Cells.contact(other, one), 0)),
                    contactCell(one, other, friends),
                    contactCell(other, one, friends)),
                _ -> {
                  directory.contacts().set(one, other, friends);
                  directory.contacts().set(other, one, friends);
                  devices.tell(one, new StateUpdate.OfContact(other));
                  devices.tell(other, new StateUpdate.OfContact(one));
                }));
    return outcome instanceof Outcome.Refused
        ? new ImportOutcome.Present()
        : new ImportOutcome.Imported();
  }

  private CellWrite contactCell(long account, long other, Versioned<ContactState> tie) {
    CellKey key = Cells.contact(account, other);
    return seals.write(key, tie.value().bytes());
  }

  void read(Room room, long account) throws StorageException {
    Versioned<MemberState> before = room.state(account);
    long head = room.tail().head();
    MemberState after = before.value().withMarks(head, head);
    if (after.equals(before.value())) {
      return;
    }
    CellKey key = Cells.seat(room.id(), account);
    access.await(
        access.commit(
            Change.write(
                List.of(
                    new CellVersion(key, before.version()),
                    new CellPresent(Cells.member(room.id(), account))),
                seals.write(key, after.bytes())),
            _ -> {
              room.state(account, new Versioned<>(after, before.version() + 1));
              devices.tell(account, new StateUpdate.OfRoom(room.id()));
            }));
  }
}
