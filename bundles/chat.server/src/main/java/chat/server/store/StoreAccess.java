// SPDX-License-Identifier: Apache-2.0
package chat.server.store;

import chat.server.base.Timings;
import chat.storage.Change;
import chat.storage.Outcome;
import chat.storage.StorageException;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Reads from the active store, and changes through the journal. May be used from any thread, but
 * for what says otherwise.
 */
public record StoreAccess(ActiveStore store, Journal journal, Readers readers, Timings timings) {
  private static final long PATIENCE_SECONDS = 10;

  /** A read of the store; only on a reader's thread. */
  public <T> T read(StoreCall<T> call) throws StorageException {
    try {
      return store.read(timings.read(), call);
    } catch (InterruptedException e) {
      throw leaving(e);
    }
  }

  /** A change of what is staged of a blob; only on a reader's thread. */
  public <T> T stage(UUID blob, StoreCall<T> call) throws StorageException {
    try {
      return store.stage(timings.read(), blob, call);
    } catch (InterruptedException e) {
      throw leaving(e);
    }
  }

  /**
   * Commits a change that no session waits for, and returns when it is decided. Never on the
   * journal's thread.
   */
  public Outcome settle(Change change) throws StorageException {
    return await(commit(change, _ -> {}));
  }

  /**
   * Hands a change that no session waits for to the journal.
   *
   * @param applied is called on the journal's thread, if it is on disk since just now
   */
  public CompletableFuture<Outcome> commit(Change change, Consumer<Outcome.Committed> applied) {
    CompletableFuture<Outcome> decided = new CompletableFuture<>();
    journal.submit(
        change,
        new Journal.Completion() {
          @Override
          public void decided(Outcome outcome) {
            if (outcome instanceof Outcome.Committed committed) {
              applied.accept(committed);
            }
            decided.complete(outcome);
          }

          @Override
          public void dropped() {
            decided.cancel(false);
          }

          @Override
          public void undecided() {
            decided.completeExceptionally(
                new StorageException.Unavailable(
                    "the server is leaving; look later whether it was done"));
          }
        });
    return decided;
  }

  /** Waits for what was handed to the journal. Never on the journal's thread. */
  public Outcome await(CompletableFuture<Outcome> decided) throws StorageException {
    try {
      return decided.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new StorageException.Unavailable(
          "the store is away; look later whether it was done", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StorageException.Unavailable leaving) {
        throw new StorageException.Unavailable(String.valueOf(leaving.getMessage()), e);
      }
      throw new StorageException("the store can't take it; the log says why", e);
    } catch (CancellationException e) {
      throw new StorageException("the store can't take it; the log says why", e);
    } catch (InterruptedException e) {
      throw leaving(e);
    }
  }

  private static StorageException leaving(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new StorageException.Unavailable("the server is leaving", e);
  }

  /** Whether new commands that change something are to be refused. */
  public boolean isUnavailable() {
    return journal.stalled().compareTo(timings.noStore()) > 0;
  }
}
