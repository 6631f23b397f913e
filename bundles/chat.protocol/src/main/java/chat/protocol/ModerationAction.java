// SPDX-License-Identifier: Apache-2.0
package chat.protocol;

/** What is done to somebody in a room. The order is part of the wire format: add at the end. */
public enum ModerationAction {
  /** Makes somebody a member. */
  INVITE,
  /** Puts a member out, who may come back. */
  KICK,
  /** Puts somebody out, and keeps them out for a time. */
  BAN,
  /** Lets somebody come back. */
  UNBAN,
  /** Takes a member's word for a time. */
  MUTE,
  /** Gives it back. */
  UNMUTE,
  /** Makes a member an owner. */
  MAKE_OWNER,
  /** Makes a member a moderator. */
  MAKE_MODERATOR,
  /** Makes somebody a member like any other. */
  MAKE_MEMBER
}
