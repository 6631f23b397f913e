// SPDX-License-Identifier: Apache-2.0
package chat.server.command.account;

import chat.protocol.Command;
import chat.protocol.Problem;
import chat.server.base.Cells;
import chat.server.base.Refusal;
import chat.server.base.Seals;
import chat.server.base.text.AccountName;
import chat.server.command.AccessGuard;
import chat.server.command.Request;
import chat.server.room.Account;
import chat.server.room.AccountIds;
import chat.server.room.Directory;
import chat.server.room.Lookalikes;
import chat.server.room.Room;
import chat.server.room.Room.Membership;
import chat.server.room.Room.Versioned;
import chat.server.session.AuditTrail;
import chat.server.session.Devices;
import chat.server.session.Passwords;
import chat.server.session.RateLimits;
import chat.server.session.Session;
import chat.server.session.StateUpdate;
import chat.storage.CellKey;
import chat.storage.Change.CellPresent;
import chat.storage.Change.CellVersion;
import chat.storage.Change.CellWrite;
import chat.storage.Change.Condition;
import chat.storage.StorageException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Ending an account.
 *
 * <p>In one change it ceases to be: nobody can log in to it, no device of it is heard any more, and
 * a note remains that what it said is to be erased. That is done room by room, in parts, and goes
 * on after a crash, a swap or a restart until the note is gone.
 */
public record AccountDeletion(
    AccessGuard guard,
    AccountChanges changes,
    Passwords passwords,
    AccountErasure erasure,
    Seals seals,
    AuditTrail audit) {
  private Directory directory() {
    return changes.directory();
  }

  private Devices devices() {
    return changes.sessions().devices();
  }

  public void delete(Request request, Command.DeleteAccount delete) throws Refusal {
    guard.checkRate(request, RateLimits.Kind.PASSWORD);
    passwords.submit(request, 0, () -> check(request, delete), () -> {});
  }

  private void check(Request request, Command.DeleteAccount delete) throws Refusal {
    if (!passwords.matches(delete.password(), request.account().passwordHash())) {
      throw Refusal.denied(Problem.PASSWORD_WRONG, "the password is wrong");
    }
    request.read(() -> end(request));
  }

  private void end(Request request) throws Refusal, StorageException {
    Prepared prepared;
    try {
      prepared = prepare(request.account(), request.session());
    } catch (LastOwnerException e) {
      throw Refusal.denied(Problem.NOT_ALLOWED, String.valueOf(e.getMessage()));
    }
    request.write(
        prepared.conditions(),
        prepared.cells(),
        () -> {
          audit.deleted(request.account(), request.session().connection().peer());
          prepared.applied().run();
        },
        retried -> retried.read(() -> end(retried)));
  }

  /** What ends an account, and is run when that is on disk. */
  record Prepared(List<Condition> conditions, List<CellWrite> cells, Runnable applied) {}

  /**
   * Prepares the end of an account.
   *
   * @param asking goes on as a connection on which nobody is logged in; null if none asked
   */
  Prepared prepare(Account account, @Nullable Session asking)
      throws LastOwnerException, StorageException {
    long id = account.id();
    List<Room> rooms = directory().rooms().of(id);
    Optional<AccountName> names = AccountName.of(account.name());
    List<Condition> conditions = new ArrayList<>();
    List<CellWrite> cells = new ArrayList<>();
    conditions.add(new CellPresent(Cells.account(id)));
    if (account.isOwner()) {
      conditions.addAll(changes.anotherOwner(id));
    }
    AccountIds.Keeping keeping = directory().accounts().ids().keeping(seals);
    conditions.add(keeping.condition());
    cells.add(keeping.cell());
    cells.add(seals.write(Cells.farewell(id), new byte[0]));
    Cells.ownOf(id).forEach(key -> cells.add(new CellWrite(key, null)));
    Set<String> skeletons =
        new HashSet<>(Lookalikes.ofDisplay(directory().accounts().profile(id).value()));
    names.ifPresent(known -> {
      cells.add(new CellWrite(Cells.name(known.folded()), null));
      cells.add(new CellWrite(Cells.earlierSkeleton(known.earlierSkeleton()), null));
      skeletons.addAll(known.skeletons());
    });
    skeletons.forEach(skeleton -> cells.add(new CellWrite(seals.skeleton(skeleton), null)));
    for (Room room : rooms) {
      Versioned<Membership> member = room.member(id);
      CellKey key = Cells.member(room.id(), id);
      conditions.add(new CellVersion(key, member == null ? 0 : member.version()));
      cells.add(new CellWrite(key, null));
      cells.add(new CellWrite(Cells.seat(room.id(), id), null));
    }
    List<Long> invitations = List.copyOf(directory().invitations().of(id).keySet());
    invitations.forEach(room -> cells.add(new CellWrite(Cells.roomInvitation(room, id), null)));
    List<Long> others = List.copyOf(directory().contacts().of(id).keySet());
    for (long other : others) {
      cells.add(new CellWrite(Cells.contact(id, other), null));
      cells.add(new CellWrite(Cells.contact(other, id), null));
    }
    return new Prepared(
        conditions,
        cells,
        () -> {
          keeping.applied().run();
          invitations.forEach(room -> directory().invitations().remove(room, id));
          ended(account, rooms, others, asking);
        });
  }

  private void ended(
      Account account, List<Room> rooms, List<Long> others, @Nullable Session asking) {
    long id = account.id();
    rooms.forEach(room -> directory().rooms().removeMember(room, id));
    directory().contacts().forget(id);
    directory().accounts().remove(account);
    others.forEach(other -> devices().tell(other, new StateUpdate.OfContact(id)));
    changes.sessions().devices().logOut(id, session -> session != asking, "the account is no more");
    if (asking != null) {
      asking.loggedOut();
    }
    erasure.sweepSoon();
  }
}
