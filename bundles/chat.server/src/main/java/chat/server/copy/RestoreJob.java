// SPDX-License-Identifier: Apache-2.0
package chat.server.copy;

import chat.operations.CopyState;
import chat.server.store.ActiveStore.StoreCandidate;
import chat.storage.CellKey;
import chat.storage.StorageException;
import chat.storage.StoreState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Supplier;
import javax.crypto.SecretKey;

/** Puts what is in a backup into an empty store, and that in the place of the current one. */
record RestoreJob(Supplier<SecretKey> master, StoreReplacement replacement) {
  CopyState.Copied run(Path from, StoreCandidate target, CopyProgress progress)
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
}
