// SPDX-License-Identifier: Apache-2.0
package chat.server.command.room;

import chat.protocol.Command;
import chat.protocol.Content;
import chat.protocol.Deed;
import chat.protocol.Person;
import chat.protocol.Problem;
import chat.protocol.Rank;
import chat.protocol.RoomKind;
import chat.server.base.Cells;
import chat.server.command.Call;
import chat.server.command.Gate;
import chat.server.command.RoomTransactions;
import chat.server.command.Step;
import chat.server.room.Account;
import chat.server.room.Bodies;
import chat.server.room.Directory;
import chat.server.room.Right;
import chat.server.room.Room;
import chat.server.room.Room.Known;
import chat.server.room.Room.Membership;
import chat.server.session.RateLimits;
import chat.storage.Change.CellVersion;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Joining and leaving, and what one member may do to another. */
public record MemberDesk(
    Gate gate,
    RoomTransactions transactions,
    Memberships memberships,
    Directory directory,
    InstantSource clock) {
  public void join(Call call, Command.Join join) {
    Room room = directory.rooms().get(join.room());
    long now = clock.millis();
    if (room == null || room.settings().kind() != RoomKind.PUBLIC) {
      call.refuse(Problem.ROOM_UNKNOWN, "there is no such room");
    } else if (room.member(call.who()) != null) {
      call.refuse(Problem.NOT_ALLOWED, "you are a member already");
    } else if (room.settings().archived()) {
      call.refuse(Problem.NOT_ALLOWED, "the room is archived");
    } else if (Memberships.banned(room, call.who(), now)) {
      long until = Memberships.until(room, call.who());
      call.refuse(
          Problem.NOT_ALLOWED,
          "you may not come back yet",
          until == Long.MAX_VALUE ? 0 : until - now);
    } else if (memberships.mayHaveMore(call, call.who())
        && gate.pace(call, RateLimits.Kind.MESSAGE)) {
      Step step =
          transactions
              .begin(call, room, join.id(), Bodies.empty(Bodies.JOINED), new Content.Joined())
              .relying(new CellVersion(Cells.room(room.id()), room.known().version()));
      memberships.noBan(step, room, call.who());
      memberships.member(step, room, call.who(), Rank.MEMBER);
      step.then(() -> memberships.told(room, call.who())).submit(again -> join(again, join));
    }
  }

  public void leave(Call call, Command.Leave leave) {
    Room room = gate.room(call, leave.room(), Right.LEAVE);
    if (room == null) {
      return;
    }
    if (room.id() == Room.LOBBY) {
      call.refuse(Problem.NOT_ALLOWED, "everybody is in the Lobby");
    } else if (Memberships.isLastOwner(room, call.who()) && room.members().size() > 1) {
      call.refuse(Problem.NOT_ALLOWED, "make somebody else an owner first");
    } else if (gate.storeIsThere(call)) {
      Step step =
          transactions
              .begin(call, room, leave.id(), Bodies.empty(Bodies.LEFT), new Content.Left())
              .asMember();
      memberships.noMember(step, room, call.who());
      step.submit(again -> leave(again, leave));
    }
  }

  /** One does something to another in a room. */
  public void manage(Call call, Command.Manage manage) {
    Right right =
        switch (manage.deed()) {
          case INVITE -> Right.INVITE;
          case KICK -> Right.KICK;
          case BAN, UNBAN -> Right.BAN;
          case MUTE, UNMUTE -> Right.MUTE;
          case MAKE_OWNER, MAKE_MODERATOR, MAKE_MEMBER -> Right.SET_RANK;
        };
    Room room = gate.room(call, manage.room());
    if (room == null) {
      return;
    }
    boolean stepsDown = manage.account() == call.who() && manage.deed() == Deed.MAKE_MEMBER;
    if (!stepsDown && !gate.allowed(call, room, right)) {
      return;
    }
    Optional<Account> whom = directory.accounts().get(manage.account());
    if (whom.isEmpty()) {
      call.refuse(Problem.PERSON_UNKNOWN, "there is no such person");
      return;
    }
    String denial = denial(call, room, manage, whom.get());
    if (denial != null) {
      call.refuse(Problem.NOT_ALLOWED, denial);
    } else if (manage.deed() != Deed.INVITE || memberships.mayHaveMore(call, manage.account())) {
      if (gate.pace(call, RateLimits.Kind.MESSAGE)) {
        carryOut(call, room, manage);
      }
    }
  }

  private @Nullable String denial(Call call, Room room, Command.Manage manage, Account whom) {
    Known<Membership> member = room.member(whom.id());
    Rank own = room.rank(call.account());
    boolean self = whom.id() == call.who();
    boolean above =
        self || own == Rank.OWNER || room.rank(whom).compareTo(own) < 0 || member == null;
    boolean timed = manage.deed() == Deed.BAN || manage.deed() == Deed.MUTE;
    if (timed && manage.until() <= clock.millis()) {
      return "until when must lie ahead";
    }
    return switch (manage.deed()) {
      case INVITE -> {
        if (member != null) {
          yield "already a member";
        } else if (Memberships.banned(room, whom.id(), clock.millis())) {
          yield "banned; end that first";
        }
        yield directory.contacts().blocks(whom.id(), call.who())
            ? "this person does not take anything from you"
            : null;
      }
      case KICK, MUTE -> {
        if (self) {
          yield "not to yourself";
        } else if (member == null) {
          yield "not a member";
        }
        yield above ? null : "not to somebody of your own rank or above";
      }
      case UNMUTE -> {
        if (member == null) {
          yield "not a member";
        }
        yield above && !self ? null : "not to somebody of your own rank or above";
      }
      case BAN -> {
        if (self) {
          yield "not to yourself";
        }
        yield above ? null : "not to somebody of your own rank or above";
      }
      case UNBAN -> room.bans().containsKey(whom.id()) ? null : "not banned";
      case MAKE_OWNER, MAKE_MODERATOR, MAKE_MEMBER -> {
        if (member == null) {
          yield "not a member";
        }
        boolean last = Memberships.isLastOwner(room, whom.id()) && manage.deed() != Deed.MAKE_OWNER;
        yield last ? "make somebody else an owner first" : null;
      }
    };
  }

  private void carryOut(Call call, Room room, Command.Manage manage) {
    long whom = manage.account();
    Person person = directory.accounts().person(whom);
    boolean timed = manage.deed() == Deed.BAN || manage.deed() == Deed.MUTE;
    Content.Done content = new Content.Done(person, manage.deed(), timed ? manage.until() : 0);
    Step step = transactions.begin(call, room, manage.id(), Bodies.of(content), content).asMember();
    switch (manage.deed()) {
      case INVITE -> {
        memberships.noBan(step, room, whom);
        memberships.member(step, room, whom, Rank.MEMBER);
        step.relying(
                new CellVersion(
                    Cells.contact(whom, call.who()),
                    directory.contacts().tie(whom, call.who()).version()))
            .then(() -> memberships.told(room, whom));
      }
      case KICK -> memberships.noMember(step, room, whom);
      case BAN -> {
        memberships.ban(step, room, whom, manage.until());
        memberships.noMember(step, room, whom);
      }
      case UNBAN -> memberships.noBan(step, room, whom);
      case MUTE ->
          memberships.remember(
              step, room, whom, m -> new Membership(m.rank(), manage.until(), m.since()));
      case UNMUTE ->
          memberships.remember(step, room, whom, m -> new Membership(m.rank(), 0, m.since()));
      case MAKE_OWNER -> memberships.rank(step, room, whom, Rank.OWNER);
      case MAKE_MODERATOR -> memberships.rank(step, room, whom, Rank.MODERATOR);
      case MAKE_MEMBER -> memberships.rank(step, room, whom, Rank.MEMBER);
    }
    step.submit(again -> manage(again, manage));
  }
}
