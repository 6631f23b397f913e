// SPDX-License-Identifier: Apache-2.0
package chat.extension;

import org.osgi.annotation.versioning.ProviderType;

/**
 * By which a {@link Bot} answers.
 *
 * <p><b>Threads.</b> May be used from any thread, until the bot's service is gone; then nothing
 * happens any more.
 */
@ProviderType
public interface Conversation {

  /**
   * Says something, after everything said before. It is kept on disk until the server has stored
   * it, and is said once whatever happens meanwhile. What the server refuses is logged.
   *
   * @param room one of the bot's rooms
   */
  void say(long room, String text);

  /** Says something as a reply to what was heard. */
  void reply(HeardText to, String text);
}
