// SPDX-License-Identifier: Apache-2.0
package chat.connection.netty;

import io.netty.util.concurrent.EventExecutor;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The connections of one event loop that have something to write. The loop is asked to come by once
 * for all of them, and writes for so many in a row as leave it time for others.
 *
 * <p><b>Threads.</b> May be used from any thread.
 */
final class FlushQueue {
  private static final int IN_A_ROW = 256;

  private final EventExecutor loop;
  private final Queue<NettyConnection> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean asked = new AtomicBoolean();

  private FlushQueue(EventExecutor loop) {
    this.loop = loop;
  }

  /** Those of all event loops. */
  static final class OfAll {
    private final Map<EventExecutor, FlushQueue> queues = new ConcurrentHashMap<>();

    FlushQueue of(EventExecutor loop) {
      return queues.computeIfAbsent(loop, FlushQueue::new);
    }
  }

  /** This one is flushed soon; the caller sees to it that it waits here once. */
  void add(NettyConnection connection) {
    waiting.add(connection);
    ask();
  }

  private void ask() {
    if (asked.compareAndSet(false, true)) {
      loop.execute(this::run);
    }
  }

  private void run() {
    asked.set(false);
    try {
      for (int i = 0; i < IN_A_ROW; i++) {
        NettyConnection next = waiting.poll();
        if (next == null) {
          return;
        }
        next.flush();
      }
    } finally {
      if (!waiting.isEmpty()) {
        ask();
      }
    }
  }
}
