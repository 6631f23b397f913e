// SPDX-License-Identifier: Apache-2.0
package chat.admin.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What is to be said to a server.
 *
 * @param follow whether it only begins a copy, which is shown until it ends
 */
record Order(ServerOptions server, List<String> words, boolean follow) {

  static Order of(ServerOptions server, String... words) {
    return new Order(server, List.of(words), false);
  }

  /** The same with an option, if it is given. */
  Order with(boolean given, String... option) {
    if (!given) {
      return this;
    }
    List<String> more = new ArrayList<>(words);
    more.addAll(1, List.of(option));
    return new Order(server, more, follow);
  }

  Order following(boolean follows) {
    return new Order(server, words, follows);
  }

  /** The server has another working folder. */
  static String absolute(Path path) {
    return path.toAbsolutePath().normalize().toString();
  }
}
