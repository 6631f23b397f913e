// SPDX-License-Identifier: Apache-2.0
package chat.server.store;

import chat.server.store.ActiveStore.Current;
import chat.server.store.ActiveStore.StoreCandidate;
import chat.storage.ChatStore;
import chat.storage.StorageException;
import chat.storage.StoreState;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts another store in the place of the current one, while the gate is shut for a moment. Whatever
 * goes wrong, one store is the truth afterwards, and after a crash at any point.
 *
 * @param gate before the current store
 * @param file names the truth for the next start
 */
public record StoreExchange(ActiveStore gate, ActiveFile file) {
  private static final Duration OFFERED_WITHIN = Duration.ofSeconds(3);
  private static final long LOOK_AGAIN_MILLIS = 10;
  private static final Logger LOG = LoggerFactory.getLogger(StoreExchange.class);

  /** What is done with a store that nobody reads or writes meanwhile. */
  @FunctionalInterface
  public interface Last {
    void step(Current old) throws StorageException, IOException, InterruptedException;
  }

  /**
   * Another object on the same data takes over from the current one, which stays open.
   *
   * @throws StorageException if it can't; then the old one goes on
   */
  void takeOver(StoreCandidate next) throws StorageException, IOException, InterruptedException {
    gate.exchange(
        ActiveStore.LEAVE,
        old -> {
          StoreState before = known(old.store());
          if (!next.store().state().equals(Optional.of(before))) {
            throw new StorageException.Fenced(
                next.store().description()
                    + " does not hold what "
                    + old.candidate().name()
                    + " holds");
          }
          try {
            return ActiveStore.activated(next, before.id(), old.generation() + 1);
          } catch (StorageException e) {
            return again(old, e);
          }
        });
    if (gate.current().map(now -> now.store() != next.store()).orElse(true)) {
      throw new StorageException("the new build could not take over; the log says why");
    }
  }

  /** If the activation that failed has ended the old object's time, that one is activated again. */
  private Current again(Current old, StorageException why) throws StorageException {
    StoreState now = known(old.store());
    if (now.generation() == old.generation()) {
      throw why;
    }
    LOG.error("The new build can't take over, the old one does again: {}", why.getMessage());
    return ActiveStore.activated(old.candidate(), now.id(), now.generation() + 1);
  }

  /**
   * The stores of one bundle take over from those of another, on the same data: the current one, if
   * it is of that bundle; the others need nothing.
   *
   * @return for how long nobody could write; empty if the current store is of another bundle
   * @throws StorageException if there is no such store, or it can't; then the old one goes on
   */
  public Optional<Duration> takeOver(long from, long to)
      throws StorageException, IOException, InterruptedException {
    Current old =
        gate.current()
            .orElseThrow(() ->
                new StorageException.Unavailable("there is no store now: " + gate.waitingFor()));
    if (old.candidate().bundle() != from) {
      return Optional.empty();
    }
    takeOver(offered(to, old.candidate().name()));
    return gate.lastPause().map(ActiveStore.Pause::length);
  }

  /** A store that was registered a moment ago may be still on its way here. */
  private StoreCandidate offered(long bundle, String name)
      throws StorageException.Unavailable, InterruptedException {
    long end = System.nanoTime() + OFFERED_WITHIN.toNanos();
    while (true) {
      for (StoreCandidate candidate : gate.offers()) {
        if (candidate.bundle() == bundle && candidate.name().equals(name)) {
          return candidate;
        }
      }
      if (end - System.nanoTime() < 0) {
        throw new StorageException.Unavailable(
            "bundle " + bundle + " offers no store named " + name);
      }
      Thread.sleep(LOOK_AGAIN_MILLIS);
    }
  }

  /**
   * A copy takes over from the current store. The order is such that a crash at any point leaves
   * one truth: until the old store is retired it is the old one, then the one it names.
   *
   * @param last brings the copy level with the store
   * @throws StorageException if it can't; then the old store goes on
   */
  public void handOver(StoreCandidate copy, UUID id, Duration within, Last last)
      throws StorageException, IOException, InterruptedException {
    // fault-point: hand-over
    gate.exchange(
        within,
        old -> {
          // fault-point: hand-over-last-step
          last.step(old);
          return succeeded(old, copy, id);
        });
  }

  /**
   * Does something with the store while the gate is shut.
   *
   * @param within the time that running calls have to end, else nothing is done
   */
  public void still(Duration within, Last last)
      throws StorageException, IOException, InterruptedException {
    gate.exchange(
        within,
        old -> {
          last.step(old);
          return old;
        });
  }

  /**
   * Makes a store the truth that holds something else than the current one, which may be missing.
   */
  public void replace(StoreCandidate other, UUID id)
      throws StorageException, IOException, InterruptedException {
    if (gate.current().isEmpty()) {
      LOG.warn("There is no store whose place {} takes", id);
      gate.begin(other, id);
      return;
    }
    gate.exchange(ActiveStore.LEAVE, old -> succeeded(old, other, id));
  }

  private Current succeeded(Current old, StoreCandidate copy, UUID id)
      throws StorageException, InterruptedException {
    UUID before = known(old.store()).id();
    // fault-point: migration-activate
    Current next = ActiveStore.activated(copy, id, old.generation() + 1);
    try {
      // fault-point: migration-retire
      old.store().retire(new StoreState.Successor(id, next.generation()));
    } catch (StorageException e) {
      if (!isRetired(old.store())) {
        LOG.error("The copy does not take over: {}", e.getMessage());
        throw e;
      }
    }
    // fault-point: migration-name
    name(new ActiveFile.Named(id, next.generation()));
    LOG.info("Store {} was followed by {}", before, id);
    return next;
  }

  /** Which of two is the truth hangs on this, so it is asked until there is an answer. */
  private static boolean isRetired(ChatStore store) throws InterruptedException {
    while (true) {
      try {
        return known(store).mode() instanceof StoreState.Retired;
      } catch (StorageException e) {
        LOG.warn("Waiting to know whether the old store was retired: {}", e.getMessage());
        Thread.sleep(ActiveStore.AGAIN.toMillis());
      }
    }
  }

  private static StoreState known(ChatStore store) throws StorageException {
    return store
        .state()
        .orElseThrow(() -> new StorageException.Fenced(store.description() + " holds nothing"));
  }

  /** The store itself says the same, and a start finds it there; so an error ends nothing. */
  private void name(ActiveFile.Named named) {
    try {
      file.write(named);
    } catch (IOException e) {
      LOG.error("{} can't be written, the store knows it too: {}", file.path(), e.getMessage());
    }
  }
}
