// SPDX-License-Identifier: Apache-2.0
package chat.protocol;

/** What an account is to the server. The order is part of the wire format: add at the end. */
public enum ServerRole {
  MEMBER,
  /** Moderates every public room that it has joined. */
  MODERATOR,
  /** Owns every public room that it has joined, and looks after the people of the server. */
  OWNER
}
