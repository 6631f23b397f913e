// SPDX-License-Identifier: Apache-2.0
package chat.protocol;

/**
 * What owners of the server do to an account. The order is part of the wire format: add at the end.
 */
public enum AccountAction {
  /** It can't log in any more; everything else stays. */
  SUSPEND,
  RESUME,
  /** All its devices are logged out. */
  END_SESSIONS,
  MAKE_MEMBER,
  MAKE_MODERATOR,
  MAKE_OWNER,
  RENAME,
  REMOVE_SECOND_FACTOR,
  /** It ends for good, and what it said is erased. */
  DELETE
}
