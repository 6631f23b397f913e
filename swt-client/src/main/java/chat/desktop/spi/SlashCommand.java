// SPDX-License-Identifier: Apache-2.0
package chat.desktop.spi;

/** A word after a slash at the start of a message, for example {@code /shrug}. */
public interface SlashCommand {

  /** The word, without the slash. */
  String name();

  /** The text to send instead; empty to send nothing. */
  String expand(String arguments);
}
