// SPDX-License-Identifier: Apache-2.0
package chat.protocol;

/** How two people stand, seen from one of them. The order is part of the wire format. */
public enum Relation {
  NONE,
  /** I asked, and there is no answer yet. */
  OUTGOING,
  /** I was asked, and have not answered yet. */
  INCOMING,
  FRIEND
}
