// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.room;

/** What the text in the compose box is meant to be. */
public sealed interface Intent {

  /** Something new. */
  record Say() implements Intent {}

  /** Something new that must not be overlooked. */
  record Insist() implements Intent {}

  /** An answer to a message. */
  record Answer(Row.MessageRow to) implements Intent {}

  /** Other words for an own message. */
  record Change(Row.Said of) implements Intent {}
}
