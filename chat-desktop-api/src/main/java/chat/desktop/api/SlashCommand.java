// SPDX-License-Identifier: Apache-2.0
package chat.desktop.api;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** A word behind a slash at the start of a message, for example {@code /shrug}. */
@ConsumerType
public interface SlashCommand {

  /** The word, without the slash. */
  String name();

  /** One line that says what it does. */
  default String help() {
    return "";
  }

  /**
   * Arguments to offer while they are written, at most ten are shown.
   *
   * @param arguments what stands behind the word
   */
  default List<String> complete(String arguments) {
    return List.of();
  }

  /** The text to send instead; empty to send nothing. */
  String expand(String arguments);
}
