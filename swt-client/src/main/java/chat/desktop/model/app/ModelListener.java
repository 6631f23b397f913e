// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.app;

import chat.desktop.model.room.Room;
import chat.protocol.Event;

/** Hears what is different in a {@link ChatModel}, and looks there for the rest. */
public interface ModelListener {

  /** What is different. */
  enum Part {
    LINK,
    ENTERED,
    ROOMS,
    /** Who is writing, or how far others have read. */
    SIGNS,
    PEOPLE,
    /** What the account is to the server, or what is announced there. */
    SERVER,
    FILES,
    UNSENT,
    LOGGED_OUT
  }

  void changed(Part part);

  /** Somebody else said something or sent a file just now. */
  default void heard(Room room, Event.Entry entry) {}

  /** Something that the user did was not done. */
  default void failed(Throwable why) {}
}
