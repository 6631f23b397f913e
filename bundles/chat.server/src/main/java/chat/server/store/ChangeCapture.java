// SPDX-License-Identifier: Apache-2.0
package chat.server.store;

import chat.storage.CellKey;
import chat.storage.Change;
import chat.storage.Change.BlobCommit;
import chat.storage.Change.CellWrite;
import chat.storage.Change.Erasure;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * What was touched since a copy last looked. Only names are kept, not values: the copy reads what
 * is there when it comes by, so that a thing touched often is copied once, and a commit that failed
 * does no harm. May be used from any thread.
 */
public final class ChangeCapture {
  private Touched touched = new Touched();

  /** Where something may be different from what the copy has. */
  public static final class Touched {
    public final Set<Long> streams = new LinkedHashSet<>();
    public final Set<CellKey> cells = new LinkedHashSet<>();
    public final Set<UUID> blobs = new LinkedHashSet<>();
    public final Set<Erasure> erasures = new LinkedHashSet<>();
    public final Set<UUID> drops = new LinkedHashSet<>();

    public int size() {
      return streams.size() + cells.size() + blobs.size() + erasures.size() + drops.size();
    }
  }

  /** Batches that were committed, or failed. */
  public synchronized void touched(List<Change> changes) {
    for (Change change : changes) {
      if (change.entry() != null) {
        touched.streams.add(change.entry().stream());
      }
      change.cells().stream().map(CellWrite::key).forEach(touched.cells::add);
      change.blobs().stream().map(BlobCommit::blob).forEach(touched.blobs::add);
      touched.erasures.addAll(change.erasures());
      touched.drops.addAll(change.drops());
      touched.blobs.addAll(change.drops());
    }
  }

  /** A cell to be looked at again. */
  public synchronized void touched(CellKey cell) {
    touched.cells.add(cell);
  }

  synchronized void touched(UUID blob) {
    touched.blobs.add(blob);
  }

  /** What was touched since the last time. */
  public synchronized Touched take() {
    Touched taken = touched;
    touched = new Touched();
    return taken;
  }
}
