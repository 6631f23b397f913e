// SPDX-License-Identifier: Apache-2.0
package chat.server.copy;

import chat.server.store.ActiveStore;
import chat.server.store.ActiveStore.Current;
import chat.server.store.StoreCall;
import chat.storage.StorageException;
import chat.storage.StorageException.Fenced;
import chat.storage.StoreState;
import java.util.UUID;

/** Reads one store and no other, while people write. */
record LiveSource(ActiveStore active, Current source) implements StoreReplicator.Source {
  @Override
  public <T> T read(StoreCall<T> call) throws StorageException, InterruptedException {
    return active.readFrom(source, call);
  }

  static UUID id(Current current) throws StorageException {
    return current
        .store()
        .state()
        .map(StoreState::id)
        .orElseThrow(() -> new Fenced("the active store has no id"));
  }
}
