// SPDX-License-Identifier: Apache-2.0
package chat.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Which room a command is about. */
@Command(footer = Help.ROOM)
final class RoomOption {
  @Option(
      names = "--room",
      paramLabel = "ROOM",
      defaultValue = "Lobby",
      description = "The room. Default: Lobby.")
  private String room = "Lobby";

  String room() {
    return room;
  }
}
