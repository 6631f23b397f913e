// SPDX-License-Identifier: Apache-2.0
package chat.connection.netty;

import chat.connection.netty.NettyConnection.Kept;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where open sockets wait between two builds of this bundle: a map that the launcher keeps, filled
 * with types of the JDK and of Netty only, so that the old build can go. Whoever does not come for
 * them in time finds them closed; the clients then connect again.
 *
 * <p>If Netty itself was exchanged meanwhile, its classes are others, nobody can go on with the old
 * ones, and they are closed as soon as that is seen.
 */
record Parking(ConcurrentMap<String, Object> shelf) {
  private static final Logger LOG = LoggerFactory.getLogger(Parking.class);

  /** Leaves the sockets of a listener here for this long. */
  void put(String listener, Sockets.Left left, Duration within) {
    List<Object> connections = new ArrayList<>();
    for (Kept kept : left.connections()) {
      connections.add(
          List.of(
              kept.id(),
              kept.channel(),
              kept.attributes(),
              kept.unread(),
              kept.frames(),
              kept.idleFrame()));
    }
    Runnable close =
        () -> {
          left.server().close();
          left.connections().forEach(kept -> kept.channel().close());
          left.loops().shutdownGracefully(0, 1, TimeUnit.SECONDS);
          left.handshakes().shutdown();
        };
    Future<?> late =
        left.loops()
            .next()
            .schedule(
                () -> {
                  shelf.remove(listener);
                  close.run();
                },
                within.toMillis(),
                TimeUnit.MILLISECONDS);
    shelf.put(
        listener,
        Map.of(
            "loops",
            left.loops(),
            "handshakes",
            left.handshakes(),
            "server",
            left.server(),
            "lastId",
            left.lastId(),
            "connections",
            connections,
            "late",
            late,
            "close",
            close));
  }

  /** The sockets of a listener, if they are here and usable. */
  Optional<Sockets.Left> take(String listener) {
    if (!(shelf.remove(listener) instanceof Map<?, ?> parked)) {
      return Optional.empty();
    }
    if (parked.get("late") instanceof Future<?> late) {
      late.cancel(false);
    }
    if (parked.get("loops") instanceof EventLoopGroup loops
        && parked.get("server") instanceof Channel server
        && parked.get("lastId") instanceof Long lastId
        && parked.get("connections") instanceof List<?> connections) {
      ThreadPoolExecutor handshakes =
          parked.get("handshakes") instanceof ThreadPoolExecutor threads
              ? threads
              : Sockets.handshakeThreads(); // builds up to 0.1 had none
      return Optional.of(
          new Sockets.Left(
              loops, handshakes, server, lastId, connections.stream().map(Parking::kept).toList()));
    }
    LOG.warn("The sockets of {} are of another Netty and are closed", listener);
    if (parked.get("close") instanceof Runnable close) {
      close.run();
    }
    return Optional.empty();
  }

  @SuppressWarnings("unchecked")
  private static Kept kept(Object parked) {
    List<Object> fields = (List<Object>) parked;
    return new Kept(
        (Long) fields.get(0),
        (Channel) fields.get(1),
        (Map<String, Object>) fields.get(2),
        (byte[]) fields.get(3),
        (List<byte[]>) fields.get(4),
        (byte[]) fields.get(5));
  }
}
