// SPDX-License-Identifier: Apache-2.0
package chat.admin.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * What the script {@code chatroom} does itself: described for help, completion and the manual, and
 * never carried out from here.
 */
final class ProgramCommands {
  private ProgramCommands() {}

  @Command(
      name = "run",
      description = {
        "Start the server if none runs here, and open the client on it.",
        "%nThe server's key is trusted already. The server goes on when the window is closed:"
            + " chatroom stop ends it. Options for the window are those of chatroom client."
      })
  static void run() {}

  @Command(name = "build", description = "Build what is missing; in a source tree.")
  static void build() {}

  @Command(
      name = "test",
      description = {
        "Install what the tests need, build everything, run all tests; in a source tree.",
        "%nThe packages are installed on Debian as root, else they are named. Tests with real"
            + " windows run under Xvfb."
      })
  static void test(
      @Option(
              names = "--quick",
              description =
                  "First of all options: only what takes less than five minutes, the dialogues"
                      + " with a swap included.")
          boolean quick,
      @Parameters(paramLabel = "OPTION", arity = "0..*", description = "For Maven.")
          String @Nullable [] options) {}

  @Command(
      name = "dist",
      description = {
        "Make the archives for other machines; in a source tree.",
        "%nThey are chatroom-VERSION.tar.gz and .zip in runtime/target: unpack one on any machine"
            + " with a JDK 25 and start bin/chatroom. Beside them: the bill of materials"
            + " (CycloneDX) and SHA256SUMS. On Debian also the packages chatroom-server and"
            + " chatroom-client, which bring their own Java."
      })
  static void dist() {}

  @Command(
      name = "archive",
      description = {
        "Make starts faster: keep the classes of the program as the JVM wants them.",
        "%nA server of its own is started once for it, on data that is thrown away. The archives"
            + " (*.jsa, CDS) stand in the program folder and fit its JDK and its jars; without"
            + " them everything works. A build makes them, too."
      })
  static void archive() {}
}
