// SPDX-License-Identifier: Apache-2.0
package chat.server.command.room;

import chat.protocol.Command;
import chat.protocol.Content;
import chat.protocol.ModerationAction;
import chat.protocol.Person;
import chat.protocol.Problem;
import chat.protocol.Rank;
import chat.protocol.Reply;
import chat.protocol.RoomKind;
import chat.server.base.Cells;
import chat.server.base.Refusal;
import chat.server.command.AccessGuard;
import chat.server.command.Request;
import chat.server.command.RoomTransaction;
import chat.server.command.RoomTransactions;
import chat.server.room.Account;
import chat.server.room.Directory;
import chat.server.room.EntryCodec;
import chat.server.room.Right;
import chat.server.room.Room;
import chat.server.room.Room.Membership;
import chat.server.room.Room.Versioned;
import chat.server.room.RoomInvitations.Pending;
import chat.server.session.AuditTrail;
import chat.server.session.RateLimits;
import chat.storage.CellKey;
import chat.storage.Change.CellVersion;
import chat.storage.Change.CellWrite;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Joining and leaving, and what one member may do to another. */
public record MembershipHandler(
    AccessGuard guard,
    RoomTransactions transactions,
    Memberships memberships,
    Directory directory,
    AuditTrail audit,
    InstantSource clock) {
  public void join(Request request, Command.Join join) throws Refusal {
    Room room = directory.rooms().get(join.room());
    long now = clock.millis();
    if (room == null
        || (room.kind() != RoomKind.PUBLIC
            && directory.invitations().get(room.id(), request.accountId()) == null)) {
      throw AccessGuard.noSuchRoom();
    } else if (room.member(request.accountId()) != null) {
      throw notAllowed("you are a member already");
    } else if (room.settings().archived()) {
      throw notAllowed("the room is archived");
    } else if (Memberships.banned(room, request.accountId(), now)) {
      long until = Memberships.until(room, request.accountId());
      throw Refusal.denied(
          Problem.NOT_ALLOWED,
          "you may not come back yet",
          until == Long.MAX_VALUE ? 0 : until - now);
    }
    memberships.checkMayHaveMore(request.accountId());
    guard.checkRate(request, RateLimits.Kind.MESSAGE);
    RoomTransaction transaction =
        transactions
            .begin(
                request, room, join.id(), EntryCodec.empty(EntryCodec.JOINED), new Content.Joined())
            .relying(new CellVersion(Cells.room(room.id()), room.stored().version()));
    memberships.noBan(transaction, room, request.accountId());
    memberships.noInvitation(transaction, room, request.accountId());
    memberships.member(transaction, room, request.accountId(), Rank.MEMBER);
    transaction
        .then(() -> memberships.told(room, request.accountId()))
        .submit(retried -> join(retried, join));
  }

  /** Nobody else hears of it. */
  public void decline(Request request, Command.DeclineInvitation decline) throws Refusal {
    long account = request.accountId();
    Room room = directory.rooms().get(decline.room());
    Versioned<Pending> pending = directory.invitations().get(decline.room(), account);
    if (room == null || pending == null) {
      request.answer(new Reply.Done());
      return;
    }
    guard.checkRate(request, RateLimits.Kind.MESSAGE);
    CellKey key = Cells.roomInvitation(room.id(), account);
    request.write(
        List.of(new CellVersion(key, pending.version())),
        List.of(new CellWrite(key, null)),
        () -> {
          directory.invitations().remove(room.id(), account);
          memberships.told(room, account);
        },
        retried -> decline(retried, decline));
  }

  private static Refusal notAllowed(String why) {
    return Refusal.denied(Problem.NOT_ALLOWED, why);
  }

  public void leave(Request request, Command.Leave leave) throws Refusal {
    Room room = guard.room(request, leave.room(), Right.LEAVE);
    if (room.id() == Room.LOBBY) {
      throw notAllowed("everybody is in the Lobby");
    } else if (Memberships.isLastOwner(room, request.accountId()) && room.members().size() > 1) {
      throw notAllowed("make somebody else an owner first");
    }
    guard.checkStore();
    RoomTransaction transaction =
        transactions
            .begin(request, room, leave.id(), EntryCodec.empty(EntryCodec.LEFT), new Content.Left())
            .asMember();
    memberships.noMember(transaction, room, request.accountId());
    transaction.submit(retried -> leave(retried, leave));
  }

  /** One does something to another in a room. */
  public void manage(Request request, Command.Moderate manage) throws Refusal {
    Right right =
        switch (manage.action()) {
          case INVITE -> Right.INVITE;
          case KICK -> Right.KICK;
          case BAN, UNBAN -> Right.BAN;
          case MUTE, UNMUTE -> Right.MUTE;
          case MAKE_OWNER, MAKE_MODERATOR, MAKE_MEMBER -> Right.SET_RANK;
        };
    Room room = guard.room(request, manage.room());
    boolean stepsDown =
        manage.account() == request.accountId() && manage.action() == ModerationAction.MAKE_MEMBER;
    if (!stepsDown) {
      guard.checkRight(request, room, right);
    }
    Optional<Account> whom = directory.accounts().get(manage.account());
    if (whom.isEmpty()) {
      throw Refusal.denied(Problem.PERSON_UNKNOWN, "there is no such person");
    }
    String denial = denial(request, room, manage, whom.get());
    if (denial != null) {
      throw notAllowed(denial);
    }
    if (manage.action() == ModerationAction.INVITE) {
      memberships.checkMayBeInvited(manage.account(), request.accountId());
      guard.checkRate(request, RateLimits.Kind.START);
    } else {
      guard.checkRate(request, RateLimits.Kind.MESSAGE);
    }
    carryOut(request, room, manage, whom.get());
  }

  private @Nullable String denial(
      Request request, Room room, Command.Moderate manage, Account whom) {
    Versioned<Membership> member = room.member(whom.id());
    Rank own = room.rank(request.account());
    boolean self = whom.id() == request.accountId();
    boolean invited = directory.invitations().get(room.id(), whom.id()) != null;
    boolean above =
        self || own == Rank.OWNER || room.rank(whom).compareTo(own) < 0 || member == null;
    boolean timed =
        manage.action() == ModerationAction.BAN || manage.action() == ModerationAction.MUTE;
    if (timed && manage.until() <= clock.millis()) {
      return "until when must lie ahead";
    }
    return switch (manage.action()) {
      case INVITE -> {
        if (member != null) {
          yield "already a member";
        } else if (Memberships.banned(room, whom.id(), clock.millis())) {
          yield "banned; end that first";
        }
        yield invited ? "invited already" : null;
      }
      case KICK, MUTE -> {
        if (self) {
          yield "not to yourself";
        } else if (member == null && !(invited && manage.action() == ModerationAction.KICK)) {
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
        boolean last =
            Memberships.isLastOwner(room, whom.id())
                && manage.action() != ModerationAction.MAKE_OWNER;
        yield last ? "make somebody else an owner first" : null;
      }
    };
  }

  private void carryOut(Request request, Room room, Command.Moderate manage, Account account) {
    long whom = account.id();
    Person person = directory.accounts().person(whom);
    boolean timed =
        manage.action() == ModerationAction.BAN || manage.action() == ModerationAction.MUTE;
    Content.Done content = new Content.Done(person, manage.action(), timed ? manage.until() : 0);
    RoomTransaction transaction =
        transactions.begin(request, room, manage.id(), EntryCodec.of(content), content).asMember();
    switch (manage.action()) {
      case INVITE -> {
        memberships.noBan(transaction, room, whom);
        memberships.invite(transaction, room, whom, request.accountId());
        transaction.relying(
            new CellVersion(
                Cells.contact(whom, request.accountId()),
                directory.contacts().state(whom, request.accountId()).version()));
      }
      case KICK -> {
        memberships.noInvitation(transaction, room, whom);
        memberships.noMember(transaction, room, whom);
      }
      case BAN -> {
        memberships.ban(transaction, room, whom, manage.until());
        memberships.noInvitation(transaction, room, whom);
        memberships.noMember(transaction, room, whom);
      }
      case UNBAN -> memberships.noBan(transaction, room, whom);
      case MUTE ->
          memberships.remember(
              transaction, room, whom, m -> new Membership(m.rank(), manage.until(), m.since()));
      case UNMUTE ->
          memberships.remember(
              transaction, room, whom, m -> new Membership(m.rank(), 0, m.since()));
      case MAKE_OWNER -> memberships.rank(transaction, room, whom, Rank.OWNER);
      case MAKE_MODERATOR -> memberships.rank(transaction, room, whom, Rank.MODERATOR);
      case MAKE_MEMBER -> memberships.rank(transaction, room, whom, Rank.MEMBER);
    }
    transaction
        .then(() ->
            audit.moderated(
                request.account(), room.id(), manage.action(), account, content.until()))
        .submit(retried -> manage(retried, manage));
  }
}
