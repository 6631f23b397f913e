// SPDX-License-Identifier: Apache-2.0
package chat.server.command.room;

import chat.protocol.Problem;
import chat.protocol.Rank;
import chat.protocol.RoomKind;
import chat.server.base.Cells;
import chat.server.base.Seals;
import chat.server.command.Call;
import chat.server.command.Step;
import chat.server.room.Directory;
import chat.server.room.Room;
import chat.server.room.Room.Known;
import chat.server.room.Room.Membership;
import chat.server.room.Rooms;
import chat.server.room.Seat;
import chat.server.session.Devices;
import chat.server.session.News;
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

  boolean mayHaveMore(Call call, long account) {
    long rooms =
        directory.rooms().of(account).stream()
            .filter(room -> room.settings().kind() != RoomKind.DIRECT)
            .count();
    if (rooms >= ROOMS) {
      call.refuse(Problem.LIMIT_REACHED, "at most " + ROOMS + " rooms for one person");
    }
    return rooms < ROOMS;
  }

  /** Makes somebody a member with a step. */
  void member(Step step, Room room, long account, Rank rank) {
    CellKey key = Cells.member(room.id(), account);
    CellKey seatKey = Cells.seat(room.id(), account);
    Membership membership = new Membership(rank, 0, clock.millis());
    Seat seat = Seat.at(room.tail().head());
    step.relying(new CellPresent(Cells.account(account)))
        .relying(new CellVersion(key, 0))
        .relying(new CellVersion(seatKey, 0))
        .writing(new CellWrite(key, membership.bytes()))
        .writing(new CellWrite(seatKey, seals.sealCell(seatKey, seat.bytes())))
        .then(() -> {
          directory.rooms().seat(room, account, new Known<>(membership, 1));
          room.seat(account, new Known<>(seat, 1));
        });
  }

  /** Ends somebody's being a member with a step. */
  void noMember(Step step, Room room, long account) {
    Known<Membership> member = room.member(account);
    CellKey key = Cells.member(room.id(), account);
    step.relying(new CellVersion(key, member == null ? 0 : member.version()))
        .writing(new CellWrite(key, null))
        .writing(new CellWrite(Cells.seat(room.id(), account), null))
        .then(() -> {
          directory.rooms().unseat(room, account);
          devices.of(account).forEach(session -> session.unfollow(room.id()));
          told(room, account);
        });
  }

  void told(Room room, long account) {
    devices.tell(account, new News.OfRoom(room.id()));
  }

  static boolean banned(Room room, long account, long now) {
    return until(room, account) > now;
  }

  static long until(Room room, long account) {
    Known<Long> ban = room.bans().get(account);
    return ban == null ? 0 : ban.value();
  }

  /** Relies on the ban that is known, and ends it. */
  void noBan(Step step, Room room, long account) {
    ban(step, room, account, 0);
  }

  void ban(Step step, Room room, long account, long until) {
    CellKey key = Cells.ban(room.id(), account);
    Known<Long> known = room.bans().get(account);
    long version = known == null ? 0 : known.version();
    step.relying(new CellVersion(key, version));
    if (until > 0) {
      step.writing(new CellWrite(key, Cells.bytes(until)))
          .then(() -> room.bans().put(account, new Known<>(until, version + 1)));
    } else if (known != null) {
      step.writing(new CellWrite(key, null)).then(() -> room.bans().remove(account));
    }
  }

  static boolean isLastOwner(Room room, long account) {
    Known<Membership> member = room.member(account);
    return member != null && member.value().rank() == Rank.OWNER && Rooms.owners(room) == 1;
  }

  void rank(Step step, Room room, long account, Rank rank) {
    remember(step, room, account, m -> new Membership(rank, m.mutedUntil(), m.since()));
  }

  void remember(Step step, Room room, long account, UnaryOperator<Membership> change) {
    Known<Membership> before = room.member(account);
    if (before == null) {
      throw new IllegalStateException("account " + account + " is no member");
    }
    Membership after = change.apply(before.value());
    CellKey key = Cells.member(room.id(), account);
    step.relying(new CellVersion(key, before.version()))
        .writing(new CellWrite(key, after.bytes()))
        .then(() -> {
          directory.rooms().seat(room, account, new Known<>(after, before.version() + 1));
          told(room, account);
        });
  }
}
