// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.room;

import chat.protocol.Member;
import chat.protocol.ModerationAction;
import chat.protocol.Rank;

/**
 * What this account may do in a room: the table of {@code docs/rights.md}, so that nothing is
 * offered that the server would refuse. The server decides.
 */
public record Rights(Room room, long now) {

  public boolean write() {
    return !archived() && !muted() && !(readOnly() && !ranks(Rank.MODERATOR));
  }

  public boolean react() {
    return !archived() && !muted();
  }

  public boolean pin() {
    return react() && (room.direct() || ranks(Rank.MODERATOR));
  }

  /** Erasing what somebody else said. */
  public boolean delete() {
    return !room.direct() && ranks(Rank.MODERATOR);
  }

  public boolean invite() {
    return !room.direct() && write();
  }

  /** Name, topic and read only. */
  public boolean set() {
    return !room.direct() && !archived() && ranks(Rank.MODERATOR);
  }

  public boolean archive() {
    return !room.direct() && ranks(Rank.OWNER);
  }

  public boolean unban() {
    return set();
  }

  /** Doing something to a member: it reaches those below. */
  public boolean manage(Member member, ModerationAction action) {
    boolean below = ranks(Rank.OWNER) || member.rank() == Rank.MEMBER;
    return switch (action) {
      case KICK, BAN -> set() && below;
      case MUTE -> set() && below && member.mutedUntil() <= now;
      case UNMUTE -> set() && below && member.mutedUntil() > now;
      case MAKE_OWNER -> set() && ranks(Rank.OWNER) && member.rank() != Rank.OWNER;
      case MAKE_MODERATOR -> set() && ranks(Rank.OWNER) && member.rank() != Rank.MODERATOR;
      case MAKE_MEMBER -> set() && ranks(Rank.OWNER) && member.rank() != Rank.MEMBER;
      case INVITE, UNBAN -> false;
    };
  }

  private boolean ranks(Rank least) {
    return room.place().rank().compareTo(least) >= 0;
  }

  private boolean archived() {
    return room.info().settings().archived();
  }

  private boolean readOnly() {
    return room.info().settings().readOnly() && !room.direct();
  }

  private boolean muted() {
    return room.place().mutedUntil() > now;
  }
}
