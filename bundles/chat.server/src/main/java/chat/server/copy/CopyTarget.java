// SPDX-License-Identifier: Apache-2.0
package chat.server.copy;

import chat.storage.BlobState;
import chat.storage.Cell;
import chat.storage.CellKey;
import chat.storage.ChatStore;
import chat.storage.Part;
import chat.storage.StorageException;
import chat.storage.StreamState;
import java.util.List;
import java.util.UUID;

/** Where a copy goes: another store, or a file. The methods are those of {@link ChatStore}. */
interface CopyTarget {
  StreamState stream(long stream) throws StorageException;

  List<Long> streams(long after, int limit) throws StorageException;

  List<Cell> cells(CellKey after, int limit) throws StorageException;

  List<BlobState> blobs(UUID after, int limit) throws StorageException;

  void restore(Part part) throws StorageException;

  void stage(UUID blob, long offset, byte[] piece) throws StorageException;

  void discard(UUID blob) throws StorageException;

  /** A store that receives. */
  record Store(ChatStore store) implements CopyTarget {
    @Override
    public StreamState stream(long stream) throws StorageException {
      return store.stream(stream);
    }

    @Override
    public List<Long> streams(long after, int limit) throws StorageException {
      return store.streams(after, limit);
    }

    @Override
    public List<Cell> cells(CellKey after, int limit) throws StorageException {
      return store.cells(after, limit);
    }

    @Override
    public List<BlobState> blobs(UUID after, int limit) throws StorageException {
      return store.blobs(after, limit);
    }

    @Override
    public void restore(Part part) throws StorageException {
      store.restore(part);
    }

    @Override
    public void stage(UUID blob, long offset, byte[] piece) throws StorageException {
      store.stage(blob, offset, piece);
    }

    @Override
    public void discard(UUID blob) throws StorageException {
      store.discard(blob);
    }
  }
}
