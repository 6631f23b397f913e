// SPDX-License-Identifier: Apache-2.0
package chat.cli.base;

/** The end of the program, and why. */
public final class CliException extends Exception {
  private static final long serialVersionUID = 1;
  private final transient ExitStatus exit;

  public CliException(ExitStatus exit, String message) {
    super(message);
    this.exit = exit;
  }

  /** The command line makes no sense. */
  public static CliException usage(String message) {
    return new CliException(() -> ExitStatus.USAGE, message);
  }

  public ExitStatus exit() {
    return exit;
  }
}
