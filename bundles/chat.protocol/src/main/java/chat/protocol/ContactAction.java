// SPDX-License-Identifier: Apache-2.0
package chat.protocol;

/** A step between two people. The order is part of the wire format: add at the end. */
public enum ContactAction {
  /** Asks for friendship; says yes if the other one has asked. */
  REQUEST,
  ACCEPT,
  DECLINE,
  /** Takes the own request back. */
  WITHDRAW,
  /** Ends a friendship. */
  REMOVE,
  /**
   * The other one can't write to me privately, see me here, ask me or add me. Ends a friendship.
   */
  BLOCK,
  UNBLOCK
}
