// SPDX-License-Identifier: Apache-2.0
package chat.protocol;

/**
 * What is known of a room without reading in it.
 *
 * @param picture 0 for none, else a number that changes with each new picture
 * @param members how many people are members
 * @param peer in a direct room the other one; without a name in any other
 */
public record RoomInfo(
    long room,
    RoomKind kind,
    @Keys({2, 3, 5, 6}) RoomSettings settings,
    @Keys(4) long picture,
    @Keys(7) int members,
    @Keys(8) Person peer) {

  /** The room that everybody is in and nobody leaves. */
  public static final long LOBBY = 1;

  /** As in the settings: empty for a direct room. */
  public String name() {
    return settings.name();
  }
}
