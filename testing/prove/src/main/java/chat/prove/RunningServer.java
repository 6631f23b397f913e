// SPDX-License-Identifier: Apache-2.0
package chat.prove;

import chat.cli.base.CliException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/** A server that somebody else has started. */
record RunningServer(Path data, InetSocketAddress address) implements Server {

  /** The server that runs on a data folder. */
  static RunningServer on(Path data) throws CliException {
    Path folder = data.toAbsolutePath().normalize();
    if (Files.notExists(folder.resolve("run/server.info"))
        || Files.notExists(folder.resolve("run/admin.sock"))) {
      throw new CliException(Exit.UNREACHABLE, "no server runs on " + folder);
    }
    try {
      RunningServer server = new RunningServer(folder, Server.address(folder));
      server.admin().health();
      return server;
    } catch (IOException e) {
      throw new CliException(
          Exit.UNREACHABLE, "the server on " + folder + " does not answer: " + e.getMessage());
    }
  }
}
