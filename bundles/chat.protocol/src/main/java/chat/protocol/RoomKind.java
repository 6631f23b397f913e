// SPDX-License-Identifier: Apache-2.0
package chat.protocol;

/** Who may come into a room. The order is part of the wire format: add at the end. */
public enum RoomKind {
  /** Listed; whoever likes may join. */
  PUBLIC,
  /** Known to its members alone; one of them invites. */
  PRIVATE,
  /** Two people, for ever the same. */
  DIRECT
}
