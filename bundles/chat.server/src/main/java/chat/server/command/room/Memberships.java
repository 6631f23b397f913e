// SPDX-License-Identifier: Apache-2.0
package chat.server.command.room;

import chat.protocol.Problem;
import chat.protocol.Rank;
import chat.protocol.Relation;
import chat.protocol.RoomKind;
import chat.server.base.Cells;
import chat.server.base.Refusal;
import chat.server.base.Seals;
import chat.server.command.RoomTransaction;
import chat.server.room.Directory;
import chat.server.room.MemberState;
import chat.server.room.Room;
import chat.server.room.Room.Membership;
import chat.server.room.Room.Versioned;
import chat.server.room.RoomInvitations.Pending;
import chat.server.room.Rooms;
import chat.server.session.Devices;
import chat.server.session.StateUpdate;
import chat.storage.CellKey;
import chat.storage.Change.CellPresent;
import chat.storage.Change.CellVersion;
import chat.storage.Change.CellWrite;
import java.time.InstantSource;
import java.util.function.UnaryOperator;

/** What makes and ends memberships, as parts of a transaction. */
public record Memberships(Directory directory, Seals seals, Devices devices, InstantSource clock) {
  /** Rooms of an account, those of two not counted. */
  private static final int ROOMS = 200;

  /** Invitations to rooms that somebody has not answered. */
  private static final int INVITATIONS = 100;

  /** Those of them that one account has sent, so that nobody takes the place of all others. */
  private static final int OF_ONE = 10;

  /** Whether an account may be in one more room. */
  void checkMayHaveMore(long account) throws Refusal {
    long rooms =
        directory.rooms().of(account).stream()
            .filter(room -> room.kind() != RoomKind.DIRECT)
            .count();
    if (rooms >= ROOMS) {
      throw Refusal.denied(Problem.LIMIT_REACHED, "at most " + ROOMS + " rooms for one person");
    }
  }

  /** Makes somebody a member with a step. */
  void member(RoomTransaction transaction, Room room, long account, Rank rank) {
    CellKey key = Cells.member(room.id(), account);
    CellKey seatKey = Cells.seat(room.id(), account);
    Membership membership = new Membership(rank, 0, clock.millis());
    MemberState state = MemberState.at(room.tail().head());
    transaction
        .relying(new CellPresent(Cells.account(account)))
        .relying(new CellVersion(key, 0))
        .relying(new CellVersion(seatKey, 0))
        .writing(seals.write(key, membership.bytes()))
        .writing(seals.write(seatKey, state.bytes()))
        .then(() -> {
          directory.rooms().putMember(room, account, new Versioned<>(membership, 1));
          room.state(account, new Versioned<>(state, 1));
        });
  }

  /** Asks somebody to come in with a step. */
  void invite(RoomTransaction transaction, Room room, long account, long by) {
    CellKey key = Cells.roomInvitation(room.id(), account);
    Pending pending = new Pending(by, clock.millis());
    transaction
        .relying(new CellPresent(Cells.account(account)))
        .relying(new CellVersion(Cells.member(room.id(), account), 0))
        .relying(new CellVersion(key, 0))
        .writing(seals.write(key, pending.bytes()))
        .then(() -> {
          directory.invitations().put(room.id(), account, new Versioned<>(pending, 1));
          told(room, account);
        });
  }

  /** Ends an invitation with a step, if there is one. */
  void noInvitation(RoomTransaction transaction, Room room, long account) {
    Versioned<Pending> pending = directory.invitations().get(room.id(), account);
    CellKey key = Cells.roomInvitation(room.id(), account);
    transaction.relying(new CellVersion(key, pending == null ? 0 : pending.version()));
    if (pending != null) {
      transaction
          .writing(new CellWrite(key, null))
          .then(() -> {
            directory.invitations().remove(room.id(), account);
            told(room, account);
          });
    }
  }

  /** Whether an account may be asked by this one. */
  void checkMayBeInvited(long account, long by) throws Refusal {
    if (directory.contacts().blocks(account, by)) {
      throw Refusal.denied(Problem.NOT_ALLOWED, "this person does not take anything from you");
    }
    String refusal =
        switch (directory.accounts().profile(account).value().invitations()) {
          case EVERYBODY -> "";
          case FRIENDS ->
              directory.contacts().state(account, by).value().relation() == Relation.FRIEND
                  ? ""
                  : "this person takes invitations from friends only";
          case NOBODY -> "this person takes no invitations";
        };
    if (!refusal.isEmpty()) {
      throw Refusal.denied(Problem.NOT_ALLOWED, refusal);
    } else if (directory.invitations().of(account).size() >= INVITATIONS) {
      throw Refusal.denied(
          Problem.LIMIT_REACHED, "at most " + INVITATIONS + " invitations wait for one person");
    } else if (directory.invitations().of(account, by).size() >= OF_ONE) {
      throw Refusal.denied(
          Problem.LIMIT_REACHED, OF_ONE + " invitations of yours wait for this person already");
    }
  }

  /** Ends somebody's being a member with a step. */
  void noMember(RoomTransaction transaction, Room room, long account) {
    Versioned<Membership> member = room.member(account);
    CellKey key = Cells.member(room.id(), account);
    transaction
        .relying(new CellVersion(key, member == null ? 0 : member.version()))
        .writing(new CellWrite(key, null))
        .writing(new CellWrite(Cells.seat(room.id(), account), null))
        .then(() -> {
          directory.rooms().removeMember(room, account);
          devices.of(account).forEach(device -> device.unfollow(room.id()));
          told(room, account);
        });
  }

  void told(Room room, long account) {
    devices.tell(account, new StateUpdate.OfRoom(room.id()));
  }

  static boolean banned(Room room, long account, long now) {
    return until(room, account) > now;
  }

  static long until(Room room, long account) {
    Versioned<Long> ban = room.bans().get(account);
    return ban == null ? 0 : ban.value();
  }

  /** Relies on the ban that is known, and ends it. */
  void noBan(RoomTransaction transaction, Room room, long account) {
    ban(transaction, room, account, 0);
  }

  void ban(RoomTransaction transaction, Room room, long account, long until) {
    CellKey key = Cells.ban(room.id(), account);
    Versioned<Long> known = room.bans().get(account);
    long version = known == null ? 0 : known.version();
    transaction.relying(new CellVersion(key, version));
    if (until > 0) {
      transaction
          .writing(seals.write(key, Cells.bytes(until)))
          .then(() -> room.bans().put(account, new Versioned<>(until, version + 1)));
    } else if (known != null) {
      transaction.writing(new CellWrite(key, null)).then(() -> room.bans().remove(account));
    }
  }

  static boolean isLastOwner(Room room, long account) {
    Versioned<Membership> member = room.member(account);
    return member != null && member.value().rank() == Rank.OWNER && Rooms.owners(room) == 1;
  }

  void rank(RoomTransaction transaction, Room room, long account, Rank rank) {
    remember(transaction, room, account, m -> new Membership(rank, m.mutedUntil(), m.since()));
  }

  void remember(
      RoomTransaction transaction, Room room, long account, UnaryOperator<Membership> change) {
    Versioned<Membership> before = room.member(account);
    if (before == null) {
      throw new IllegalStateException("account " + account + " is no member");
    }
    Membership after = change.apply(before.value());
    CellKey key = Cells.member(room.id(), account);
    transaction
        .relying(new CellVersion(key, before.version()))
        .writing(seals.write(key, after.bytes()))
        .then(() -> {
          directory.rooms().putMember(room, account, new Versioned<>(after, before.version() + 1));
          told(room, account);
        });
  }
}
