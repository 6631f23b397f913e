// SPDX-License-Identifier: Apache-2.0
package chat.server.store;

import chat.server.base.FairQueue;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that wait for the disk so that event loops and the journal don't have to: platform
 * threads, as many as the store reads with at a time.
 *
 * <p>Each session has a {@link Lane}: its tasks run one at a time in order, so that one client has
 * one outstanding read. A lane that is full says so. Lanes that wait for a thread get it in turns,
 * one of each owner, so that somebody with hundreds of connections delays others by one read and
 * not by hundreds; no more of them wait than there are sessions.
 */
public final class Readers implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Readers.class);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final FairQueue<Object> queue = new FairQueue<>(Integer.MAX_VALUE, Integer.MAX_VALUE);
  private final List<Thread> threads = new ArrayList<>();

  public Readers(int count) {
    for (int i = 1; i <= count; i++) {
      threads.add(Thread.ofPlatform().name("chat-reader-" + i).daemon().start(this::work));
    }
  }

  private void work() {
    try {
      while (true) {
        run(queue.take());
      }
    } catch (InterruptedException e) {
      LOG.debug("Nothing more is read");
    }
  }

  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      LOG.error("A read failed", e);
    }
  }

  /** A new lane that takes this many tasks. */
  public Lane lane(int capacity) {
    return lane(capacity, () -> true, Object::new);
  }

  /**
   * A new lane that takes this many tasks.
   *
   * @param isOpen whether the next task may run now; a lane that was shut goes on by {@link
   *     Lane#resume}
   * @param owner whose turn it takes
   */
  public Lane lane(int capacity, BooleanSupplier isOpen, Supplier<Object> owner) {
    return new Lane(capacity, isOpen, owner);
  }

  /** How many lanes wait for a thread. */
  public int waiting() {
    return queue.size();
  }

  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
    try {
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      for (Thread thread : threads) {
        thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Tasks in order, one at a time. May be used from any thread. */
  public final class Lane {
    private final int capacity;
    private final BooleanSupplier isOpen;
    private final Supplier<Object> owner;
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private boolean running;

    private Lane(int capacity, BooleanSupplier isOpen, Supplier<Object> owner) {
      this.capacity = capacity;
      this.isOpen = isOpen;
      this.owner = owner;
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
      enterIfOpen();
      return true;
    }

    /** Goes on if the lane was shut and is open again. */
    public synchronized void resume() {
      if (!waiting.isEmpty()) {
        enterIfOpen();
      }
    }

    private void enterIfOpen() {
      if (!running && isOpen.getAsBoolean()) {
        running = true;
        enter();
      }
    }

    private void enter() {
      queue.add(owner.get(), new FairQueue.Task(this::runNext, () -> false, () -> {}));
    }

    private void runNext() {
      for (Runnable task = poll(); task != null; task = poll()) {
        run(task);
        // Behind the others if there are any, so that everybody gets a turn.
        if (queue.size() > 0) {
          enter();
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
