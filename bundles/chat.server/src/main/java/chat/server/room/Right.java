// SPDX-License-Identifier: Apache-2.0
package chat.server.room;

import chat.protocol.Rank;
import chat.protocol.RoomKind;
import org.jspecify.annotations.Nullable;

/**
 * What somebody may do in a room. This table is the rule; {@code docs/rights.md} shows it, and a
 * test walks through every case of it.
 */
public enum Right {
  /** Texts, files, forwarding to here. */
  WRITE(Rank.MEMBER, true),
  /** Changing an own text. */
  EDIT(Rank.MEMBER, true),
  /** Erasing an own message. */
  DELETE_OWN(Rank.MEMBER, false),
  /** Erasing somebody else's. */
  DELETE(Rank.MODERATOR, false),
  REACT(Rank.MEMBER, true),
  PIN(Rank.MODERATOR, true),
  INVITE(Rank.MEMBER, true),
  KICK(Rank.MODERATOR, true),
  BAN(Rank.MODERATOR, true),
  MUTE(Rank.MODERATOR, true),
  SET_RANK(Rank.OWNER, true),
  /** Name, topic, picture, read only. */
  SET_ROOM(Rank.MODERATOR, true),
  ARCHIVE(Rank.OWNER, false),
  LEAVE(Rank.MEMBER, false);

  /** Why somebody may not do what it may at other times. */
  public static final String MUTED = "muted";

  private final Rank least;
  private final boolean stops;

  Right(Rank least, boolean stopsWhenArchived) {
    this.least = least;
    this.stops = stopsWhenArchived;
  }

  /**
   * Why somebody may not; null if it may.
   *
   * @param muted whether its word is taken just now
   */
  public @Nullable String denial(StoredRoom room, Rank rank, boolean muted) {
    boolean direct = room.kind() == RoomKind.DIRECT;
    if (direct
        && this != WRITE
        && this != EDIT
        && this != DELETE_OWN
        && this != REACT
        && this != PIN) {
      return "not in a room of two";
    }
    if (stops && room.settings().archived()) {
      return "the room is archived";
    }
    if (rank.compareTo(least) < 0 && !direct) {
      return "only " + (least == Rank.OWNER ? "owners" : "moderators and owners") + " may";
    }
    if (muted
        && (this == WRITE || this == EDIT || this == REACT || this == PIN || this == INVITE)) {
      return MUTED;
    }
    if (room.settings().readOnly()
        && rank == Rank.MEMBER
        && (this == WRITE || this == EDIT || this == INVITE)) {
      return "only moderators and owners write here";
    }
    return null;
  }
}
