// SPDX-License-Identifier: Apache-2.0
package chat.cli;

import chat.protocol.RoomInfo;
import chat.protocol.RoomKind;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which room is meant by a word: {@code @x} is a person, {@code #n} a number, everything else the
 * name of a room. A room may be called {@code @alice} or {@code #12} by whoever makes it; what is
 * meant for alice never ends there.
 */
sealed interface RoomTarget {
  /** The room of two with somebody. */
  record WithPerson(String name) implements RoomTarget {}

  /** The room with this number. */
  record Numbered(long room) implements RoomTarget {}

  /** The room of this name. */
  record Named(String name) implements RoomTarget {}

  Pattern NUMBER = Pattern.compile("#([0-9]{1,18})");

  static RoomTarget of(String word) {
    if (word.startsWith("@")) {
      return new WithPerson(word.substring(1));
    }
    Matcher number = NUMBER.matcher(word);
    return number.matches() ? new Numbered(Long.parseLong(number.group(1))) : new Named(word);
  }

  /** Whether it is this room. */
  default boolean is(RoomInfo room) {
    boolean isDirect = room.kind() == RoomKind.DIRECT;
    return switch (this) {
      case WithPerson(String name) -> isDirect && room.peer().name().equalsIgnoreCase(name);
      case Numbered(long number) -> room.room() == number;
      case Named(String name) -> !isDirect && room.name().equalsIgnoreCase(name);
    };
  }
}
