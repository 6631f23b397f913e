// SPDX-License-Identifier: Apache-2.0
package chat.server.copy;

import chat.server.store.ActiveStore.Current;
import chat.server.store.StoreCall;
import chat.server.store.StoreExchange;
import chat.storage.StorageException;
import java.io.IOException;
import java.time.Duration;

/**
 * The last step of a copy. It is brought nearly level beside the running server; then nobody may
 * write for a moment, {@link #GATE} at the most, in which the rest is copied, heads and digests are
 * compared and, in a migration, the stores change places. If that takes longer it is tried again
 * later.
 */
final class Cutover {
  static final Duration GATE = Duration.ofMillis(250);

  private static final int TRIES = 30;
  private static final long CALM_NANOS = 80_000_000;
  private static final long BETWEEN_MILLIS = 100;

  private Cutover() {}

  /** Uses the moment in which the copy can be level. */
  @FunctionalInterface
  interface Moment {
    void use(StoreExchange.Last last) throws StorageException, IOException, InterruptedException;
  }

  static void whenLevel(
      StoreReplicator copier, LiveSource live, CopyProgress progress, Moment moment)
      throws StorageException, IOException, InterruptedException {
    for (int tried = 0; ; ) {
      long start = System.nanoTime();
      copier.follow(live);
      copier.proveLevel(live);
      if (System.nanoTime() - start < CALM_NANOS) {
        try {
          moment.use(old -> level(copier, new Still(old)));
          return;
        } catch (StorageException.Unavailable e) {
          if (++tried == TRIES) {
            throw e;
          }
          progress.phase("trying again, as " + e.getMessage());
        }
      } else if (++tried == TRIES) {
        throw new StorageException.Unavailable(
            "so much is written that the copy does not catch up; try again when it is calmer");
      }
      Thread.sleep(BETWEEN_MILLIS);
    }
  }

  private static void level(StoreReplicator copier, Still still)
      throws StorageException, InterruptedException {
    long start = System.nanoTime();
    copier.follow(still);
    // fault-point: migration-compare
    copier.compare(still);
    if (System.nanoTime() - start > GATE.toNanos()) {
      throw new StorageException.Unavailable("the last step took too long");
    }
  }

  /** Reads a store that nobody writes. */
  private record Still(Current source) implements StoreReplicator.Source {
    @Override
    public <T> T read(StoreCall<T> call) throws StorageException {
      return call.on(source.store(), source.generation());
    }
  }
}
