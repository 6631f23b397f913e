// SPDX-License-Identifier: Apache-2.0
package chat.server.command;

import chat.protocol.Problem;
import chat.protocol.RoomKind;
import chat.server.base.Refusal;
import chat.server.room.Directory;
import chat.server.room.Right;
import chat.server.room.Room;
import chat.server.room.Room.Membership;
import chat.server.room.Room.Versioned;
import chat.server.session.RateLimits;
import chat.server.session.Responder;
import chat.server.store.StoreAccess;
import java.time.InstantSource;

/**
 * What stands before every command: whether somebody may, and whether it is time. Each check throws
 * if not.
 */
public record AccessGuard(
    StoreAccess access, Directory directory, RateLimits rates, InstantSource clock) {
  /** Why nothing is said of a room to whoever may not know of it, be it there or not. */
  public static Refusal noSuchRoom() {
    return Refusal.denied(Problem.ROOM_UNKNOWN, "there is no such room");
  }

  /** The room, if the caller is a member. */
  public Room room(Request request, long id) throws Refusal {
    Room room = directory.rooms().of(request.accountId(), id);
    if (room == null) {
      throw noSuchRoom();
    }
    return room;
  }

  /** The room, if the caller may do this in it. */
  public Room room(Request request, long id, Right right) throws Refusal {
    Room room = room(request, id);
    checkRight(request, room, right);
    return room;
  }

  /** Whether the caller may do this. */
  public void checkRight(Request request, Room room, Right right) throws Refusal {
    long now = clock.millis();
    Versioned<Membership> member = room.member(request.accountId());
    if (member == null) {
      throw noSuchRoom();
    }
    long until = member.value().mutedUntil();
    String denial = right.denial(room.stored().value(), room.rank(request.account()), until > now);
    if (denial != null) {
      boolean later = denial.equals(Right.MUTED) && until != Long.MAX_VALUE;
      throw Refusal.denied(Problem.NOT_ALLOWED, denial, later ? until - now : 0);
    }
    if (right != Right.DELETE_OWN && room.kind() == RoomKind.DIRECT) {
      checkNotBlocked(request, room.peerOf(request.accountId()));
    }
  }

  /** Whether neither of two has blocked the other. */
  public void checkNotBlocked(Request request, long other) throws Refusal {
    if (directory.contacts().blocks(request.accountId(), other)) {
      throw Refusal.denied(Problem.NOT_ALLOWED, "you have blocked this person");
    }
    if (directory.contacts().blocks(other, request.accountId())) {
      throw Refusal.denied(Problem.NOT_ALLOWED, "this person does not take anything from you");
    }
  }

  /** Whether there is a store to write to. */
  public void checkStore() throws Refusal {
    if (access.isUnavailable()) {
      throw Refusal.storeIsAway(Responder.AWAY_MILLIS);
    }
  }

  /** Whether the caller may do one more of this now; counts it. A second attempt is free. */
  public void checkRate(Request request, RateLimits.Kind kind) throws Refusal {
    checkStore();
    long wait =
        request.attempt() > 1
            ? 0
            : rates.take(kind, request.accountId(), request.session().connection().peer());
    if (wait > 0) {
      throw Refusal.postponed(Problem.TOO_MANY, "too many " + kind.words(), wait);
    }
  }
}
