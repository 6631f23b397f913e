// SPDX-License-Identifier: Apache-2.0
package chat.connection.netty;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bytes that wait for slow peers, over all connections of a listener. Each connection has its
 * own bound; many of them together could fill the heap all the same, so that those with most are
 * closed before that happens.
 *
 * <p><b>Threads.</b> May be used from any thread.
 */
final class PendingBytes {
  private static final Logger LOG = LoggerFactory.getLogger(PendingBytes.class);

  private final AtomicLong total = new AtomicLong();
  private final long limit;

  PendingBytes() {
    this(Runtime.getRuntime().maxMemory() / 8);
  }

  PendingBytes(long limit) {
    this.limit = limit;
  }

  /** So many more wait, or fewer. */
  void add(long bytes) {
    total.addAndGet(bytes);
  }

  /** Closes connections that take nothing, those with most first, until the rest is bearable. */
  void relieve(Collection<NettyConnection> connections) {
    long tooMany = total.get() - limit;
    if (tooMany <= 0) {
      return;
    }
    List<NettyConnection> stuck =
        connections.stream()
            .filter(connection -> !connection.writable())
            .sorted(Comparator.comparingLong(NettyConnection::pendingBytes).reversed())
            .toList();
    int closed = 0;
    for (NettyConnection connection : stuck) {
      if (tooMany <= 0) {
        break;
      }
      tooMany -= connection.pendingBytes();
      connection.abort();
      closed++;
    }
    LOG.warn("Memory was short: {} connections that take nothing are closed", closed);
  }
}
