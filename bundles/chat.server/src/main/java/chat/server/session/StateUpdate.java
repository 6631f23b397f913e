// SPDX-License-Identifier: Apache-2.0
package chat.server.session;

/**
 * What a session has to be told anew. Told is how it is when the session can hear it, so that news
 * of the same thing is told once, and none is lost by a slow reader.
 */
public sealed interface StateUpdate {

  /** A room of the account's is different, is new or is gone. */
  record OfRoom(long room) implements StateUpdate {}

  /** The account stands differently to somebody. */
  record OfContact(long account) implements StateUpdate {}

  /** The account is something else to the server. */
  record OfRole() implements StateUpdate {}

  /** Something else is announced, or nothing any more. */
  record OfAnnouncement() implements StateUpdate {}
}
