// SPDX-License-Identifier: Apache-2.0
package chat.cli.command;

import chat.cli.command.CliCommand.Input;
import chat.cli.command.CliCommand.Text;
import chat.cli.command.CliCommand.Written;
import picocli.CommandLine.Model.CommandSpec;

/** A text as it is given on a command line. */
final class TextArgument {
  private static final String STANDARD_INPUT = "-";

  private TextArgument() {}

  /** A dash stands for standard input, unless it follows {@code --}. */
  static Written of(String text, CommandSpec command) {
    boolean literal = command.commandLine().getParseResult().originalArgs().contains("--");
    return text.equals(STANDARD_INPUT) && !literal ? new Input(false) : new Text(text);
  }
}
