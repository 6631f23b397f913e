// SPDX-License-Identifier: Apache-2.0
package chat.export;

import chat.client.text.Message;
import java.io.Closeable;
import java.io.IOException;

/** One form in which a room is written out, message by message. */
interface ExportWriter extends Closeable {

  /** Writes the next message. */
  void add(Leaf leaf) throws IOException;

  /**
   * A message and what belongs to it.
   *
   * @param path of its file below the folder, with {@code /}; empty if there is none
   * @param quote what it answers; {@link Quote#NONE} if it answers nothing
   */
  record Leaf(Message message, String path, Quote quote) {}

  /**
   * The beginning of a message that is answered.
   *
   * @param author empty if the message is not there any more
   */
  record Quote(long number, String author, String words) {
    static final Quote NONE = new Quote(0, "", "");
  }
}
