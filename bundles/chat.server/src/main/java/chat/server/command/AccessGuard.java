// SPDX-License-Identifier: Apache-2.0
package chat.server.command;

import chat.protocol.Problem;
import chat.protocol.RoomKind;
import chat.server.room.Directory;
import chat.server.room.Right;
import chat.server.room.Room;
import chat.server.room.Room.Membership;
import chat.server.room.Room.Versioned;
import chat.server.session.RateLimits;
import chat.server.store.StoreAccess;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** What stands before every command: whether somebody may, and whether it is time. */
public record AccessGuard(
    StoreAccess access, Directory directory, RateLimits rates, InstantSource clock) {
  /** The room, if the caller is a member; answers if not. */
  public @Nullable Room room(Request request, long id) {
    Room room = directory.rooms().of(request.accountId(), id);
    if (room == null) {
      request.failUnlessApplied(Problem.ROOM_UNKNOWN, "there is no such room");
    }
    return room;
  }

  /** The room, if the caller may do this in it; answers if not. */
  public @Nullable Room room(Request request, long id, Right right) {
    Room room = room(request, id);
    return room != null && allowed(request, room, right) ? room : null;
  }

  /** Whether the caller may do this; answers if not. */
  public boolean allowed(Request request, Room room, Right right) {
    long now = clock.millis();
    Versioned<Membership> member = room.member(request.accountId());
    if (member == null) {
      request.failUnlessApplied(Problem.ROOM_UNKNOWN, "there is no such room");
      return false;
    }
    long until = member.value().mutedUntil();
    String denial = right.denial(room.stored().value(), room.rank(request.account()), until > now);
    if (denial != null) {
      boolean later = denial.equals(Right.MUTED) && until != Long.MAX_VALUE;
      request.failUnlessApplied(Problem.NOT_ALLOWED, denial, later ? until - now : 0);
      return false;
    }
    return right == Right.DELETE_OWN || !isBlocked(request, room);
  }

  /** Whether one of the two in a direct room has blocked the other; answers if so. */
  private boolean isBlocked(Request request, Room room) {
    if (room.kind() != RoomKind.DIRECT) {
      return false;
    }
    long peer = room.peerOf(request.accountId());
    return isBlocked(request, peer);
  }

  /** Whether one of two has blocked the other; answers if so. */
  public boolean isBlocked(Request request, long other) {
    if (directory.contacts().blocks(request.accountId(), other)) {
      request.failUnlessApplied(Problem.NOT_ALLOWED, "you have blocked this person");
      return true;
    }
    if (directory.contacts().blocks(other, request.accountId())) {
      request.failUnlessApplied(Problem.NOT_ALLOWED, "this person does not take anything from you");
      return true;
    }
    return false;
  }

  /** Whether there is a store to write to; answers if not. */
  public boolean checkStore(Request request) {
    if (access.isUnavailable()) {
      request.fail(Problem.UNAVAILABLE, "the store is away", Request.AGAIN_MILLIS);
      return false;
    }
    return true;
  }

  /** Whether the caller may do one more of this now; answers if not. A second attempt is free. */
  public boolean checkRate(Request request, RateLimits.Kind kind) {
    if (!checkStore(request)) {
      return false;
    }
    long wait =
        request.attempt() > 1
            ? 0
            : rates.take(kind, request.accountId(), request.session().connection().peer());
    if (wait > 0) {
      request.fail(Problem.TOO_MANY, "too many " + kind.words(), wait);
      return false;
    }
    return true;
  }
}
