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
import chat.server.store.ChangeCapture;
import chat.server.store.StoreCall;
import chat.server.store.StoreExchange;
import chat.storage.CellKey;
import chat.storage.StorageException;
import chat.storage.StorageException.Fenced;
import chat.storage.StoreState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Supplier;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies of the store while people chat: into another store that then takes over, into a file, and
 * from a file back. One at a time, on a thread of its own.
 *
 * <p>A copy is brought nearly level beside the running server; then nobody may write for a moment,
 * {@link #GATE} at the most, in which the rest is copied, heads and digests are compared and, in a
 * migration, the stores change places. If that takes longer it is tried again later.
 *
 * <p>A copy that was interrupted, by a crash or by the operator, stays what it is: unfinished and
 * never the truth. The same words again make it go on from there.
 */
public final class CopyJobs implements AutoCloseable {
  static final Duration GATE = Duration.ofMillis(250);

  private static final Logger LOG = LoggerFactory.getLogger(CopyJobs.class);
  private static final int TRIES = 30;
  private static final long CALM_NANOS = 80_000_000;
  private static final long BETWEEN_MILLIS = 100;

  /** Puts another store in the place of the current one, with other data in it. */
  @FunctionalInterface
  public interface Replacement {
    void with(StoreCandidate store, UUID id)
        throws StorageException, IOException, InterruptedException;
  }

  private record Running(Copy copy, CopyProgress progress, Thread thread) {}

  private final ActiveStore active;
  private final StoreExchange exchange;
  private final MigrationFile file;
  private final Supplier<SecretKey> master;
  private final Replacement replacement;
  private final AuditLog audit;
  private volatile @Nullable Running running;
  private volatile CopyState last = new CopyState.Idle("");

  public CopyJobs(
      ActiveStore active,
      StoreExchange exchange,
      MigrationFile file,
      Supplier<SecretKey> master,
      Replacement replacement,
      AuditLog audit) {
    this.active = active;
    this.exchange = exchange;
    this.file = file;
    this.master = master;
    this.replacement = replacement;
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
    return begin(new Copy.Migration(from, to), progress -> migrateNow(target, progress));
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
    StoreCandidate target = checkedTarget(to);
    CopyProgress progress = new CopyProgress();
    ChangeCapture tap = new ChangeCapture();
    Current source = active.tap(tap);
    try {
      checkedId(source, target);
      StoreReplicator copier =
          new StoreReplicator(new CopyTarget.Store(target.store()), tap, progress);
      copier.plan(new Live(active, source));
    } finally {
      active.untap();
    }
    return new CopyPlan(
        source.store().description(),
        target.store().description(),
        progress.entriesPlanned(),
        progress.fileBytesPlanned());
  }

  private CopyState.Copied migrateNow(StoreCandidate target, CopyProgress progress)
      throws StorageException, IOException, InterruptedException {
    ChangeCapture tap = new ChangeCapture();
    Current source = active.tap(tap);
    try {
      UUID sourceId = id(source);
      UUID targetId = checkedId(source, target);
      // fault-point: migration-settle
      settle(source, target, targetId);
      file.write(new MigrationFile.Begun(sourceId, targetId, target.name()));
      // fault-point: migration-receive
      target.store().receive(targetId, sourceId);
      StoreReplicator copier =
          new StoreReplicator(new CopyTarget.Store(target.store()), tap, progress);
      Live live = new Live(active, source);
      copier.plan(live);
      copier.everything(live);
      whenLevel(copier, live, progress, last -> exchange.handOver(target, targetId, GATE, last));
      // fault-point: migration-forget
      file.delete();
      return progress.copied(
          OptionalInt.of(copier.proven()),
          active.lastPause().map(ActiveStore.Pause::length),
          Optional.empty());
    } finally {
      active.untap();
    }
  }

  private static UUID id(Current current) throws StorageException {
    return current
        .store()
        .state()
        .map(StoreState::id)
        .orElseThrow(() -> new Fenced("the active store has no id"));
  }

  /** The id of the target, whose state must allow a copy. */
  private UUID checkedId(Current source, StoreCandidate target) throws StorageException {
    Optional<StoreState> state = target.store().state();
    if (state.isEmpty()) {
      return UUID.randomUUID();
    }
    boolean active = state.get().mode() instanceof StoreState.Active;
    if (active && !wasHalfDone(source, state.get().id())) {
      throw new StorageException.Unusable(
          "store "
              + target.name()
              + " is in use on its own; only an empty or retired one or an unfinished copy can be"
              + " the target");
    }
    return state.get().id();
  }

  private boolean wasHalfDone(Current source, UUID target) throws StorageException {
    try {
      Optional<MigrationFile.Begun> begun = file.read();
      return begun.isPresent()
          && begun.get().target().equals(target)
          && begun.get().source().equals(id(source));
    } catch (IOException e) {
      throw new StorageException.Unavailable(String.valueOf(e.getMessage()), e);
    }
  }

  /** A crash came between the activation of the copy and the retirement of the store. */
  private static void settle(Current source, StoreCandidate target, UUID targetId)
      throws StorageException {
    Optional<StoreState> state = target.store().state();
    if (state.isPresent() && state.get().mode() instanceof StoreState.Active) {
      target.store().retire(new StoreState.Successor(id(source), source.generation()));
      LOG.info("Store {} had been activated and never used", targetId);
    }
  }

  /** Uses the moment in which the copy can be level. */
  @FunctionalInterface
  private interface Moment {
    void use(StoreExchange.Last last) throws StorageException, IOException, InterruptedException;
  }

  private static void whenLevel(
      StoreReplicator copier, Live live, CopyProgress progress, Moment moment)
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

  /** Begins to write everything into a sealed file. */
  public CopyState backup(Path to) throws OperationException {
    return begin(new Copy.Backup(to), progress -> backupNow(to, progress));
  }

  private CopyState.Copied backupNow(Path to, CopyProgress progress)
      throws StorageException, IOException, InterruptedException {
    ChangeCapture tap = new ChangeCapture();
    Current source = active.tap(tap);
    BackupFile.Origin origin = new BackupFile.Origin(id(source), Instant.now());
    SecretKey key = master.get();
    try (BackupFile.Writer writer = new BackupFile.Writer(to, key, origin)) {
      StoreReplicator copier = new StoreReplicator(writer, tap, progress);
      Live live = new Live(active, source);
      copier.plan(live);
      copier.everything(live);
      whenLevel(copier, live, progress, last -> exchange.still(GATE, last));
      progress.phase("writing to disk");
      writer.finish();
    } finally {
      active.untap();
    }
    progress.phase("reading it again");
    BackupFile.play(to, key, new CopyContents(), new CopyProgress());
    return progress.copied();
  }

  /**
   * Begins to put a backup in the place of all there is.
   *
   * @param into the name of an empty store
   */
  public CopyState restore(Path from, String into) throws OperationException {
    StoreCandidate target = checkedTarget(into);
    return begin(new Copy.Restoration(from, into), progress -> restoreNow(from, target, progress));
  }

  private CopyState.Copied restoreNow(Path from, StoreCandidate target, CopyProgress progress)
      throws StorageException, IOException, InterruptedException {
    progress.phase("checking " + from);
    BackupFile.Origin origin =
        BackupFile.play(from, master.get(), new CopyContents(), new CopyProgress());
    boolean empty =
        target.store().streams(Long.MIN_VALUE, 1).isEmpty()
            && target.store().cells(new CellKey("", ""), 1).isEmpty();
    if (!empty) {
      throw new StorageException.Unusable(
          "store " + target.name() + " is not empty; a backup is restored into an empty one");
    }
    UUID id = target.store().state().map(StoreState::id).orElseGet(UUID::randomUUID);
    target.store().receive(id, origin.store());
    progress.phase("restoring " + from);
    BackupFile.play(from, master.get(), new CopyTarget.Store(target.store()), progress);
    progress.phase("exchanging the store");
    replacement.with(target, id);
    return progress.copied(OptionalInt.empty(), Optional.empty(), Optional.of(origin.time()));
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

  /** Reads one store and no other, while people write. */
  private record Live(ActiveStore active, Current source) implements StoreReplicator.Source {
    @Override
    public <T> T read(StoreCall<T> call) throws StorageException, InterruptedException {
      return active.readFrom(source, call);
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
