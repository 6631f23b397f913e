// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.room;

/** How far an own message has got, as far as the others let it be known. */
public enum Delivery {
  /** The server has it. */
  SENT,
  /** A device of the other one has it; told of private chats alone. */
  DELIVERED,
  /** It was shown to somebody. */
  READ
}
