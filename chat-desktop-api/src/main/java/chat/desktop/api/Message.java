// SPDX-License-Identifier: Apache-2.0
package chat.desktop.api;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A message as it stands now, after edits and reactions.
 *
 * @param number its place in the room, ascending
 * @param time UTC milliseconds
 */
public record Message(
    long room,
    long number,
    UUID id,
    Author author,
    long time,
    Body body,
    List<Reaction> reactions) {

  public Message {
    reactions = List.copyOf(reactions);
  }

  /**
   * Who wrote a message.
   *
   * @param account never used again for another one
   * @param name what the author is called
   * @param self whether it is the account that is logged in
   */
  public record Author(long account, String name, boolean self) {}

  /**
   * What was said or sent.
   *
   * @param text as it was written; the name of the file if it is one
   */
  public record Body(String text, Optional<File> file) {}

  /**
   * The file of a message.
   *
   * @param mediaType as the sender's client named it, which may be wrong
   * @param size in bytes
   */
  public record File(String name, String mediaType, long size) {}

  /**
   * An emoji under a message.
   *
   * @param count how many people put it there
   * @param own whether the account that is logged in did
   */
  public record Reaction(String emoji, int count, boolean own) {}
}
