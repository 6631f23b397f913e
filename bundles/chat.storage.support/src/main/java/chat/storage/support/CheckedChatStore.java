// SPDX-License-Identifier: Apache-2.0
package chat.storage.support;

import chat.storage.BlobState;
import chat.storage.Cell;
import chat.storage.CellKey;
import chat.storage.Change;
import chat.storage.ChatStore;
import chat.storage.Outcome;
import chat.storage.Part;
import chat.storage.Row;
import chat.storage.StorageException;
import chat.storage.StoreState;
import chat.storage.StreamState;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A store that is asked for no more than the contract allows; anything else is the caller's fault.
 */
public record CheckedChatStore(ChatStore store) implements ChatStore {
  private static void checkLimit(int limit) {
    if (limit < 0 || limit > MAX_ROWS) {
      throw new IllegalArgumentException("limit " + limit + " is not within 0 and " + MAX_ROWS);
    }
  }

  @Override
  public String description() {
    return store.description();
  }

  @Override
  public int readers() {
    return store.readers();
  }

  @Override
  public Optional<StoreState> state() throws StorageException {
    return store.state();
  }

  @Override
  public void activate(UUID id, long generation) throws StorageException {
    store.activate(id, generation);
  }

  @Override
  public void retire(StoreState.Successor successor) throws StorageException {
    store.retire(successor);
  }

  @Override
  public void receive(UUID id, UUID source) throws StorageException {
    store.receive(id, source);
  }

  @Override
  public void restore(Part part) throws StorageException {
    store.restore(part);
  }

  @Override
  public List<Outcome> commit(long generation, List<Change> changes) throws StorageException {
    return store.commit(generation, changes);
  }

  @Override
  public StreamState stream(long stream) throws StorageException {
    return store.stream(stream);
  }

  @Override
  public List<Row> after(long stream, long number, int limit) throws StorageException {
    checkLimit(limit);
    return store.after(stream, number, limit);
  }

  @Override
  public List<Row> before(long stream, long number, int limit) throws StorageException {
    checkLimit(limit);
    return store.before(stream, number, limit);
  }

  @Override
  public List<Row> before(long stream, int kind, long number, int limit) throws StorageException {
    checkLimit(limit);
    return store.before(stream, kind, number, limit);
  }

  @Override
  public List<Row> about(long stream, long first, long last, long after, int limit)
      throws StorageException {
    checkLimit(limit);
    return store.about(stream, first, last, after, limit);
  }

  @Override
  public List<Row> search(long stream, Collection<Long> tokens, long before, int limit)
      throws StorageException {
    checkLimit(limit);
    if (tokens.isEmpty() || tokens.size() > MAX_SEARCHED) {
      throw new IllegalArgumentException(
          tokens.size() + " tokens are not within 1 and " + MAX_SEARCHED);
    }
    return store.search(stream, tokens, before, limit);
  }

  @Override
  public int count(long stream, Set<Integer> kinds, long notBy, long after, int limit)
      throws StorageException {
    if (limit < 1) {
      throw new IllegalArgumentException("nothing is counted up to " + limit);
    }
    return store.count(stream, kinds, notBy, after, limit);
  }

  @Override
  public Optional<Row> find(long author, UUID id) throws StorageException {
    return store.find(author, id);
  }

  @Override
  public Optional<Cell> cell(CellKey key) throws StorageException {
    return store.cell(key);
  }

  @Override
  public List<Cell> cells(String space, String after, int limit) throws StorageException {
    checkLimit(limit);
    return store.cells(space, after, limit);
  }

  @Override
  public long count(String space) throws StorageException {
    return store.count(space);
  }

  @Override
  public List<Long> streams(long after, int limit) throws StorageException {
    checkLimit(limit);
    return store.streams(after, limit);
  }

  @Override
  public List<Cell> cells(CellKey after, int limit) throws StorageException {
    checkLimit(limit);
    return store.cells(after, limit);
  }

  @Override
  public List<BlobState> blobs(UUID after, int limit) throws StorageException {
    checkLimit(limit);
    return store.blobs(after, limit);
  }

  @Override
  public long stage(UUID blob, long offset, byte[] piece) throws StorageException {
    if (piece.length > MAX_PIECE) {
      throw new IllegalArgumentException("a piece has at most " + MAX_PIECE + " bytes");
    }
    return store.stage(blob, offset, piece);
  }

  @Override
  public long length(UUID blob) throws StorageException {
    return store.length(blob);
  }

  @Override
  public void discard(UUID blob) throws StorageException {
    store.discard(blob);
  }

  @Override
  public byte[] blob(UUID blob, long offset, int length) throws StorageException {
    if (offset < 0 || length < 0 || length > MAX_PIECE) {
      throw new IllegalArgumentException("no range of a blob: " + offset + ", " + length);
    }
    return store.blob(blob, offset, length);
  }

  @Override
  public void close() {
    store.close();
  }
}
