// SPDX-License-Identifier: Apache-2.0
package chat.storage.memory;

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

/** Does what another store does; a broken store changes one thing of it. */
class ForwardingStore implements ChatStore {
  final ChatStore good;

  ForwardingStore(ChatStore good) {
    this.good = good;
  }

  @Override
  public String description() {
    return good.description();
  }

  @Override
  public int readers() {
    return good.readers();
  }

  @Override
  public Optional<StoreState> state() throws StorageException {
    return good.state();
  }

  @Override
  public void activate(UUID id, long generation) throws StorageException {
    good.activate(id, generation);
  }

  @Override
  public void retire(StoreState.Successor successor) throws StorageException {
    good.retire(successor);
  }

  @Override
  public void receive(UUID id, UUID source) throws StorageException {
    good.receive(id, source);
  }

  @Override
  public void restore(Part part) throws StorageException {
    good.restore(part);
  }

  @Override
  public List<Outcome> commit(long generation, List<Change> changes) throws StorageException {
    return good.commit(generation, changes);
  }

  @Override
  public StreamState stream(long stream) throws StorageException {
    return good.stream(stream);
  }

  @Override
  public List<Row> after(long stream, long number, int limit) throws StorageException {
    return good.after(stream, number, limit);
  }

  @Override
  public List<Row> before(long stream, long number, int limit) throws StorageException {
    return good.before(stream, number, limit);
  }

  @Override
  public List<Row> before(long stream, int kind, long number, int limit) throws StorageException {
    return good.before(stream, kind, number, limit);
  }

  @Override
  public List<Row> about(long stream, long first, long last, long after, int limit)
      throws StorageException {
    return good.about(stream, first, last, after, limit);
  }

  @Override
  public List<Row> search(long stream, Collection<Long> tokens, long before, int limit)
      throws StorageException {
    return good.search(stream, tokens, before, limit);
  }

  @Override
  public int count(long stream, Set<Integer> kinds, long notBy, long after, int limit)
      throws StorageException {
    return good.count(stream, kinds, notBy, after, limit);
  }

  @Override
  public Optional<Row> find(long author, UUID id) throws StorageException {
    return good.find(author, id);
  }

  @Override
  public Optional<Cell> cell(CellKey key) throws StorageException {
    return good.cell(key);
  }

  @Override
  public List<Cell> cells(String space, String after, int limit) throws StorageException {
    return good.cells(space, after, limit);
  }

  @Override
  public List<Long> streams(long after, int limit) throws StorageException {
    return good.streams(after, limit);
  }

  @Override
  public List<Cell> cells(CellKey after, int limit) throws StorageException {
    return good.cells(after, limit);
  }

  @Override
  public List<BlobState> blobs(UUID after, int limit) throws StorageException {
    return good.blobs(after, limit);
  }

  @Override
  public long count(String space) throws StorageException {
    return good.count(space);
  }

  @Override
  public long stage(UUID blob, long offset, byte[] piece) throws StorageException {
    return good.stage(blob, offset, piece);
  }

  @Override
  public long length(UUID blob) throws StorageException {
    return good.length(blob);
  }

  @Override
  public void discard(UUID blob) throws StorageException {
    good.discard(blob);
  }

  @Override
  public byte[] blob(UUID blob, long offset, int length) throws StorageException {
    return good.blob(blob, offset, length);
  }

  @Override
  public void close() {
    good.close();
  }
}
