// SPDX-License-Identifier: Apache-2.0
package chat.server.store;

import java.util.ArrayDeque;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that wait for the disk so that event loops and the journal don't have to: platform
 * threads, as many as the store reads with at a time.
 *
 * <p>Each session has a {@link Lane}: its tasks run one at a time in order, so that one client has
 * one outstanding read. A lane that is full, or a pool that is, says so.
 */
public final class Readers implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Readers.class);
  private static final int QUEUE = 10_000;

  private final ThreadPoolExecutor pool;

  public Readers(int threads) {
    pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            1,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(QUEUE),
            Thread.ofPlatform().name("chat-reader-", 1).daemon().factory());
  }

  /** A new lane that takes this many tasks. */
  public Lane lane(int capacity) {
    return lane(capacity, () -> true);
  }

  /**
   * A new lane that takes this many tasks.
   *
   * @param isOpen whether the next task may run now; a lane that was shut goes on by {@link
   *     Lane#resume}
   */
  public Lane lane(int capacity, BooleanSupplier isOpen) {
    return new Lane(capacity, isOpen);
  }

  /** How many lanes wait for a thread. */
  public int waiting() {
    return pool.getQueue().size();
  }

  @Override
  public void close() {
    pool.shutdownNow();
    try {
      pool.awaitTermination(2, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Tasks in order, one at a time. May be used from any thread. */
  public final class Lane {
    private final int capacity;
    private final BooleanSupplier isOpen;
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private boolean running;

    private Lane(int capacity, BooleanSupplier isOpen) {
      this.capacity = capacity;
      this.isOpen = isOpen;
    }

    /** Whether another task may be submitted. */
    public synchronized boolean hasRoom() {
      return waiting.size() < capacity;
    }

    /** Returns false if the task was not taken because too much is waiting already. */
    public synchronized boolean submit(Runnable task) {
      if (waiting.size() >= capacity) {
        return false;
      }
      waiting.add(task);
      if (!running && isOpen.getAsBoolean()) {
        running = enter();
        if (!running) {
          waiting.removeLast();
          return false;
        }
      }
      return true;
    }

    /** Goes on if the lane was shut and is open again. */
    public synchronized void resume() {
      if (!running && !waiting.isEmpty() && isOpen.getAsBoolean()) {
        running = enter();
      }
    }

    private boolean enter() {
      try {
        pool.execute(this::runNext);
        return true;
      } catch (RejectedExecutionException e) {
        return false;
      }
    }

    private void runNext() {
      for (Runnable task = poll(); task != null; task = poll()) {
        try {
          task.run();
        } catch (RuntimeException | LinkageError e) {
          LOG.error("A read failed", e);
        }
        // Back to the end of the pool's queue if there is one, so that every session gets its turn.
        if (!pool.getQueue().isEmpty() && enter()) {
          return;
        }
      }
    }

    private synchronized @Nullable Runnable poll() {
      Runnable next = isOpen.getAsBoolean() ? waiting.poll() : null;
      running = next != null;
      return next;
    }
  }
}
