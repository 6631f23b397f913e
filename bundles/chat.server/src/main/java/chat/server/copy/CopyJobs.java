// SPDX-License-Identifier: Apache-2.0
package chat.server.copy;

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
import java.util.UUID;
import java.util.function.Consumer;
import javax.crypto.SecretKey;
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

  /** What the operator sees of the last copy. */
  private sealed interface State {}

  private record Idle(String text) implements State {}

  private record Running(String what, CopyProgress progress, Thread thread) implements State {}

  private record Ended(boolean well, String text) implements State {}

  private final ActiveStore active;
  private final StoreExchange exchange;
  private final MigrationFile file;
  private final SecretKey master;
  private final Replacement replacement;
  private final Consumer<String> audit;
  private volatile State state = new Idle("no copy was made yet");

  public CopyJobs(
      ActiveStore active,
      StoreExchange exchange,
      MigrationFile file,
      SecretKey master,
      Replacement replacement,
      Consumer<String> audit) {
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
      state = new Idle(text);
    }
  }

  /** {@code running ...}, {@code done ...}, {@code failed ...} or {@code idle ...}. */
  public String status() {
    return switch (state) {
      case Idle(String text) -> "idle: " + text;
      case Running(String what, CopyProgress progress, Thread thread) ->
          "running: " + what + ", " + progress.line();
      case Ended(boolean well, String text) -> (well ? "done: " : "failed: ") + text;
    };
  }

  public boolean isRunning() {
    return state instanceof Running;
  }

  /** Asks a running copy to end. */
  public String cancel() {
    if (state instanceof Running running) {
      running.progress().cancel();
      return "the " + running.what() + " ends";
    }
    throw new IllegalStateException("nothing is being copied");
  }

  @FunctionalInterface
  private interface Work {
    /** Gives what there is to say in the end. */
    String run(CopyProgress progress) throws StorageException, IOException, InterruptedException;
  }

  private synchronized String begin(String what, Work work) {
    if (isRunning()) {
      throw new IllegalStateException(status() + "; wait for it, or cancel it");
    }
    CopyProgress progress = new CopyProgress();
    Thread thread =
        Thread.ofPlatform()
            .name("chat-copy")
            .daemon()
            .unstarted(() -> {
              Ended end = ended(what, work, progress);
              audit.accept((end.well() ? "done " : "failed ") + end.text());
              state = end;
            });
    state = new Running(what, progress, thread);
    thread.start();
    return "the " + what + " has begun";
  }

  private static Ended ended(String what, Work work, CopyProgress progress) {
    try {
      String text = what + ": " + work.run(progress);
      LOG.info("Done: {}", text);
      return new Ended(true, text);
    } catch (StoreReplicator.Cancelled e) {
      return new Ended(false, what + " was cancelled");
    } catch (StorageException | IOException | RuntimeException e) {
      LOG.error("The {} failed", what, e);
      return new Ended(false, what + ": " + e.getMessage());
    } catch (InterruptedException e) {
      return new Ended(false, what + ": the server was stopped meanwhile");
    }
  }

  private StoreCandidate offer(String name) {
    return active.offers().stream()
        .filter(candidate -> candidate.name().equals(name))
        .reduce((older, newer) -> newer)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "there is no store named "
                    + name
                    + "; there are "
                    + active.offers().stream().map(StoreCandidate::name).distinct().toList()));
  }

  /**
   * Begins to copy one store into another, which then takes over.
   *
   * @param from must be the active one
   * @throws IllegalArgumentException if there are no such stores, or the target can't take a copy
   */
  public String migrate(String from, String to) throws StorageException {
    checkSource(from);
    StoreCandidate target = checkedTarget(to);
    return begin("migration from " + from + " to " + to, progress -> migrateNow(target, progress));
  }

  private void checkSource(String from) {
    Optional<Current> current = active.current();
    if (current.isEmpty()) {
      throw new IllegalStateException("there is no active store: " + active.waitingFor());
    }
    String name = current.get().candidate().name();
    if (!name.equals(from)) {
      throw new IllegalArgumentException(from + " is not the active store, " + name + " is");
    }
  }

  private StoreCandidate checkedTarget(String to) {
    StoreCandidate target = offer(to);
    if (active.current().map(current -> current.store() == target.store()).orElse(false)) {
      throw new IllegalArgumentException(to + " is the active store already");
    }
    return target;
  }

  /** What a migration would have to do; nothing is changed. */
  public String dryRun(String from, String to) throws StorageException, InterruptedException {
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
    return "from "
        + source.store().description()
        + "\nto "
        + target.store().description()
        + "\n"
        + progress.planned();
  }

  private String migrateNow(StoreCandidate target, CopyProgress progress)
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
      return progress.copied()
          + "; streams with equal heads and digests: "
          + copier.proven()
          + "; "
          + target.name()
          + " is the active store now, nobody could write for "
          + active.lastPause().map(pause -> pause.length().toMillis()).orElse(0L)
          + " ms";
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
  public String backup(Path to) {
    return begin("backup", progress -> backupNow(to, progress));
  }

  private String backupNow(Path to, CopyProgress progress)
      throws StorageException, IOException, InterruptedException {
    ChangeCapture tap = new ChangeCapture();
    Current source = active.tap(tap);
    BackupFile.Origin origin = new BackupFile.Origin(id(source), Instant.now());
    try (BackupFile.Writer writer = new BackupFile.Writer(to, master, origin)) {
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
    BackupFile.play(to, master, new CopyContents(), new CopyProgress());
    return progress.copied() + " in " + to;
  }

  /**
   * Begins to put a backup in the place of all there is.
   *
   * @param into the name of an empty store
   */
  public String restore(Path from, String into) throws StorageException {
    StoreCandidate target = checkedTarget(into);
    return begin("restoration", progress -> restoreNow(from, target, progress));
  }

  private String restoreNow(Path from, StoreCandidate target, CopyProgress progress)
      throws StorageException, IOException, InterruptedException {
    progress.phase("checking " + from);
    BackupFile.Origin origin =
        BackupFile.play(from, master, new CopyContents(), new CopyProgress());
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
    BackupFile.play(from, master, new CopyTarget.Store(target.store()), progress);
    progress.phase("exchanging the store");
    replacement.with(target, id);
    return progress.copied()
        + " of "
        + origin.time()
        + "; "
        + target.name()
        + " is the active store";
  }

  @Override
  public void close() {
    State now = state;
    if (now instanceof Running running && running.thread() != Thread.currentThread()) {
      running.thread().interrupt();
      try {
        running.thread().join(2_000);
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
