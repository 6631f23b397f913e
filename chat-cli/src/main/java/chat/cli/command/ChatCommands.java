// SPDX-License-Identifier: Apache-2.0
package chat.cli.command;

import chat.cli.base.CommandTree;

/** The commands of people who chat, by their names. */
public final class ChatCommands {
  private ChatCommands() {}

  public static CommandTree tree() {
    return new CommandTree(
            "Chat, from the terminal and from scripts, and look after a server.",
            "%nchatroom help COMMAND, or COMMAND --help, tells more about each.")
        .add("send", SendCommand::new)
        .add("read", ReadCommand::new)
        .add("search", SearchCommand::new)
        .add("room", RoomCommands::new)
        .add("friend", FriendCommands::new)
        .add("message", MessageCommands::new)
        .add("profile", ProfileCommand::new)
        .add("export", ExportCommand::new)
        .add("account", AccountCommands::new)
        .add("reset", ResetCommand::new)
        .withTools();
  }
}
