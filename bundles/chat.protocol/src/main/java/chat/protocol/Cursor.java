// SPDX-License-Identifier: Apache-2.0
package chat.protocol;

import java.util.UUID;

/**
 * How far a client has got in a room.
 *
 * @param number of the last entry it has
 * @param id the first 8 bytes of that entry's id; if they don't fit, the room is fetched anew
 */
public record Cursor(long room, long number, long id) {

  /** The cursor behind an entry. */
  public static Cursor behind(Event.Entry entry) {
    return new Cursor(entry.room(), entry.number(), prefix(entry.id()));
  }

  /** The part of an id that a cursor carries. */
  public static long prefix(UUID id) {
    return id.getMostSignificantBits();
  }
}
