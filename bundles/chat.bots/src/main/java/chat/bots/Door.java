// SPDX-License-Identifier: Apache-2.0
package chat.bots;

import chat.connection.Listener;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Where bots connect to.
 *
 * @param fingerprint of the server's key; empty without TLS
 */
record Door(String host, int port, String fingerprint) {

  static Door of(Listener listener) {
    InetSocketAddress address = listener.address();
    InetAddress where = address.getAddress();
    return new Door(
        where == null || where.isAnyLocalAddress() ? "localhost" : where.getHostAddress(),
        address.getPort(),
        listener.fingerprint().orElse(""));
  }
}
