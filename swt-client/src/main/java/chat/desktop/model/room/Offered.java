// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.room;

/** What became of a file that was to be sent. */
public sealed interface Offered {

  /** It is on its way. */
  record Started(String name) implements Offered {}

  /** The server would not take it, so it was not even begun. */
  record TooLarge(String name, long size, long limit) implements Offered {}

  /** It is a folder, is gone or may not be read. */
  record Unreadable(String name) implements Offered {}

  /** There is no room to send it to. */
  record Nowhere(String name) implements Offered {}
}
