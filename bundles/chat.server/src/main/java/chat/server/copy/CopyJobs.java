// SPDX-License-Identifier: Apache-2.0
package chat.server.copy;

import chat.operations.AuditLog;
import chat.operations.Copy;
import chat.operations.CopyPlan;
import chat.operations.CopyState;
import chat.operations.OperationException;
import chat.operations.OperationException.Reason;
import chat.server.store.ActiveStore;
import chat.server.store.ActiveStore.Current;
import chat.server.store.ActiveStore.StoreCandidate;
import chat.server.store.StoreExchange;
import chat.storage.StorageException;
import chat.storage.StoreState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies of the store while people chat: into another store that then takes over, into a file, and
 * from a file back. One at a time, on a thread of its own; what they do is in {@link MigrationJob},
 * {@link BackupJob} and {@link RestoreJob}.
 *
 * <p>A copy that was interrupted, by a crash or by the operator, stays what it is: unfinished and
 * never the truth. The same words again make it go on from there.
 */
public final class CopyJobs implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CopyJobs.class);

  private record Running(Copy copy, CopyProgress progress, Thread thread) {}

  private final ActiveStore active;
  private final MigrationFile file;
  private final MigrationJob migration;
  private final BackupJob backup;
  private final RestoreJob restore;
  private final AuditLog audit;
  private volatile @Nullable Running running;
  private volatile CopyState last = new CopyState.Idle("");

  public CopyJobs(
      ActiveStore active,
      StoreExchange exchange,
      MigrationFile file,
      Supplier<SecretKey> master,
      StoreReplacement replacement,
      AuditLog audit) {
    this.active = active;
    this.file = file;
    this.migration = new MigrationJob(active, exchange, file);
    this.backup = new BackupJob(active, exchange, master);
    this.restore = new RestoreJob(master, replacement);
    this.audit = audit;
  }

  /** Says after a start what became of a migration that was under way. */
  public void remember() throws StorageException, InterruptedException, IOException {
    Optional<MigrationFile.Begun> begun = file.read();
    if (begun.isEmpty()) {
      return;
    }
    UUID truth =
        active.read(
            Duration.ofDays(1),
            (store, generation) -> store.state().map(StoreState::id).orElseThrow());
    if (begun.get().target().equals(truth)) {
      LOG.info("The migration to {} had been completed", begun.get().targetName());
      file.delete();
    } else {
      String text =
          "the migration to %s was interrupted; the store before it is the truth; migrate again to go on"
              .formatted(begun.get().targetName());
      LOG.warn("{}", text);
      last = new CopyState.Idle(text);
    }
  }

  /** How the copy is doing that is being made or was the last. */
  public CopyState state() {
    Running now = running;
    return now == null ? last : new CopyState.Running(now.copy(), now.progress().now());
  }

  public boolean isRunning() {
    return running != null;
  }

  /** A copy would lose its place. */
  public void checkNoneRuns() throws OperationException {
    Running now = running;
    if (now != null) {
      throw new OperationException(
          Reason.CONFLICT, "a " + kind(now.copy()) + " is running; wait for it, or cancel it");
    }
  }

  /** Asks a running copy to end. */
  public CopyState cancel() throws OperationException {
    Running now = running;
    if (now == null) {
      throw new OperationException(Reason.CONFLICT, "nothing is being copied");
    }
    now.progress().cancel();
    return state();
  }

  private static String kind(Copy copy) {
    return switch (copy) {
      case Copy.Migration migration -> "migration";
      case Copy.Backup backup -> "backup";
      case Copy.Restoration restoration -> "restoration";
    };
  }

  @FunctionalInterface
  private interface Work {
    CopyState.Copied run(CopyProgress progress)
        throws StorageException, IOException, InterruptedException;
  }

  private synchronized CopyState begin(Copy copy, Work work) throws OperationException {
    checkNoneRuns();
    CopyProgress progress = new CopyProgress();
    Thread thread =
        Thread.ofPlatform()
            .name("chat-copy")
            .daemon()
            .unstarted(() -> {
              CopyState end = ended(copy, work, progress);
              record(end);
              last = end;
              running = null;
            });
    running = new Running(copy, progress, thread);
    thread.start();
    return state();
  }

  private static CopyState ended(Copy copy, Work work, CopyProgress progress) {
    try {
      CopyState.Copied copied = work.run(progress);
      LOG.info("Done: {}, {}", copy, copied);
      return new CopyState.Done(copy, copied);
    } catch (StoreReplicator.Cancelled e) {
      return new CopyState.Cancelled(copy);
    } catch (StorageException | IOException | RuntimeException e) {
      LOG.error("The {} failed", kind(copy), e);
      return new CopyState.Failed(copy, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      return new CopyState.Failed(copy, "the server was stopped meanwhile");
    }
  }

  private void record(CopyState end) {
    switch (end) {
      case CopyState.Done(Copy copy, CopyState.Copied copied) ->
          audit.record(
              "copy done",
              "%s, %d entries, %d bytes of files"
                  .formatted(described(copy), copied.entries(), copied.fileBytes()));
      case CopyState.Failed(Copy copy, String why) ->
          audit.record("copy failed", described(copy) + ": " + why);
      case CopyState.Cancelled(Copy copy) ->
          audit.record("copy failed", described(copy) + " was cancelled");
      case CopyState.Idle idle -> {}
      case CopyState.Running stillRunning -> {}
    }
  }

  private static String described(Copy copy) {
    return switch (copy) {
      case Copy.Migration(String from, String to) -> "migration from " + from + " to " + to;
      case Copy.Backup(Path file) -> "backup in " + file;
      case Copy.Restoration(Path file, String store) -> "restoration of " + file + " to " + store;
    };
  }

  private StoreCandidate offer(String name) throws OperationException {
    return active.offers().stream()
        .filter(candidate -> candidate.name().equals(name))
        .reduce((older, newer) -> newer)
        .orElseThrow(() ->
            new OperationException(
                Reason.NOT_FOUND,
                "there is no store named "
                    + name
                    + "; there are "
                    + active.offers().stream().map(StoreCandidate::name).distinct().toList()));
  }

  /**
   * Begins to copy one store into another, which then takes over.
   *
   * @param from must be the active one
   * @throws OperationException if there are no such stores, or the target can't take a copy
   */
  public CopyState migrate(String from, String to) throws OperationException {
    checkSource(from);
    StoreCandidate target = checkedTarget(to);
    return begin(new Copy.Migration(from, to), progress -> migration.run(target, progress));
  }

  private void checkSource(String from) throws OperationException {
    Optional<Current> current = active.current();
    if (current.isEmpty()) {
      throw new OperationException(
          Reason.NOT_READY, "there is no active store: " + active.waitingFor());
    }
    String name = current.get().candidate().name();
    if (!name.equals(from)) {
      throw new OperationException(
          Reason.INVALID_ARGUMENT, from + " is not the active store, " + name + " is");
    }
  }

  private StoreCandidate checkedTarget(String to) throws OperationException {
    StoreCandidate target = offer(to);
    if (active.current().map(current -> current.store() == target.store()).orElse(false)) {
      throw new OperationException(Reason.INVALID_ARGUMENT, to + " is the active store already");
    }
    return target;
  }

  /** What a migration would have to do; nothing is changed. */
  public CopyPlan dryRun(String from, String to)
      throws OperationException, StorageException, InterruptedException {
    checkSource(from);
    return migration.dryRun(checkedTarget(to));
  }

  /** Begins to write everything into a sealed file. */
  public CopyState backup(Path to) throws OperationException {
    return begin(new Copy.Backup(to), progress -> backup.run(to, progress));
  }

  /**
   * Begins to put a backup in the place of all there is.
   *
   * @param into the name of an empty store
   */
  public CopyState restore(Path from, String into) throws OperationException {
    StoreCandidate target = checkedTarget(into);
    return begin(new Copy.Restoration(from, into), progress -> restore.run(from, target, progress));
  }

  @Override
  public void close() {
    Running now = running;
    if (now != null && now.thread() != Thread.currentThread()) {
      now.thread().interrupt();
      try {
        now.thread().join(2_000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
