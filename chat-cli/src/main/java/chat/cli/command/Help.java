// SPDX-License-Identifier: Apache-2.0
package chat.cli.command;

/** What the help of several commands says. */
final class Help {
  static final String ROOM =
      "ROOM is the name of a room that this account is a member of, its number (#12), or a person"
          + " (@bob): the direct messages with them; that room is created if there is none yet. A"
          + " room whose name begins with @ or # is named by its number."
          + " Put what has spaces into quotes.";
  static final String JSON = "Print one JSON object a line.";

  private Help() {}
}
