// SPDX-License-Identifier: Apache-2.0
package chat.server.copy;

import chat.storage.BlobState;
import chat.storage.Cell;
import chat.storage.CellKey;
import chat.storage.Change.BlobCommit;
import chat.storage.Part;
import chat.storage.Row;
import chat.storage.StorageException;
import chat.storage.StorageException.Damaged;
import chat.storage.StreamState;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What a copy holds, without the copy itself: the ends of its streams and the lengths of its blobs.
 * Anything that does not follow from what came before is refused. Used by one thread.
 */
class CopyContents implements CopyTarget {
  private final TreeMap<Long, StreamState> streams = new TreeMap<>();
  private final TreeMap<String, BlobState> blobs = new TreeMap<>();

  @Override
  public StreamState stream(long stream) {
    return streams.getOrDefault(stream, StreamState.EMPTY);
  }

  @Override
  public List<Long> streams(long after, int limit) {
    return streams.tailMap(after, false).keySet().stream().limit(limit).toList();
  }

  /** Which cells there are is not remembered: a copy into a file begins with none. */
  @Override
  public List<Cell> cells(CellKey after, int limit) {
    return List.of();
  }

  @Override
  public List<BlobState> blobs(UUID after, int limit) {
    return blobs.tailMap(after.toString(), false).values().stream().limit(limit).toList();
  }

  @Override
  public void restore(Part part) throws StorageException {
    for (Row.Entry entry : part.entries()) {
      StreamState before = stream(entry.envelope().stream());
      if (entry.number() != before.head() + 1) {
        throw new Damaged(entry.envelope() + " does not follow number " + before.head());
      }
      streams.put(
          entry.envelope().stream(),
          new StreamState(1, entry.number(), before.digest().with(entry.envelope())));
    }
    part.drops().forEach(this::drop);
    for (BlobCommit blob : part.blobs()) {
      if (length(blob.blob()) != blob.length()) {
        throw new Damaged("blob " + blob.blob() + " is not there in full length");
      }
      put(blob.blob(), blob.length(), true);
    }
  }

  @Override
  public void stage(UUID blob, long offset, byte[] piece) throws StorageException {
    if (offset > length(blob)) {
      throw new Damaged("a piece of blob " + blob + " is missing before " + offset);
    }
    put(blob, offset + piece.length, false);
  }

  @Override
  public void discard(UUID blob) throws StorageException {
    blobs.remove(blob.toString());
  }

  private void drop(UUID blob) {
    blobs.computeIfPresent(blob.toString(), (name, known) -> known.committed() ? null : known);
  }

  private long length(UUID blob) {
    BlobState known = blobs.get(blob.toString());
    return known == null ? 0 : known.length();
  }

  private void put(UUID blob, long length, boolean committed) {
    blobs.put(blob.toString(), new BlobState(blob, length, committed));
  }

  /** The ends of all streams. */
  Map<Long, StreamState> ends() {
    return Map.copyOf(streams);
  }
}
