// SPDX-License-Identifier: Apache-2.0
package chat.extension;

/**
 * A text that somebody wants to say.
 *
 * @param room its id; the Lobby is 1
 * @param roomName empty in a conversation of two
 * @param author the account's id
 * @param authorName as it is called now
 * @param text lines separated by line feeds
 */
public record ProposedText(
    long room, String roomName, long author, String authorName, String text) {

  /** The same with other words. */
  public ProposedText with(String other) {
    return new ProposedText(room, roomName, author, authorName, other);
  }
}
