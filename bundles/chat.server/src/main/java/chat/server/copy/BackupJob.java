// SPDX-License-Identifier: Apache-2.0
package chat.server.copy;

import chat.operations.CopyState;
import chat.server.store.ActiveStore;
import chat.server.store.ActiveStore.Current;
import chat.server.store.ChangeCapture;
import chat.server.store.StoreExchange;
import chat.storage.StorageException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.Supplier;
import javax.crypto.SecretKey;

/** Writes everything into a sealed file, and reads that again. */
record BackupJob(ActiveStore active, StoreExchange exchange, Supplier<SecretKey> master) {
  CopyState.Copied run(Path to, CopyProgress progress)
      throws StorageException, IOException, InterruptedException {
    ChangeCapture tap = new ChangeCapture();
    Current source = active.tap(tap);
    BackupFile.Origin origin = new BackupFile.Origin(LiveSource.id(source), Instant.now());
    SecretKey key = master.get();
    try (BackupFile.Writer writer = new BackupFile.Writer(to, key, origin)) {
      StoreReplicator copier = new StoreReplicator(writer, tap, progress);
      LiveSource live = new LiveSource(active, source);
      copier.plan(live);
      copier.everything(live);
      Cutover.whenLevel(copier, live, progress, last -> exchange.still(Cutover.GATE, last));
      progress.phase("writing to disk");
      writer.finish();
    } finally {
      active.untap();
    }
    progress.phase("reading it again");
    BackupFile.play(to, key, new CopyContents(), new CopyProgress());
    return progress.copied();
  }
}
