// SPDX-License-Identifier: Apache-2.0
package chat.protocol;

/**
 * What somebody is in a room, from below. The order is part of the wire format: add at the end.
 * What each may do stands in {@code docs/rights.md}.
 */
public enum Rank {
  MEMBER,
  MODERATOR,
  OWNER
}
