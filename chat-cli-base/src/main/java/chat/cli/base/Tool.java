// SPDX-License-Identifier: Apache-2.0
package chat.cli.base;

import java.io.IOException;
import java.io.PrintStream;
import picocli.CommandLine;

/** What is made from the commands themselves. */
interface Tool {
  /**
   * Makes it.
   *
   * @param all the program and its commands
   */
  void run(CommandLine all, PrintStream out) throws IOException;
}
