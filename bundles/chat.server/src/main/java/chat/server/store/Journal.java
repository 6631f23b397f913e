// SPDX-License-Identifier: Apache-2.0
package chat.server.store;

import chat.storage.Change;
import chat.storage.Change.NewEntry;
import chat.storage.Outcome;
import chat.storage.StorageException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one way into the store: changes in the order in which they were submitted, many in one
 * durable transaction, one answer for each.
 *
 * <p><b>Bounds.</b> {@link #hasRoom} turns false at {@link #MAX_CHANGES} or {@link #MAX_BYTES}; who
 * submits looks there first and stops reading while there is none. What is submitted all the same
 * is taken: no more than a command for each event loop can slip through.
 *
 * <p><b>Trouble.</b> Without a store, or while it is unavailable, the batch waits and is offered
 * again, for as long as it takes. If a batch fails for another reason it is offered once more, then
 * change by change; a change that alone fails twice while a probe succeeds is dropped, logged with
 * its id, and answered as failed, so that it does not block those behind it.
 *
 * <p><b>Threads.</b> One thread commits and completes. Completions run on it and must not block.
 */
public final class Journal {
  static final int MAX_CHANGES = 10_000;
  static final long MAX_BYTES = 64L << 20;
  private static final int BATCH_CHANGES = 1_000;
  private static final long BATCH_BYTES = 4L << 20;

  /** How long a batch waits for more, and with how many it does no more. */
  private static final long GATHER_NANOS = 1_000_000;

  private static final int GATHERED = 256;
  private static final Duration FOREVER = Duration.ofDays(365);
  private static final long[] BACK_OFF_MILLIS = {20, 50, 100, 250, 500, 1_000, 2_000};

  private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

  /** Hears what became of a change, on the journal's thread. */
  public interface Completion {
    void decided(Outcome outcome);

    /** The change was dropped because the store can't take it. */
    void dropped();

    /**
     * The journal ended before it was decided: it may be on disk only if it was being offered to
     * the store just then. On the thread that ends the journal, or on that which submits.
     */
    void undecided();
  }

  /** Hears of each entry that is on disk since just now, on the journal's thread. */
  @FunctionalInterface
  public interface Committed {
    void committed(NewEntry entry, long number, long time);
  }

  /** For changes that nobody waits for. */
  public static final Completion IGNORED =
      new Completion() {
        @Override
        public void decided(Outcome outcome) {}

        @Override
        public void dropped() {}

        @Override
        public void undecided() {}
      };

  /** A commit that takes longer than the slowest disk. */
  private static final long HANGING_NANOS = 1_000_000_000;

  /** Figures for the operator. */
  public record Figures(
      int waiting, long waitingBytes, long committed, long batches, long stalledMillis) {}

  private final ActiveStore store;
  private final Committed committedEntries;
  private final Runnable afterBatch;
  private final Runnable onCapacity;
  private final Change probe;
  private final Thread thread;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final Condition emptied = lock.newCondition();
  private final ArrayDeque<Submission> queue = new ArrayDeque<>();
  private long bytes;
  private boolean settling;

  /** The next batch waits for more. */
  private boolean gathering;

  /** Several changes came in one batch just now. */
  private boolean crowded;

  private boolean full;
  private boolean stopped;

  private volatile long stalledSince;
  private volatile long committingSince;
  private volatile long committed;
  private volatile long batches;

  /**
   * @param probe a change that a working store always takes
   * @param committedEntries hears of entries before their completions do
   * @param afterBatch runs after completions: of each commit, and of a change that was dropped
   * @param roomAgain runs when there is room after there had been none
   */
  public Journal(
      ActiveStore store,
      Change probe,
      Committed committedEntries,
      Runnable afterBatch,
      Runnable roomAgain) {
    this.store = store;
    this.probe = probe;
    this.committedEntries = committedEntries;
    this.afterBatch = afterBatch;
    this.onCapacity = roomAgain;
    this.thread = Thread.ofPlatform().name("chat-journal").daemon().unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  /** Whether the caller is the thread that commits and completes. */
  public boolean isOwnThread() {
    return Thread.currentThread() == thread;
  }

  /** Whether another change may be submitted. */
  public boolean hasRoom() {
    lock.lock();
    try {
      return !full;
    } finally {
      lock.unlock();
    }
  }

  /** How long nothing could be committed although something waits; zero if all is well. */
  Duration stalled() {
    long since = stalledSince;
    long asked = since == 0 ? committingSince : since;
    long waited = asked == 0 ? 0 : System.nanoTime() - asked;
    // A commit takes its time; a store that does not come back from one hangs.
    return since == 0 && waited < HANGING_NANOS ? Duration.ZERO : Duration.ofNanos(waited);
  }

  public Figures figures() {
    lock.lock();
    try {
      return new Figures(queue.size(), bytes, committed, batches, stalled().toMillis());
    } finally {
      lock.unlock();
    }
  }

  public void submit(Change change, Completion completion) {
    Submission submission = new Submission(change, change.weight(), completion);
    if (!queued(submission)) {
      submission.undecided();
    }
  }

  private boolean queued(Submission submission) {
    lock.lock();
    try {
      if (!stopped) {
        queue.add(submission);
        bytes += submission.weight();
        full |= queue.size() >= MAX_CHANGES || bytes >= MAX_BYTES;
        if (!gathering || queue.size() >= GATHERED) {
          arrived.signal();
        }
      }
      return !stopped;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes nothing more and ends when all is settled, or after this time: then who waits for what is
   * left is told that it is undecided.
   */
  public void drain(Duration within) {
    List<Submission> left = stop(within);
    thread.interrupt();
    try {
      thread.join(1_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    left.forEach(Submission::undecided);
  }

  private List<Submission> stop(Duration within) {
    List<Submission> undecided = new ArrayList<>();
    lock.lock();
    try {
      stopped = true;
      arrived.signal();
      long left = within.toNanos();
      while ((settling || !queue.isEmpty()) && left > 0) {
        left = emptied.awaitNanos(left);
      }
      if (settling || !queue.isEmpty()) {
        LOG.warn("Leaving with {} changes undecided; their clients will repeat them", queue.size());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      undecided.addAll(queue);
      queue.clear();
      lock.unlock();
    }
    return undecided;
  }

  private void run() {
    List<Submission> batch = List.of();
    try {
      for (batch = take(); !batch.isEmpty(); batch = take()) {
        settle(batch);
        stalledSince = 0;
        batches++;
        done();
      }
    } catch (InterruptedException e) {
      LOG.debug("The journal was told to end");
      batch.forEach(Submission::undecided);
    }
  }

  /** Waits for changes; nothing comes once the journal is stopped and empty. */
  private List<Submission> take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (queue.isEmpty()) {
        if (stopped) {
          return List.of();
        }
        arrived.await();
      }
      if (crowded) {
        gather();
      }
      List<Submission> batch = new ArrayList<>();
      long weight = 0;
      while (!queue.isEmpty() && batch.size() < BATCH_CHANGES && weight < BATCH_BYTES) {
        Submission next = queue.remove();
        weight += next.weight();
        batch.add(next);
      }
      bytes -= weight;
      settling = true;
      crowded = batch.size() > 1;
      return batch;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits a moment for more to commit together: a durable commit costs far more than what is in it.
   * Only while several come at a time, so that who writes alone is answered at once.
   */
  private void gather() throws InterruptedException {
    gathering = true;
    long left = GATHER_NANOS;
    while (left > 0 && !stopped && queue.size() < GATHERED) {
      left = arrived.awaitNanos(left);
    }
    gathering = false;
  }

  private void done() {
    boolean again;
    lock.lock();
    try {
      settling = false;
      again = full && queue.size() < MAX_CHANGES / 2 && bytes < MAX_BYTES / 2;
      if (again) {
        full = false;
      }
      if (queue.isEmpty()) {
        emptied.signalAll();
      }
    } finally {
      lock.unlock();
    }
    if (again) {
      Submission.guarded(onCapacity);
    }
  }

  private void settle(List<Submission> batch) throws InterruptedException {
    for (int failures = 0; failures < 2; ) {
      switch (commit(batch)) {
        case COMMITTED -> {
          return;
        }
        case FAILED -> failures++;
      }
    }
    if (batch.size() == 1) {
      settleFailing(batch.getFirst());
    } else {
      for (Submission each : batch) {
        settle(List.of(each));
      }
    }
  }

  /** A change failed twice: it is dropped if the store takes something else. */
  private void settleFailing(Submission failing) throws InterruptedException {
    Submission sound = new Submission(probe, 0, IGNORED);
    if (commit(List.of(sound)) == Result.COMMITTED) {
      LOG.error("Change {} was dropped: the store can't take it", id(failing.change()));
      failing.dropped();
      Submission.guarded(afterBatch);
    } else {
      settle(List.of(failing));
    }
  }

  private enum Result {
    COMMITTED,
    FAILED
  }

  /** Offers a batch until the store decides on it or fails for its own reasons. */
  private Result commit(List<Submission> batch) throws InterruptedException {
    List<Change> changes = batch.stream().map(Submission::change).toList();
    for (int attempt = 0; ; attempt++) {
      try {
        committingSince = System.nanoTime();
        List<Outcome> outcomes = store.commit(FOREVER, changes);
        committingSince = 0;
        complete(batch, outcomes);
        return Result.COMMITTED;
      } catch (StorageException.Unavailable | StorageException.Fenced e) {
        stall(attempt, e);
      } catch (StorageException | RuntimeException e) {
        LOG.error("A batch of {} changes failed", batch.size(), e);
        stall(attempt, e);
        return Result.FAILED;
      }
    }
  }

  private void stall(int attempt, Exception why) throws InterruptedException {
    long asked = committingSince;
    committingSince = 0;
    if (stalledSince == 0) {
      stalledSince = asked;
      LOG.warn("The journal waits: {}", why.getMessage());
    }
    Thread.sleep(BACK_OFF_MILLIS[Math.min(attempt, BACK_OFF_MILLIS.length - 1)]);
  }

  private void complete(List<Submission> batch, List<Outcome> outcomes) {
    if (outcomes.size() != batch.size()) {
      throw new IllegalStateException("the store gave " + outcomes.size() + " outcomes");
    }
    for (int i = 0; i < outcomes.size(); i++) {
      Outcome outcome = outcomes.get(i);
      Submission submission = batch.get(i);
      NewEntry entry = submission.change().entry();
      if (entry != null && outcome instanceof Outcome.Committed(long number, long time)) {
        Submission.guarded(() -> committedEntries.committed(entry, number, time));
      }
      submission.decided(outcome);
    }
    committed += outcomes.size();
    Submission.guarded(afterBatch);
  }

  private static @Nullable UUID id(Change change) {
    return change.entry() == null ? null : change.entry().id();
  }
}
