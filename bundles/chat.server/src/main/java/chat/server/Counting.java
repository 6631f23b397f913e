package chat.server;

import chat.server.ActiveStore.Offer;
import chat.storage.BlobState;
import chat.storage.Cell;
import chat.storage.CellKey;
import chat.storage.Part;
import chat.storage.StorageException;
import chat.storage.StreamState;
import java.util.List;
import java.util.UUID;

/** Counts what goes into a store. */
record Counting(CopyTarget target, CopyProgress progress) implements CopyTarget {

  Counting(Offer offer, CopyProgress progress) {
    this(new CopyTarget.Store(offer.store()), progress);
  }

  @Override
  public StreamState stream(long stream) throws StorageException {
    return target.stream(stream);
  }

  @Override
  public List<Long> streams(long after, int limit) throws StorageException {
    return target.streams(after, limit);
  }

  @Override
  public List<Cell> cells(CellKey after, int limit) throws StorageException {
    return target.cells(after, limit);
  }

  @Override
  public List<BlobState> blobs(UUID after, int limit) throws StorageException {
    return target.blobs(after, limit);
  }

  @Override
  public void restore(Part part) throws StorageException {
    target.restore(part);
    progress.entries(part.entries().size());
    progress.cells(part.cells().size());
  }

  @Override
  public void stage(UUID blob, long offset, byte[] piece) throws StorageException {
    target.stage(blob, offset, piece);
    progress.bytes(piece.length);
  }

  @Override
  public void discard(UUID blob) throws StorageException {
    target.discard(blob);
  }
}
