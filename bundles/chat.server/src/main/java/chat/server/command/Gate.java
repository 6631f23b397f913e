// SPDX-License-Identifier: Apache-2.0
package chat.server.command;

import chat.protocol.Problem;
import chat.protocol.RoomKind;
import chat.server.room.Directory;
import chat.server.room.Right;
import chat.server.room.Room;
import chat.server.room.Room.Known;
import chat.server.room.Room.Membership;
import chat.server.session.RateLimits;
import chat.server.store.StoreAccess;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** What stands before every command: whether somebody may, and whether it is time. */
public record Gate(StoreAccess access, Directory directory, RateLimits rates, InstantSource clock) {
  /** The room, if the caller is a member; answers if not. */
  public @Nullable Room room(Call call, long id) {
    Room room = directory.rooms().of(call.who(), id);
    if (room == null) {
      call.refuse(Problem.ROOM_UNKNOWN, "there is no such room");
    }
    return room;
  }

  /** The room, if the caller may do this in it; answers if not. */
  public @Nullable Room room(Call call, long id, Right right) {
    Room room = room(call, id);
    return room != null && allowed(call, room, right) ? room : null;
  }

  /** Whether the caller may do this; answers if not. */
  public boolean allowed(Call call, Room room, Right right) {
    long now = clock.millis();
    Known<Membership> member = room.member(call.who());
    if (member == null) {
      call.refuse(Problem.ROOM_UNKNOWN, "there is no such room");
      return false;
    }
    long until = member.value().mutedUntil();
    String denial = right.denial(room.settings(), room.rank(call.account()), until > now);
    if (denial != null) {
      boolean later = denial.equals(Right.MUTED) && until != Long.MAX_VALUE;
      call.refuse(Problem.NOT_ALLOWED, denial, later ? until - now : 0);
      return false;
    }
    return right == Right.DELETE_OWN || !walled(call, room);
  }

  /** Whether one of the two in a direct room has blocked the other; answers if so. */
  private boolean walled(Call call, Room room) {
    if (room.settings().kind() != RoomKind.DIRECT) {
      return false;
    }
    long peer = room.settings().peerOf(call.who());
    return walled(call, peer);
  }

  /** Whether one of two has blocked the other; answers if so. */
  public boolean walled(Call call, long other) {
    if (directory.contacts().blocks(call.who(), other)) {
      call.refuse(Problem.NOT_ALLOWED, "you have blocked this person");
      return true;
    }
    if (directory.contacts().blocks(other, call.who())) {
      call.refuse(Problem.NOT_ALLOWED, "this person does not take anything from you");
      return true;
    }
    return false;
  }

  /** Whether there is a store to write to; answers if not. */
  public boolean storeIsThere(Call call) {
    if (access.isUnavailable()) {
      call.fail(Problem.UNAVAILABLE, "the store is away", Call.AGAIN_MILLIS);
      return false;
    }
    return true;
  }

  /** Whether the caller may do one more of this now; answers if not. A second attempt is free. */
  public boolean pace(Call call, RateLimits.Kind kind) {
    if (!storeIsThere(call)) {
      return false;
    }
    long wait =
        call.attempt() > 1 ? 0 : rates.take(kind, call.who(), call.session().connection().peer());
    if (wait > 0) {
      call.fail(Problem.TOO_MANY, "too many " + kind.words(), wait);
      return false;
    }
    return true;
  }
}
