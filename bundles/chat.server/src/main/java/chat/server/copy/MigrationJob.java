// SPDX-License-Identifier: Apache-2.0
package chat.server.copy;

import chat.operations.CopyPlan;
import chat.operations.CopyState;
import chat.server.store.ActiveStore;
import chat.server.store.ActiveStore.Current;
import chat.server.store.ActiveStore.StoreCandidate;
import chat.server.store.ChangeCapture;
import chat.server.store.StoreExchange;
import chat.storage.StorageException;
import chat.storage.StoreState;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies one store into another, which then takes over.
 *
 * @param file where it is kept between the beginning and the end
 */
record MigrationJob(ActiveStore active, StoreExchange exchange, MigrationFile file) {
  private static final Logger LOG = LoggerFactory.getLogger(MigrationJob.class);

  /** What a migration would have to do; nothing is changed. */
  CopyPlan dryRun(StoreCandidate target) throws StorageException, InterruptedException {
    CopyProgress progress = new CopyProgress();
    ChangeCapture tap = new ChangeCapture();
    Current source = active.tap(tap);
    try {
      checkedId(source, target);
      StoreReplicator copier =
          new StoreReplicator(new CopyTarget.Store(target.store()), tap, progress);
      copier.plan(new LiveSource(active, source));
    } finally {
      active.untap();
    }
    return new CopyPlan(
        source.store().description(),
        target.store().description(),
        progress.entriesPlanned(),
        progress.fileBytesPlanned());
  }

  CopyState.Copied run(StoreCandidate target, CopyProgress progress)
      throws StorageException, IOException, InterruptedException {
    ChangeCapture tap = new ChangeCapture();
    Current source = active.tap(tap);
    try {
      UUID sourceId = LiveSource.id(source);
      UUID targetId = checkedId(source, target);
      // fault-point: migration-settle
      settle(source, target, targetId);
      file.write(new MigrationFile.Begun(sourceId, targetId, target.name()));
      // fault-point: migration-receive
      target.store().receive(targetId, sourceId);
      StoreReplicator copier =
          new StoreReplicator(new CopyTarget.Store(target.store()), tap, progress);
      LiveSource live = new LiveSource(active, source);
      copier.plan(live);
      copier.everything(live);
      Cutover.whenLevel(
          copier, live, progress, last -> exchange.handOver(target, targetId, Cutover.GATE, last));
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
          && begun.get().source().equals(LiveSource.id(source));
    } catch (IOException e) {
      throw new StorageException.Unavailable(String.valueOf(e.getMessage()), e);
    }
  }

  /** A crash came between the activation of the copy and the retirement of the store. */
  private static void settle(Current source, StoreCandidate target, UUID targetId)
      throws StorageException {
    Optional<StoreState> state = target.store().state();
    if (state.isPresent() && state.get().mode() instanceof StoreState.Active) {
      target.store().retire(new StoreState.Successor(LiveSource.id(source), source.generation()));
      LOG.info("Store {} had been activated and never used", targetId);
    }
  }
}
