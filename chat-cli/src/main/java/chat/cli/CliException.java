// SPDX-License-Identifier: Apache-2.0
package chat.cli;

/** The end of the program, and why. */
final class CliException extends Exception {
  private static final long serialVersionUID = 1;
  private final Exit exit;

  CliException(Exit exit, String message) {
    super(message);
    this.exit = exit;
  }

  Exit exit() {
    return exit;
  }
}
