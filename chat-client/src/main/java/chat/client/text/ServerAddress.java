// SPDX-License-Identifier: Apache-2.0
package chat.client.text;

import chat.client.ClientConfig;
import java.util.Optional;

/** Where a server is, as people write it: {@code host}, {@code host:port} or {@code [v6]:port}. */
public record ServerAddress(String host, int port) {

  /** Reads an address; empty if it is none. */
  public static Optional<ServerAddress> parse(String text) {
    String trimmed = text.strip();
    int end = trimmed.startsWith("[") ? trimmed.indexOf(']') : -1;
    int colon = trimmed.indexOf(':', end + 1);
    boolean bareV6 = end < 0 && colon >= 0 && trimmed.indexOf(':', colon + 1) >= 0;
    if (bareV6 || colon < 0) {
      return of(trimmed, ClientConfig.DEFAULT_PORT);
    }
    String port = trimmed.substring(colon + 1);
    if (!port.matches("[0-9]{1,5}")) {
      return Optional.empty();
    }
    return of(trimmed.substring(0, colon), Integer.parseInt(port));
  }

  private static Optional<ServerAddress> of(String host, int port) {
    String bare =
        host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    boolean good = !bare.isEmpty() && !bare.matches(".*[\\s/@\\[\\]].*");
    return good && port > 0 && port < 65536
        ? Optional.of(new ServerAddress(bare, port))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
