// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.platform;

import chat.desktop.api.SlashCommand;

/** {@code /shrug}: adds what shoulders say. */
public final class Shrug implements SlashCommand {

  @Override
  public String name() {
    return "shrug";
  }

  @Override
  public String help() {
    return "¯\\_(ツ)_/¯";
  }

  @Override
  public String expand(String arguments) {
    return arguments + " ¯\\_(ツ)_/¯";
  }
}
