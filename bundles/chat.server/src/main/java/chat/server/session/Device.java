// SPDX-License-Identifier: Apache-2.0
package chat.server.session;

import chat.protocol.Event;
import chat.server.room.Account;
import chat.server.room.SharedBlock;
import chat.server.room.SharedEvent;
import chat.server.store.Readers;
import org.jspecify.annotations.Nullable;

/**
 * One client as those see it who have something to tell it: whose it is, whether it can hear, and
 * what it hears. May be used from any thread.
 */
public interface Device {

  /** Who is logged in; null if nobody is. */
  @Nullable Account account();

  /** Whether somebody is logged in, follows their rooms and takes what is sent. */
  boolean hears();

  /** Whether the connection takes more now. */
  boolean writable();

  /** Where what is to be read for it is read. */
  Readers.Lane lane();

  /** Sends an event if the connection takes one; false if not. */
  boolean send(SharedEvent event);

  /** Sends entries in one piece if the connection takes them so; false if not. */
  boolean send(SharedBlock entries);

  /** This shall be told, now or as soon as the client can hear it. */
  void tell(StateUpdate news);

  /** Hears nothing more of a room. */
  void unfollow(long room);

  /** Whether its session has a token with this hash. */
  boolean uses(byte[] tokenHash);

  /** Closes the connection with these last words. */
  void close(Event lastWords);
}
