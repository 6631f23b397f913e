// SPDX-License-Identifier: Apache-2.0
package chat.admin.command;

/** A command line makes no sense; the message is the operator's answer. */
public final class CommandException extends Exception {
  private static final long serialVersionUID = 1;

  /** What is wrong, for programs. */
  enum Mistake {
    UNKNOWN_COMMAND("unknown-command"),
    USAGE("usage");

    private final String code;

    Mistake(String code) {
      this.code = code;
    }
  }

  private final Mistake mistake;

  CommandException(Mistake mistake, String message) {
    super(message);
    this.mistake = mistake;
  }

  static CommandException usage(String message) {
    return new CommandException(Mistake.USAGE, message);
  }

  String code() {
    return mistake.code;
  }
}
