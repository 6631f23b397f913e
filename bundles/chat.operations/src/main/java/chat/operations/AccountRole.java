// SPDX-License-Identifier: Apache-2.0
package chat.operations;

/** What an account is to the server. */
public enum AccountRole {
  MEMBER,
  /** Moderates every public room that it has joined. */
  MODERATOR,
  /** Owns every public room that it has joined; there is always one. */
  OWNER
}
