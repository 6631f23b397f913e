// SPDX-License-Identifier: Apache-2.0
package chat.desktop.api;

/** Where a {@link Command} is offered. */
public enum Place {
  /** In the menu of the plug-ins, in the menu bar. */
  MENU,
  /** In the menu of a message. */
  MESSAGE,
  /** In the menu of a room at the left. */
  ROOM,
  /** In the menu of a person at the left. */
  PERSON,
  /** In the menu beside the place where messages are written. */
  COMPOSE
}
