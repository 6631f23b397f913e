// SPDX-License-Identifier: Apache-2.0
package chat.protocol;

/**
 * What a room is to one of its members. All devices of the account see the same.
 *
 * @param mutedUntil UTC milliseconds until which this member can't write; 0 if it may
 * @param read the number up to which everything was read
 * @param counted the number up to which the next two are counted
 * @param unread messages of others after {@code read}, at most {@link #COUNTED}
 * @param mentions those of them in which this member is named, at most {@link #COUNTED}
 * @param silent no notices of this room, except for mentions
 * @param draft what was begun and not yet said
 */
public record RoomState(
    Rank rank,
    long mutedUntil,
    long read,
    long counted,
    int unread,
    int mentions,
    boolean silent,
    String draft) {

  /** Counting ends here. */
  public static final int COUNTED = 1_000;
}
