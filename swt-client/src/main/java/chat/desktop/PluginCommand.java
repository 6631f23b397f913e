// SPDX-License-Identifier: Apache-2.0
package chat.desktop;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code chatroom plugin}: what a line asks for, and its help. */
@Command(
    name = PluginCommand.NAME,
    description = {
      "Plug-ins of the desktop client.",
      "%nA client that is running takes a change up at its next start; its own list of plug-ins, in"
          + " the menu Chat, takes it up at once."
    },
    exitCodeList = {
      "0:done",
      "1:not done: it is no plug-in, it is not installed, or it can't be read or written",
      "2:wrong usage, or nobody to be asked"
    })
final class PluginCommand {
  static final String NAME = "plugin";

  /** What is to be done. */
  sealed interface Order {
    /** Show what is installed. */
    record ListAll(boolean json) implements Order {}

    /** Install or update. */
    record Install(String source, boolean yes) implements Order {}

    /** Remove. */
    record Remove(String id) implements Order {}
  }

  @Command(description = "List the plug-ins that are installed.")
  Order list(
      @Option(names = "--json", description = "Write one JSON object on a line for each.")
          boolean json) {
    return new Order.ListAll(json);
  }

  @Command(
      description = {
        "Install a plug-in, or another version of one that is installed.",
        "%nIt says what the plug-in claims to do and asks. A plug-in is a program that runs as you,"
            + " and nothing keeps it to its word."
      })
  Order install(
      @Parameters(paramLabel = "FILE|URL", description = "A jar, or where to fetch it (https).")
          String source,
      @Option(names = "--yes", description = "Do it without asking.") boolean yes) {
    return new Order.Install(source, yes);
  }

  @Command(description = "Remove a plug-in and what it remembers.")
  Order remove(@Parameters(paramLabel = "ID", description = "As plugin list shows it.") String id) {
    return new Order.Remove(id);
  }
}
