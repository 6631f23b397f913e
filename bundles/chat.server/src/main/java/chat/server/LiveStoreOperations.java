// SPDX-License-Identifier: Apache-2.0
package chat.server;

import chat.operations.CopyPlan;
import chat.operations.CopyState;
import chat.operations.CurrentStore;
import chat.operations.OperationException;
import chat.operations.StoreInfo;
import chat.operations.StoreOperations;
import chat.server.copy.CopyJobs;
import chat.server.store.ActiveStore;
import chat.server.store.StoreExchange;
import chat.storage.ChatStore;
import chat.storage.StorageException;
import chat.storage.StoreState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What operators do with the stores; there may be no server at work yet. */
record LiveStoreOperations(ActiveStore store, StoreExchange exchange, CopyJobs copies)
    implements StoreOperations {

  @Override
  public List<StoreInfo> stores() {
    Optional<ActiveStore.Current> current = store.current();
    return store.offers().stream()
        .map(candidate ->
            new StoreInfo(
                candidate.name(),
                candidate.engine(),
                current.map(c -> c.store() == candidate.store()).orElse(false)
                    ? new StoreInfo.Active()
                    : mode(candidate.store()),
                candidate.store().description()))
        .toList();
  }

  private static StoreInfo.Mode mode(ChatStore store) {
    try {
      Optional<StoreState> state = store.state();
      if (state.isEmpty()) {
        return new StoreInfo.Empty();
      }
      return switch (state.get().mode()) {
        case StoreState.Active active -> new StoreInfo.Standby(state.get().generation());
        case StoreState.Retired(var successor) -> new StoreInfo.Retired(successor.id());
        case StoreState.Copying(var source) -> new StoreInfo.UnfinishedCopy(source);
      };
    } catch (StorageException e) {
      return new StoreInfo.Unreadable(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public CurrentStore current() {
    Optional<CurrentStore.Pause> pause =
        store.lastPause().map(last -> new CurrentStore.Pause(last.at(), last.length()));
    Optional<ActiveStore.Current> current = store.current();
    return current.isPresent()
        ? new CurrentStore.InUse(
            current.get().store().description(), current.get().generation(), pause)
        : new CurrentStore.Missing(store.waitingFor(), pause);
  }

  @Override
  public Optional<Duration> takeOver(long fromBundle, long toBundle) throws OperationException {
    copies.checkNoneRuns();
    return WorkingServer.stored(() -> exchange.takeOver(fromBundle, toBundle));
  }

  @Override
  public CopyPlan planMigration(String from, String to) throws OperationException {
    return WorkingServer.stored(() -> copies.dryRun(from, to));
  }

  @Override
  public CopyState migrate(String from, String to) throws OperationException {
    return copies.migrate(from, to);
  }

  @Override
  public CopyState backup(Path file) throws OperationException {
    return copies.backup(file.toAbsolutePath());
  }

  @Override
  public CopyState restore(Path file, String into) throws OperationException {
    return copies.restore(file.toAbsolutePath(), into);
  }

  @Override
  public CopyState copyState() {
    return copies.state();
  }

  @Override
  public CopyState cancelCopy() throws OperationException {
    return copies.cancel();
  }
}
