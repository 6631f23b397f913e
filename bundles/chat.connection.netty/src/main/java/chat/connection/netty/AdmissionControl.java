// SPDX-License-Identifier: Apache-2.0
package chat.connection.netty;

import io.netty.channel.Channel;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides which new sockets of one listener get in, so that nobody can shut it for others.
 *
 * <ul>
 *   <li>An address may connect only so often in ten seconds.
 *   <li>Sockets in the middle of a TLS handshake are counted, in all and for each address. When
 *       there are too many in all, the oldest goes.
 *   <li>When the listener is full, or an address has as many connections as it may, one of those
 *       that nobody has logged in on makes room: of the address with most of them the one that has
 *       been silent longest. Only if there is none, the new one is closed.
 * </ul>
 *
 * <p>An address is an IPv4 address or an IPv6 /64, which is what one customer of a provider gets.
 *
 * <p><b>Threads.</b> May be used from any thread; the lock is held for moments.
 */
final class AdmissionControl {
  /** The handler puts this into {@link NettyConnection#attributes} once somebody has logged in. */
  static final String LOGGED_IN = "chat.logged-in";

  static final int HALF_OPEN = 2_000;
  static final int HALF_OPEN_PER_ADDRESS = 128;

  private static final Logger LOG = LoggerFactory.getLogger(AdmissionControl.class);
  private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Set<NettyConnection> connections = new HashSet<>();
  private final Map<Object, Integer> byAddress = new HashMap<>();
  private final Map<Channel, Object> halfOpen = new LinkedHashMap<>();
  private final Map<Object, Integer> halfOpenByAddress = new HashMap<>();
  private final Map<Object, Integer> accepted = new HashMap<>();
  private long windowBegan = System.nanoTime();
  private long refused;
  private long refusedInAll;

  /** Whether a socket that was just accepted stays; one that does not is to be closed. */
  synchronized boolean admit(Channel channel, Port port) {
    Object address = address(channel);
    boolean admitted =
        accepted.merge(address, 1, Integer::sum) <= port.limits().acceptsPerAddress()
            && halfOpenByAddress.getOrDefault(address, 0) < HALF_OPEN_PER_ADDRESS
            && hasRoom(address, port);
    if (!admitted) {
      refused++;
      LOG.debug("{} refused from {}", port.name(), address);
    }
    return admitted;
  }

  private boolean hasRoom(Object address, Port port) {
    if (byAddress.getOrDefault(address, 0) >= port.limits().connectionsPerAddress()) {
      return evict(strangers().filter(stranger -> address(stranger).equals(address)).toList());
    }
    return connections.size() < port.limits().connections() || evict(strangers().toList());
  }

  private Stream<NettyConnection> strangers() {
    return connections.stream()
        .filter(connection -> !connection.attributes().containsKey(LOGGED_IN));
  }

  private boolean evict(List<NettyConnection> strangers) {
    Map<Object, Integer> neighbours = new HashMap<>();
    strangers.forEach(stranger -> neighbours.merge(address(stranger), 1, Integer::sum));
    long now = System.nanoTime();
    Optional<NettyConnection> chosen =
        strangers.stream()
            .max(
                Comparator.<NettyConnection>comparingInt(
                        stranger -> neighbours.getOrDefault(address(stranger), 0))
                    .thenComparingLong(stranger -> stranger.silentNanos(now)));
    chosen.ifPresent(stranger -> {
      LOG.debug("{} makes room", stranger);
      left(stranger);
      stranger.abort();
    });
    return chosen.isPresent();
  }

  /** A connection is there from now on. */
  synchronized void entered(NettyConnection connection) {
    if (connections.add(connection)) {
      byAddress.merge(address(connection), 1, Integer::sum);
    }
  }

  /** A connection has gone. */
  synchronized void left(NettyConnection connection) {
    if (connections.remove(connection)) {
      decrement(byAddress, address(connection));
    }
  }

  private static void decrement(Map<Object, Integer> counts, Object key) {
    counts.computeIfPresent(key, (same, count) -> count == 1 ? null : count - 1);
  }

  /** A handshake begins on a socket that was admitted. */
  synchronized void handshakeBegins(Channel channel) {
    if (halfOpen.size() >= HALF_OPEN) {
      Channel oldest = halfOpen.keySet().iterator().next();
      handshakeEnded(oldest);
      oldest.close();
    }
    Object address = address(channel);
    halfOpen.put(channel, address);
    halfOpenByAddress.merge(address, 1, Integer::sum);
  }

  /** The handshake succeeded, failed or was given up. */
  synchronized void handshakeEnded(Channel channel) {
    Object address = halfOpen.remove(channel);
    if (address != null) {
      decrement(halfOpenByAddress, address);
    }
  }

  /**
   * Begins to count anew when the time has come, which is told; logs what was refused meanwhile.
   */
  synchronized boolean tick(long now) {
    if (now - windowBegan < WINDOW_NANOS) {
      return false;
    }
    windowBegan = now;
    accepted.clear();
    if (refused > 0) {
      LOG.warn(
          "{} connections were refused within ten seconds: too many from one address, or in all",
          refused);
      refusedInAll += refused;
      refused = 0;
    }
    return true;
  }

  /** How many connections were refused so far, the last seconds not counted. */
  synchronized long refused() {
    return refusedInAll;
  }

  private static Object address(NettyConnection connection) {
    return address(connection.peer());
  }

  private static Object address(Channel channel) {
    return address(channel.remoteAddress());
  }

  /** By what connections from one place are known to be that. */
  static Object address(@Nullable SocketAddress peer) {
    InetAddress address =
        peer instanceof InetSocketAddress inet
            ? inet.getAddress()
            : InetAddress.getLoopbackAddress();
    return address instanceof Inet6Address
        ? ByteBuffer.wrap(address.getAddress(), 0, 8).getLong()
        : address;
  }
}
