package chat.server;

import chat.storage.ChatStore;
import chat.storage.StorageException;
import chat.storage.StoreState;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gate before the one store that is the truth.
 *
 * <p><b>Which one.</b> The file {@code data/active} names it by id and generation; of the stores
 * that are offered the one with that id is activated under the next generation, and the file
 * follows before anybody gets through. Without a file the server is new: an empty store of the
 * configured engine becomes the first, or the only store that has data is taken up again. A store
 * that is retired names its successor, which is then waited for. Order of arrival and service ranks
 * mean nothing.
 *
 * <p><b>Leases.</b> Each call holds a lease while it runs. {@link #withdraw} shuts the gate, waits
 * for the leases and only then lets the store be closed; who comes meanwhile waits for the next
 * store. So a swap is a pause and never an error.
 *
 * <p><b>Threads.</b> {@code lock} guards the state. Activation may take its time, so it runs on the
 * keeper thread and not in the caller of {@link #offer}.
 */
final class ActiveStore implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ActiveStore.class);
  private static final Duration LEAVE = Duration.ofMillis(3_800);

  /** An open store and the generation under which it may be written. */
  record Current(ChatStore store, long generation, String engine) {}

  private final ActiveFile file;
  private final String firstEngine;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<ChatStore, String> offered = new LinkedHashMap<>();
  private final ExecutorService keeper =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().name("chat-store-keeper").daemon().factory());

  private @Nullable Current current;
  private int leases;
  private boolean closed;
  private String waitingFor = "no store is offered";

  ActiveStore(ActiveFile file, String firstEngine) {
    this.file = file;
    this.firstEngine = firstEngine;
  }

  /** A store has been opened and may be chosen. */
  void offer(ChatStore store, String engine) {
    lock.lock();
    try {
      offered.put(store, engine);
    } finally {
      lock.unlock();
    }
    keeper.execute(this::choose);
  }

  /**
   * A store is about to be closed. Returns when no call is inside it, after 3.8 s at the latest.
   */
  void withdraw(ChatStore store) {
    lock.lock();
    try {
      offered.remove(store);
      if (current != null && current.store() == store) {
        current = null;
        waitingFor = "the store was withdrawn";
        long left = LEAVE.toNanos();
        while (leases > 0 && left > 0) {
          left = changed.awaitNanos(left);
        }
        if (leases > 0) {
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
  <T> T read(Duration wait, StoreCall<T> call) throws StorageException, InterruptedException {
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
  Optional<Current> current() {
    lock.lock();
    try {
      return Optional.ofNullable(current);
    } finally {
      lock.unlock();
    }
  }

  /** Why the gate is shut, for the operator. */
  String waitingFor() {
    lock.lock();
    try {
      return current == null ? waitingFor : "";
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

  /** Runs on the keeper thread. */
  private void choose() {
    Map<ChatStore, String> candidates;
    lock.lock();
    try {
      if (current != null || closed) {
        return;
      }
      candidates = new LinkedHashMap<>(offered);
    } finally {
      lock.unlock();
    }
    try {
      Optional<ActiveFile.Named> named = file.read();
      for (var candidate : candidates.entrySet()) {
        if (activated(named, candidate.getKey(), candidate.getValue(), candidates)) {
          return;
        }
      }
      if (!candidates.isEmpty()) {
        shut(
            named
                .map(n -> "waiting for store " + n.id() + " of generation " + n.generation())
                .orElse("waiting for a store of engine " + firstEngine));
      }
    } catch (StorageException | IOException | RuntimeException e) {
      LOG.error("The store can't be used: {}", e.getMessage());
      shut(String.valueOf(e.getMessage()));
    }
  }

  /** Activates a store if it is the one; false if it is not, or if it has just left. */
  private boolean activated(
      Optional<ActiveFile.Named> named,
      ChatStore store,
      String engine,
      Map<ChatStore, String> candidates)
      throws StorageException, IOException {
    try {
      Optional<ActiveFile.Named> next = next(named, store, engine, candidates);
      if (next.isPresent()) {
        store.activate(next.get().id(), next.get().generation());
        file.write(next.get());
        open(new Current(store, next.get().generation(), engine));
      }
      return next.isPresent();
    } catch (StorageException e) {
      if (isOffered(store)) {
        throw e;
      }
      return false;
    }
  }

  /** The name under which a store becomes active; empty if it is not the one to choose. */
  private Optional<ActiveFile.Named> next(
      Optional<ActiveFile.Named> named,
      ChatStore store,
      String engine,
      Map<ChatStore, String> candidates)
      throws StorageException, IOException {
    Optional<StoreState> state = store.state();
    if (state.isEmpty()) {
      boolean first = named.isEmpty() && engine.equals(firstEngine) && allEmpty(candidates);
      return first ? Optional.of(new ActiveFile.Named(UUID.randomUUID(), 1)) : Optional.empty();
    }
    UUID id = state.get().id();
    long generation = state.get().generation();
    return switch (state.get().mode()) {
      case StoreState.Active active -> {
        boolean itIs =
            named.isPresent()
                ? named.get().id().equals(id) && generation >= named.get().generation()
                : candidates.size() == 1;
        yield itIs ? Optional.of(new ActiveFile.Named(id, generation + 1)) : Optional.empty();
      }
      case StoreState.Retired(var successor) -> {
        if (named.isPresent() && named.get().id().equals(id)) {
          file.write(new ActiveFile.Named(successor.id(), successor.generation()));
          chooseSoon();
        }
        yield Optional.empty();
      }
    };
  }

  private static boolean allEmpty(Map<ChatStore, String> candidates) throws StorageException {
    for (ChatStore store : candidates.keySet()) {
      if (store.state().isPresent()) {
        return false;
      }
    }
    return true;
  }

  private void open(Current next) {
    lock.lock();
    try {
      if (offered.containsKey(next.store()) && !closed) {
        current = next;
        changed.signalAll();
        LOG.info("Store {}, generation {}", next.store().description(), next.generation());
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
      long left = LEAVE.toNanos();
      while (leases > 0 && left > 0) {
        left = changed.awaitNanos(left);
      }
      current = null;
      offered.clear();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
    keeper.shutdownNow();
  }
}
