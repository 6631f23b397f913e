// SPDX-License-Identifier: Apache-2.0
package chat.prove.server;

import chat.admin.client.AdminAnswer;
import chat.admin.client.AdminClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/** A server on this machine, known by its data folder. */
public sealed interface Server permits ServerProcess, RunningServer {

  Path data();

  /** Where clients connect. */
  InetSocketAddress address();

  /** How clients come to it. */
  default Guest guest() {
    return Guest.ANYBODY;
  }

  /** Asks it what operators ask. */
  default AdminClient admin() {
    return AdminClient.on(data());
  }

  /** Gives it a command of the operator's. */
  default AdminAnswer ask(String... line) throws IOException {
    return admin().ask(line);
  }

  /** The words about the first listener: listener, its name, address, fingerprint. */
  static String[] listener(Path data) throws IOException {
    return Files.readAllLines(data.resolve("run/server.info")).getFirst().split(" ", -1);
  }

  /** The address of the first listener, for a client on this machine. */
  static InetSocketAddress address(Path data) throws IOException {
    String address = listener(data)[2];
    int colon = address.lastIndexOf(':');
    String host = address.substring(0, colon).replaceAll("[\\[\\]]", "");
    boolean anywhere = host.equals("0.0.0.0") || host.equals("0:0:0:0:0:0:0:0");
    return new InetSocketAddress(
        anywhere ? "127.0.0.1" : host, Integer.parseInt(address.substring(colon + 1)));
  }
}
