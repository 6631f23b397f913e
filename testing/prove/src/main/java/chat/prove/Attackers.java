// SPDX-License-Identifier: Apache-2.0
package chat.prove;

import chat.prove.report.AttackResult;
import chat.prove.server.ServerProcess;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.ServiceLoader;

/** Those who attack a server while others chat; a service, since they stand on this package. */
public interface Attackers {

  /** Whoever the program brings along. */
  static Attackers ofProgram() {
    return ServiceLoader.load(Attackers.class).findFirst().orElseThrow();
  }

  /** What must hold for others while a server is attacked. */
  enum Rule {
    /** Answers come in time, right log-ins get in, the heap comes back. */
    TIMES,
    /** The same without the times, which are nothing for a machine with other work. */
    OUTCOMES,
    /** The server is killed and swapped as well, so that connections may break. */
    DISTURBED
  }

  /**
   * One round of attacks.
   *
   * @param attacks their names
   * @param each how long each of them goes on
   * @param rule what the others are held to
   * @param out where progress is told
   */
  record Round(List<String> attacks, Duration each, Rule rule, PrintStream out) {}

  /** The names of all attacks. */
  List<String> names();

  /**
   * Fills a server that has not started yet, and leaves it stopped and with its usual limits.
   *
   * @param attacks their names
   * @throws IOException if it does not start
   */
  void prepare(ServerProcess server, List<String> attacks) throws IOException, InterruptedException;

  /** Attacks a server that was prepared and started, beside normal people. */
  List<AttackResult> run(ServerProcess server, Round round)
      throws IOException, InterruptedException;
}
