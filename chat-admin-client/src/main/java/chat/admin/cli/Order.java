// SPDX-License-Identifier: Apache-2.0
package chat.admin.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What is to be said to a server.
 *
 * @param follow whether it only begins a copy, which is shown until it ends
 * @param question what is asked before; empty if nothing is
 * @param alone whether it also goes where no server runs
 */
record Order(
    ServerOptions server, List<String> words, boolean follow, String question, boolean alone) {

  static Order of(ServerOptions server, String... words) {
    return new Order(server, List.of(words), false, "", false);
  }

  /** The same with an option, if it is given. */
  Order with(boolean given, String... option) {
    if (!given) {
      return this;
    }
    List<String> more = new ArrayList<>(words);
    more.addAll(1, List.of(option));
    return new Order(server, more, follow, question, alone);
  }

  Order following(boolean follows) {
    return new Order(server, words, follows, question, alone);
  }

  /** The same, after a question unless it was answered on the line. */
  Order asking(boolean yes, String what) {
    return new Order(server, words, follow, yes ? "" : what, alone);
  }

  /** The same, also where no server runs: one is started for it that nobody can connect to. */
  Order alsoAlone() {
    return new Order(server, words, follow, question, true);
  }

  /** The server has another working folder. */
  static String absolute(Path path) {
    return path.toAbsolutePath().normalize().toString();
  }
}
