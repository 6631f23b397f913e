// SPDX-License-Identifier: Apache-2.0
package chat.server.copy;

import chat.server.store.ActiveStore.StoreCandidate;
import chat.storage.StorageException;
import java.io.IOException;
import java.util.UUID;

/** Puts another store in the place of the current one, with other data in it. */
@FunctionalInterface
public interface StoreReplacement {
  void with(StoreCandidate store, UUID id)
      throws StorageException, IOException, InterruptedException;
}
