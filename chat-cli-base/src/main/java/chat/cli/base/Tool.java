// SPDX-License-Identifier: Apache-2.0
package chat.cli.base;

import java.io.IOException;
import java.io.PrintStream;

/** What is made from the commands themselves. */
interface Tool {
  void run(CommandTree tree, PrintStream out) throws IOException;
}
