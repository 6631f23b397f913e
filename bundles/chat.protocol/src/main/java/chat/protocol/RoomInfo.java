// SPDX-License-Identifier: Apache-2.0
package chat.protocol;

/**
 * What is known of a room without reading in it.
 *
 * @param name empty for a direct room, which is shown by the name of the other one
 * @param picture 0 for none, else a number that changes with each new picture
 * @param readOnly only moderators and owners may write
 * @param archived nobody may write; kept for reading
 * @param members how many people are members
 * @param peer in a direct room the other one; without a name in any other
 */
public record RoomInfo(
    long room,
    RoomKind kind,
    String name,
    String topic,
    long picture,
    boolean readOnly,
    boolean archived,
    int members,
    Person peer) {

  /** The room that everybody is in and nobody leaves. */
  public static final long LOBBY = 1;
}
