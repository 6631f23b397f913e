// SPDX-License-Identifier: Apache-2.0
package chat.client.session;

import chat.client.ClientEvent;
import chat.client.ClientListener;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries events to the listener, in order.
 *
 * <p><b>Bound.</b> What the network brings waits at the entrance while {@link #MOST} events are
 * here, so that a slow listener slows the socket down and nothing is lost. What the user does does
 * not wait: its thread may be the very one the listener waits for, and the outbox and the number of
 * transfers bound it.
 *
 * <p><b>Threads.</b> Any thread puts events in, {@link #run} is the listener's only thread.
 */
final class EventQueue implements Runnable {
  static final int MOST = 1_024;

  private static final Logger LOG = LoggerFactory.getLogger(EventQueue.class);
  private static final Runnable NOTHING = () -> {};

  private record Item(ClientEvent event, Runnable heard) {}

  private final ClientListener listener;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition filled = lock.newCondition();
  private final Condition emptied = lock.newCondition();
  private final Queue<Item> items = new ArrayDeque<>();
  private boolean closed;

  EventQueue(ClientListener listener) {
    this.listener = listener;
  }

  /** Adds an event that comes from the network; waits for room. */
  void put(ClientEvent event) {
    put(event, NOTHING);
  }

  /** The same, and something to do when the listener has heard it. */
  void put(ClientEvent event, Runnable heard) {
    lock.lock();
    try {
      while (items.size() >= MOST && !closed) {
        emptied.awaitUninterruptibly();
      }
      insert(new Item(event, heard));
    } finally {
      lock.unlock();
    }
  }

  /** Adds an event that a user's call caused; never waits. */
  void add(ClientEvent event) {
    lock.lock();
    try {
      insert(new Item(event, NOTHING));
    } finally {
      lock.unlock();
    }
  }

  private void insert(Item item) {
    if (!closed) {
      items.add(item);
      filled.signal();
    }
  }

  @Override
  public void run() {
    for (Item item = next(); item != null; item = next()) {
      try {
        listener.on(item.event());
      } catch (RuntimeException e) {
        LOG.error("The listener failed on {}", item.event().getClass().getSimpleName(), e);
      }
      item.heard().run();
    }
  }

  private @Nullable Item next() {
    lock.lock();
    try {
      while (items.isEmpty() && !closed) {
        filled.awaitUninterruptibly();
      }
      emptied.signal();
      return closed ? null : items.poll();
    } finally {
      lock.unlock();
    }
  }

  /** The listener hears nothing more. */
  void close() {
    lock.lock();
    try {
      closed = true;
      items.clear();
      filled.signalAll();
      emptied.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
