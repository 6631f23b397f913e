// SPDX-License-Identifier: Apache-2.0
package chat.server;

import chat.server.base.MasterKey;
import chat.server.base.SealException;
import chat.server.base.Seals;
import chat.server.room.Directory;
import chat.server.store.ActiveStore;
import chat.storage.ChatStore;
import chat.storage.StorageException;
import java.time.Duration;

/** What the server has of the store in memory, to begin with. */
record Loaded(Seals seals, Directory directory, int readers) {
  static final Duration FOREVER = Duration.ofDays(365);

  /** Waits for a store, and reads what must be in memory. */
  static Loaded read(ActiveStore store, MasterKey masterKey)
      throws StorageException, InterruptedException {
    return store.read(
        FOREVER,
        (open, generation) -> {
          Seals seals = seals(masterKey, open, generation);
          return new Loaded(seals, Directory.load(open, generation, seals), open.readers());
        });
  }

  static Seals seals(MasterKey masterKey, ChatStore store, long generation)
      throws StorageException {
    try {
      return new Seals(masterKey, store, generation);
    } catch (SealException e) {
      throw new StorageException.Unusable(String.valueOf(e.getMessage()), e);
    }
  }
}
