// SPDX-License-Identifier: Apache-2.0
package chat.server.store;

import chat.storage.Change;
import chat.storage.ChatStore;
import chat.storage.CommitFeed;
import chat.storage.Outcome;
import chat.storage.StorageException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gate before the one store that is the truth.
 *
 * <p><b>Which one.</b> The file {@code data/active} names it by id and generation; of the stores
 * that are offered the one with that id is activated under the next generation, and the file
 * follows before anybody gets through. Without a file the server is new: an empty store of the
 * configured name becomes the first, or the only store that has data is taken up again. A store
 * that is retired names its successor, which is then waited for. Order of arrival and service ranks
 * mean nothing.
 *
 * <p><b>Leases.</b> Each call holds a lease while it runs. {@link #withdraw} shuts the gate, waits
 * for the leases and only then lets the store be closed; who comes meanwhile waits for the next
 * store. So a swap is a pause and never an error. {@link StoreExchange#takeOver} and {@link
 * StoreExchange#handOver} change the store while both are open, so that the gate is shut only for
 * the moment of the change.
 *
 * <p><b>Threads.</b> {@code lock} guards the state. Whatever changes the current store runs on the
 * keeper thread, one after the other, and not in the caller of {@link #offer}.
 */
public final class ActiveStore implements CommitFeed, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ActiveStore.class);
  static final Duration LEAVE = Duration.ofMillis(3_800);
  static final Duration AGAIN = Duration.ofSeconds(1);

  /** A store that may be chosen, as the service that it is. */
  public record StoreCandidate(ChatStore store, String name, String engine, long bundle) {}

  /** An open store and the generation under which it may be written. */
  public record Current(StoreCandidate candidate, long generation) {

    public ChatStore store() {
      return candidate.store();
    }
  }

  /** The last time the gate was shut. */
  public record Pause(Instant at, Duration length) {}

  private final ActiveFile file;
  private final String first;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<ChatStore, StoreCandidate> offered = new LinkedHashMap<>();
  private final ScheduledThreadPoolExecutor keeper =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().name("chat-store-keeper").daemon().factory());

  private @Nullable Current current;
  private @Nullable ChangeCapture tap;
  private final List<Consumer<List<Change>>> followers = new CopyOnWriteArrayList<>();
  private @Nullable Pause pause;
  private long shutAt;
  private int leases;
  private boolean closed;
  private boolean standingBy;
  private String waitingFor = "no store is offered";
  private String hopeless = "";

  /**
   * @param first the name of the store that a new server begins with
   */
  public ActiveStore(ActiveFile file, String first) {
    this.file = file;
    this.first = first;
  }

  /**
   * From now on the store is only read, because another server writes it: it is found, but not
   * activated. Before the first one is offered.
   */
  public void standBy() {
    lock.lock();
    try {
      standingBy = true;
    } finally {
      lock.unlock();
    }
  }

  /** Nobody else writes the store any more: it is chosen again, and activated. */
  public void takeTurn() throws StorageException, InterruptedException {
    lock.lock();
    try {
      standingBy = false;
      if (!emptied(LEAVE)) {
        throw new StorageException.Unavailable("calls of the store took too long");
      }
    } finally {
      lock.unlock();
    }
    chooseSoon();
  }

  /** The bytes that are free on the disk of the data folder. */
  public long freeBytes() {
    return file.freeBytes();
  }

  /** A store has been opened and may be chosen. */
  public void offer(StoreCandidate candidate) {
    lock.lock();
    try {
      offered.put(candidate.store(), candidate);
      hopeless = "";
    } finally {
      lock.unlock();
    }
    keeper.execute(this::choose);
  }

  /**
   * A store is about to be closed. Returns when no call is inside it, after 3.8 s at the latest.
   */
  public void withdraw(ChatStore store) {
    lock.lock();
    try {
      offered.remove(store);
      if (current != null && current.store() == store) {
        waitingFor = "the store was withdrawn";
        if (!emptied(LEAVE)) {
          LOG.error("{} calls are still inside the store that is leaving", leases);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
    chooseSoon();
  }

  /** Shuts the gate; true if nobody is inside any more after this time at most. */
  private boolean emptied(Duration within) throws InterruptedException {
    if (current != null) {
      shutAt = System.nanoTime();
      current = null;
    }
    long left = within.toNanos();
    while (leases > 0 && left > 0) {
      left = changed.awaitNanos(left);
    }
    return leases == 0;
  }

  /** Stores still go when the gate has closed for good: then there is nothing to choose. */
  private void chooseSoon() {
    lock.lock();
    try {
      if (!closed) {
        keeper.execute(this::choose);
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Makes one call of the store, waiting for one if there is none. A read that met a store which
   * was closed under it is repeated once on the next one.
   */
  public <T> T read(Duration wait, StoreCall<T> call)
      throws StorageException, InterruptedException {
    Current before = acquire(wait);
    try {
      return call.on(before.store(), before.generation());
    } catch (StorageException.Unavailable e) {
      if (isCurrent(before)) {
        throw e;
      }
    } finally {
      release();
    }
    return write(wait, call);
  }

  /** Commits a batch, once; what it touched is told to a copy that is in the making. */
  public List<Outcome> commit(Duration wait, List<Change> changes)
      throws StorageException, InterruptedException {
    Current held = acquire(wait);
    tellFollowers(changes);
    try {
      return held.store().commit(held.generation(), changes);
    } finally {
      tapped().ifPresent(running -> running.touched(changes));
      tellFollowers(changes);
      release();
    }
  }

  private void tellFollowers(List<Change> changes) {
    followers.forEach(follower -> follower.accept(changes));
  }

  @Override
  public Following follow(Consumer<List<Change>> follower) {
    followers.add(follower);
    return () -> followers.remove(follower);
  }

  /** As {@link #read}, for a call that changes what is staged of a blob. */
  public <T> T stage(Duration wait, UUID blob, StoreCall<T> call)
      throws StorageException, InterruptedException {
    return read(
        wait,
        (store, generation) -> {
          try {
            return call.on(store, generation);
          } finally {
            tapped().ifPresent(running -> running.touched(blob));
          }
        });
  }

  private Optional<ChangeCapture> tapped() {
    lock.lock();
    try {
      return Optional.ofNullable(tap);
    } finally {
      lock.unlock();
    }
  }

  /**
   * From now on a copy hears of each change. What is being changed at this moment is heard of too,
   * because a call asks for the tap when it has ended, under its lease.
   *
   * @throws StorageException.Unavailable if there is no store now, or it is tapped already
   */
  public Current tap(ChangeCapture fresh) throws StorageException {
    lock.lock();
    try {
      if (current == null) {
        throw new StorageException.Unavailable("there is no store now: " + waitingFor);
      }
      if (tap != null) {
        throw new StorageException.Unavailable("another copy is being made");
      }
      tap = fresh;
      return current;
    } finally {
      lock.unlock();
    }
  }

  public void untap() {
    lock.lock();
    try {
      tap = null;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Makes one read of this store and no other.
   *
   * @throws StorageException.Unavailable also if another one has taken its place
   */
  public <T> T readFrom(Current source, StoreCall<T> call)
      throws StorageException, InterruptedException {
    Current held = acquire(LEAVE);
    try {
      if (held != source) {
        throw new StorageException.Unavailable("the store was exchanged meanwhile");
      }
      return call.on(held.store(), held.generation());
    } finally {
      release();
    }
  }

  /** Makes one call of the store, never twice. */
  <T> T write(Duration wait, StoreCall<T> call) throws StorageException, InterruptedException {
    Current held = acquire(wait);
    try {
      return call.on(held.store(), held.generation());
    } finally {
      release();
    }
  }

  /** What the gate stands open for; empty while it is shut. */
  public Optional<Current> current() {
    lock.lock();
    try {
      return Optional.ofNullable(current);
    } finally {
      lock.unlock();
    }
  }

  /** All stores that could be chosen. */
  public List<StoreCandidate> offers() {
    lock.lock();
    try {
      return List.copyOf(offered.values());
    } finally {
      lock.unlock();
    }
  }

  /** How long the gate was shut the last time; empty before that. */
  public Optional<Pause> lastPause() {
    lock.lock();
    try {
      return Optional.ofNullable(pause);
    } finally {
      lock.unlock();
    }
  }

  /** Why the gate is shut, for the operator. */
  public String waitingFor() {
    lock.lock();
    try {
      return current == null ? waitingFor : "";
    } finally {
      lock.unlock();
    }
  }

  /**
   * Why none of the stores that are offered will do, and what an operator can do about it; empty
   * while that is not known. Another one may be on its way.
   */
  public String hopeless() {
    lock.lock();
    try {
      return current == null ? hopeless : "";
    } finally {
      lock.unlock();
    }
  }

  private boolean isOffered(ChatStore store) {
    lock.lock();
    try {
      return offered.containsKey(store);
    } finally {
      lock.unlock();
    }
  }

  private boolean isStandingBy() {
    lock.lock();
    try {
      return standingBy;
    } finally {
      lock.unlock();
    }
  }

  private boolean isCurrent(Current held) {
    lock.lock();
    try {
      return current == held;
    } finally {
      lock.unlock();
    }
  }

  private Current acquire(Duration wait) throws StorageException, InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = wait.toNanos();
      while (current == null && !closed && left > 0) {
        left = changed.awaitNanos(left);
      }
      if (current == null || closed) {
        throw new StorageException.Unavailable("there is no store now: " + waitingFor);
      }
      leases++;
      return current;
    } finally {
      lock.unlock();
    }
  }

  private void release() {
    lock.lock();
    try {
      leases--;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** What is done while the gate is shut; gives the store for which it opens again. */
  @FunctionalInterface
  interface Exchange {
    Current from(Current old) throws StorageException, IOException, InterruptedException;
  }

  static Current activated(StoreCandidate candidate, UUID id, long generation)
      throws StorageException {
    candidate.store().activate(id, generation);
    LOG.info("Store {}, generation {}", candidate.store().description(), generation);
    return new Current(candidate, generation);
  }

  /**
   * Does something with the store while the gate is shut.
   *
   * @param within the time that running calls have to end, else nothing is done
   * @throws StorageException whatever the exchange throws; then the old store goes on
   */
  void exchange(Duration within, Exchange exchange)
      throws StorageException, IOException, InterruptedException {
    onKeeper(() -> exchangeNow(within, exchange));
  }

  /** Changes the current store, one after the other. */
  @FunctionalInterface
  private interface KeeperTask {
    void run() throws StorageException, IOException, InterruptedException;
  }

  private void onKeeper(KeeperTask task)
      throws StorageException, IOException, InterruptedException {
    try {
      keeper
          .submit(() -> {
            task.run();
            return true;
          })
          .get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case StorageException known -> throw known;
        case IOException known -> throw known;
        case null, default -> throw new StorageException("the exchange failed", e);
      }
    }
  }

  /**
   * Lets a store begin where there is none, whatever the file named before.
   *
   * @throws StorageException.Unavailable if there is one
   */
  void begin(StoreCandidate fresh, UUID id)
      throws StorageException, IOException, InterruptedException {
    onKeeper(() -> {
      if (current().isPresent()) {
        throw new StorageException.Unavailable("there is a store now; try again");
      }
      Current next = activated(fresh, id, 1);
      file.write(new ActiveFile.Named(id, next.generation()));
      open(next);
    });
  }

  /** Runs on the keeper thread. */
  private void exchangeNow(Duration within, Exchange exchange)
      throws StorageException, IOException, InterruptedException {
    Current old;
    lock.lock();
    try {
      old = current;
      if (old == null || closed) {
        throw new StorageException.Unavailable("there is no store now: " + waitingFor);
      }
      waitingFor = "the store is being exchanged";
      if (!emptied(within)) {
        open(old);
        throw new StorageException.Unavailable("calls of the store took too long");
      }
    } finally {
      lock.unlock();
    }
    Current next = old;
    try {
      next = exchange.from(old);
    } finally {
      open(next);
    }
  }

  /** Runs on the keeper thread. */
  private void choose() {
    List<StoreCandidate> candidates;
    lock.lock();
    try {
      if (current != null || closed) {
        return;
      }
      candidates = List.copyOf(offered.values());
    } finally {
      lock.unlock();
    }
    try {
      StoreChoice choice = StoreChoice.among(candidates, file, first);
      for (StoreCandidate candidate : candidates) {
        if (chosen(choice, candidate)) {
          return;
        }
      }
      if (!candidates.isEmpty()) {
        shut(choice.waitingFor());
        giveUp(candidates, diagnosis(candidates).ofMissingStore(choice.named()));
      }
    } catch (StorageException.Unavailable e) {
      complain(e);
      chooseLater();
    } catch (ActiveFile.DamagedFileException e) {
      complain(e);
      giveUp(candidates, diagnosis(candidates).ofDamagedFile(String.valueOf(e.getMessage())));
      chooseLater();
    } catch (StorageException.Unusable | StorageException.Damaged e) {
      complain(e);
      giveUp(candidates, String.valueOf(e.getMessage()));
    } catch (StorageException | IOException | RuntimeException e) {
      // What is not known to last, such as a disk that was full, is tried again.
      complain(e);
      chooseLater();
    }
  }

  private StoreDiagnosis diagnosis(List<StoreCandidate> candidates) {
    return new StoreDiagnosis(candidates, file, first);
  }

  /** Unless another store has been offered meanwhile. */
  private void giveUp(List<StoreCandidate> candidates, String why) {
    lock.lock();
    try {
      if (current == null && candidates.equals(List.copyOf(offered.values()))) {
        if (!why.equals(hopeless)) {
          LOG.error("{}", why);
        }
        hopeless = why;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Says once what is wrong. */
  private void complain(Exception e) {
    String why = String.valueOf(e.getMessage());
    if (!why.equals(waitingFor())) {
      LOG.error("The store can't be used: {}", why);
    }
    shut(why);
  }

  /** A full disk is emptied, a database comes back: then nobody has to say so. */
  private void chooseLater() {
    lock.lock();
    try {
      if (!closed) {
        var unused = keeper.schedule(this::choose, AGAIN.toMillis(), TimeUnit.MILLISECONDS);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Activates a store if it is the one; false if it is not, or if it has just left. */
  private boolean chosen(StoreChoice choice, StoreCandidate candidate)
      throws StorageException, IOException {
    try {
      Optional<ActiveFile.Named> next = choice.nameOf(candidate);
      if (next.isPresent()) {
        if (isStandingBy()) {
          open(new Current(candidate, next.get().generation() - 1));
        } else {
          Current chosen = activated(candidate, next.get().id(), next.get().generation());
          file.write(next.get());
          open(chosen);
        }
      }
      return next.isPresent();
    } catch (StorageException e) {
      if (isOffered(candidate.store())) {
        throw e;
      }
      return false;
    }
  }

  private void open(Current next) {
    lock.lock();
    try {
      if (offered.containsKey(next.store()) && !closed) {
        current = next;
        if (shutAt != 0) {
          pause = new Pause(Instant.now(), Duration.ofNanos(System.nanoTime() - shutAt));
          shutAt = 0;
        }
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  private void shut(String why) {
    lock.lock();
    try {
      waitingFor = why;
    } finally {
      lock.unlock();
    }
  }

  /** Lets go of every store; who waits is told that there is none. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      waitingFor = "the server is leaving";
      changed.signalAll();
      if (!emptied(LEAVE)) {
        LOG.error("{} calls are still inside the store", leases);
      }
      offered.clear();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
    keeper.shutdownNow();
  }
}
