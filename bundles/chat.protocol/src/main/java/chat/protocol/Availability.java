// SPDX-License-Identifier: Apache-2.0
package chat.protocol;

/** How much somebody is here. The order is part of the wire format: add at the end. */
public enum Availability {
  ONLINE,
  /** Here, but has not touched anything for a while. */
  AWAY,
  DO_NOT_DISTURB,
  /** Here, and shown to nobody. */
  INVISIBLE
}
