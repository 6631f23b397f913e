// SPDX-License-Identifier: Apache-2.0
package chat.prove.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/** A server that somebody else has started. */
public record RunningServer(Path data, InetSocketAddress address) implements Server {

  /** The server that runs on a data folder. */
  public static RunningServer on(Path data) throws IOException {
    Path folder = data.toAbsolutePath().normalize();
    if (Files.notExists(folder.resolve("run/server.info"))
        || Files.notExists(folder.resolve("run/admin.sock"))) {
      throw new IOException("no server runs on " + folder);
    }
    try {
      RunningServer server = new RunningServer(folder, Server.address(folder));
      server.admin().health();
      return server;
    } catch (IOException e) {
      throw new IOException("the server on " + folder + " does not answer: " + e.getMessage(), e);
    }
  }
}
