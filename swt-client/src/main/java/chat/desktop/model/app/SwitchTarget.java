// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.app;

import chat.desktop.model.room.Room;
import chat.protocol.Person;
import chat.protocol.RoomInfo;
import java.util.Locale;

/** Somewhere to go, as the quick switcher finds it. */
public sealed interface SwitchTarget {

  /** A room, or a private chat, of this account. */
  record ToRoom(Room room) implements SwitchTarget {}

  /** Somebody. */
  record ToPerson(Person person) implements SwitchTarget {}

  /** A public room that this account is not in. */
  record ToPublic(RoomInfo info) implements SwitchTarget {}

  /** What it is called. */
  default String name() {
    return switch (this) {
      case ToRoom(Room room) -> room.name();
      case ToPerson(Person person) -> person.shown();
      case ToPublic(RoomInfo info) -> info.name();
    };
  }

  /** Whether it fits what was typed, in lower case. */
  default boolean fits(String typed) {
    return name().toLowerCase(Locale.ROOT).contains(typed)
        || account().toLowerCase(Locale.ROOT).contains(typed);
  }

  /** By what name somebody is found who is shown by another; empty for a room. */
  private String account() {
    return switch (this) {
      case ToRoom(Room room) -> room.info().peer().name();
      case ToPerson(Person person) -> person.name();
      case ToPublic _ -> "";
    };
  }
}
