// SPDX-License-Identifier: Apache-2.0
package chat.connection.netty;

import chat.connection.Listener;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An open server socket as it is configured now.
 *
 * @param key null without TLS
 */
record Port(
    String name,
    InetSocketAddress address,
    List<String> formats,
    @Nullable ServerKey key,
    Limits limits,
    Pacing pacing)
    implements Listener {

  /** More than the largest frame that a server takes, so that a whole one always fits. */
  private static final int MAX_BUFFER = 256 << 10;

  /**
   * How many may come.
   *
   * @param connections at a time, in all
   * @param connectionsPerAddress at a time from one address
   * @param acceptsPerAddress new ones from one address in ten seconds
   */
  record Limits(int connections, int connectionsPerAddress, int acceptsPerAddress) {}

  /** The same with the port number that the system chose. */
  Port bound(InetSocketAddress real) {
    InetSocketAddress bound = new InetSocketAddress(address.getHostString(), real.getPort());
    return new Port(name, bound, formats, key, limits, pacing);
  }

  /** What is wrong with it, for the operator; empty if nothing is. */
  Optional<String> warning() {
    return key == null && !address.getAddress().isLoopbackAddress()
        ? Optional.of(
            "no TLS on "
                + address.getHostString()
                + ": whoever is on the way reads passwords and texts, and can change them")
        : Optional.empty();
  }

  @Override
  public Optional<String> fingerprint() {
    return Optional.ofNullable(key).map(ServerKey::fingerprint);
  }

  @Override
  public int maxBuffer() {
    return MAX_BUFFER;
  }
}
