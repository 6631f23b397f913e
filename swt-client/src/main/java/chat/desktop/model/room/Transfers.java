// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.room;

import chat.client.ClientEvent.Transfer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The files that were fetched or sent since the start, by the entry they belong to. The first word
 * of a download can come before its id is known here, so both are kept apart and joined on looking;
 * an upload has the id of its entry from the beginning.
 */
public final class Transfers {
  private final Map<UUID, UUID> transferOfEntry = new HashMap<>();
  private final Map<UUID, UUID> entryOfTransfer = new HashMap<>();
  private final Map<UUID, Transfer> downloads = new HashMap<>();
  private final Map<UUID, Path> targets = new HashMap<>();
  private final Map<UUID, Path> sources = new HashMap<>();

  public void started(UUID entry, UUID transfer, Path target) {
    targets.put(entry, target);
    transferOfEntry.put(entry, transfer);
    entryOfTransfer.put(transfer, entry);
  }

  public void sent(Transfer upload) {
    sources.put(upload.id(), upload.file());
  }

  /** The file of an entry on this computer; null if it is not here. */
  public @Nullable Path localFile(UUID entry) {
    Transfer download = ofEntry(entry);
    return download != null && download.state() instanceof Transfer.Finished
        ? download.file()
        : sources.get(entry);
  }

  public void changed(Transfer transfer) {
    downloads.put(transfer.id(), transfer);
  }

  public @Nullable Transfer ofEntry(UUID entry) {
    UUID transfer = transferOfEntry.get(entry);
    return transfer == null ? null : downloads.get(transfer);
  }

  public @Nullable UUID entryOf(UUID transfer) {
    return entryOfTransfer.get(transfer);
  }

  public @Nullable Path targetOf(UUID entry) {
    return targets.get(entry);
  }
}
