// SPDX-License-Identifier: Apache-2.0
package chat.storage.memory;

import chat.storage.BlobState;
import chat.storage.Cell;
import chat.storage.CellKey;
import chat.storage.Change;
import chat.storage.ChatStore;
import chat.storage.Envelope;
import chat.storage.Outcome;
import chat.storage.Part;
import chat.storage.Row;
import chat.storage.StorageException;
import chat.storage.StorageException.Damaged;
import chat.storage.StorageException.Fenced;
import chat.storage.StorageException.Unavailable;
import chat.storage.StoreState;
import chat.storage.StoreState.Active;
import chat.storage.StoreState.Copying;
import chat.storage.StoreState.Successor;
import chat.storage.StreamState;
import chat.storage.memory.MemoryDisk.KeptBlob;
import chat.storage.memory.MemoryDisk.KeptCell;
import chat.storage.memory.MemoryDisk.Place;
import chat.storage.memory.MemoryDisk.Stream;
import chat.storage.support.WriteRules;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.locks.Lock;

/**
 * A store on a {@link MemoryDisk}. Each call holds the disk's read or write lock from beginning to
 * end, and so does {@link #close}, which thereby waits for running calls.
 */
public final class MemoryChatStore implements ChatStore {
  private static final int READERS = 4;

  private final MemoryDisk disk;
  private final Pages pages;
  private final InstantSource clock;
  private long generation;
  private boolean receiving;
  private boolean closed;

  public MemoryChatStore(MemoryDisk disk, InstantSource clock) {
    this.disk = disk;
    this.clock = clock;
    this.pages = new Pages(disk);
  }

  @FunctionalInterface
  private interface Call<T> {
    T run() throws StorageException;
  }

  private <T> T read(Call<T> call) throws StorageException {
    return locked(disk.lock.readLock(), call);
  }

  private <T> T write(Call<T> call) throws StorageException {
    return locked(disk.lock.writeLock(), call);
  }

  private <T> T locked(Lock lock, Call<T> call) throws StorageException {
    lock.lock();
    try {
      if (closed) {
        throw new Unavailable("this store object is closed");
      }
      return call.run();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public String description() {
    return "memory (everything is gone when the process ends)";
  }

  @Override
  public int readers() {
    return READERS;
  }

  @Override
  public Optional<StoreState> state() throws StorageException {
    return read(() -> Optional.ofNullable(disk.state));
  }

  @Override
  public void activate(UUID id, long next) throws StorageException {
    write(() -> {
      disk.state = WriteRules.activated(disk.state, id, next);
      generation = next;
      receiving = false;
      return next;
    });
  }

  @Override
  public void retire(Successor successor) throws StorageException {
    write(() -> {
      disk.state = WriteRules.retired(disk.state, successor, generation);
      return successor;
    });
  }

  @Override
  public void receive(UUID id, UUID source) throws StorageException {
    write(() -> {
      disk.state = WriteRules.receiving(disk.state, id, source);
      generation = 0;
      receiving = true;
      return source;
    });
  }

  @Override
  public void restore(Part part) throws StorageException {
    write(() -> {
      if (!isReceiving()) {
        throw new Fenced("this store object does not receive a copy");
      }
      new Restoration(disk).take(part);
      return part;
    });
  }

  private boolean isReceiving() {
    return receiving && disk.state != null && disk.state.mode() instanceof Copying;
  }

  /** Bytes are staged by the one that writes. */
  private void checkStages() throws Fenced {
    if (!isReceiving()) {
      checkActive(generation);
    }
  }

  private void checkActive(long claimed) throws Fenced {
    StoreState state = disk.state;
    if (generation == 0
        || generation != claimed
        || state == null
        || state.generation() != claimed
        || !(state.mode() instanceof Active)) {
      throw new Fenced("this store object is not active in generation " + claimed);
    }
  }

  @Override
  public List<Outcome> commit(long claimed, List<Change> changes) throws StorageException {
    return write(() -> {
      checkActive(claimed);
      Batch batch = new Batch(disk, clock.millis());
      return changes.stream().map(batch::apply).toList();
    });
  }

  @Override
  public StreamState stream(long stream) throws StorageException {
    return read(() -> {
      Stream found = disk.streams.get(stream);
      return found == null
          ? StreamState.EMPTY
          : new StreamState(1, found.rows.size(), found.digest);
    });
  }

  @Override
  public List<Row> after(long stream, long number, int limit) throws StorageException {
    return read(() -> pages.after(stream, number, limit));
  }

  @Override
  public List<Row> before(long stream, long number, int limit) throws StorageException {
    return read(() -> pages.before(stream, number, limit));
  }

  @Override
  public List<Row> before(long stream, int kind, long number, int limit) throws StorageException {
    return read(() -> pages.before(stream, kind, number, limit));
  }

  @Override
  public List<Row> about(long stream, long first, long last, long after, int limit)
      throws StorageException {
    return read(() -> pages.about(stream, first, last, after, limit));
  }

  @Override
  public List<Row> search(long stream, Collection<Long> tokens, long before, int limit)
      throws StorageException {
    return read(() -> pages.search(stream, tokens, before, limit));
  }

  @Override
  public int count(long stream, Set<Integer> kinds, long notBy, long after, int limit)
      throws StorageException {
    return read(() -> pages.count(stream, kinds, notBy, after, limit));
  }

  @Override
  public Optional<Row> find(long author, UUID id) throws StorageException {
    return read(() -> {
      Place place = disk.places.get(new MemoryDisk.EntryId(author, id));
      return Optional.ofNullable(place).map(pages::row);
    });
  }

  private static Cell checked(CellKey key, KeptCell cell) throws Damaged {
    if (cell.checksum() != Envelope.checksum(cell.value())) {
      throw new Damaged("cell " + key + " does not fit its checksum");
    }
    return cell.cell(key);
  }

  @Override
  public Optional<Cell> cell(CellKey key) throws StorageException {
    return read(() -> {
      KeptCell cell = disk.cell(key);
      return cell == null ? Optional.empty() : Optional.of(checked(key, cell));
    });
  }

  @Override
  public List<Cell> cells(String space, String after, int limit) throws StorageException {
    return read(() -> {
      List<Cell> cells = new ArrayList<>();
      addCells(space, disk.space(space).tailMap(after, false), limit, cells);
      return cells;
    });
  }

  @Override
  public long count(String space) throws StorageException {
    return read(() -> (long) disk.space(space).size());
  }

  @Override
  public List<Long> streams(long after, int limit) throws StorageException {
    return read(
        () -> disk.streams.keySet().stream().filter(n -> n > after).sorted().limit(limit).toList());
  }

  @Override
  public List<Cell> cells(CellKey after, int limit) throws StorageException {
    return read(() -> {
      List<Cell> cells = new ArrayList<>();
      for (String space : new TreeSet<>(disk.spaces.keySet()).tailSet(after.space())) {
        boolean begun = space.equals(after.space());
        TreeMap<String, KeptCell> all = disk.space(space);
        addCells(space, begun ? all.tailMap(after.key(), false) : all, limit, cells);
      }
      return cells;
    });
  }

  private static void addCells(
      String space, SortedMap<String, KeptCell> from, int limit, List<Cell> cells) throws Damaged {
    for (Map.Entry<String, KeptCell> cell : from.entrySet()) {
      if (cells.size() == limit) {
        return;
      }
      cells.add(checked(new CellKey(space, cell.getKey()), cell.getValue()));
    }
  }

  @Override
  public List<BlobState> blobs(UUID after, int limit) throws StorageException {
    return read(() -> {
      TreeMap<String, BlobState> blobs = new TreeMap<>();
      disk.staged.forEach(
          (id, bytes) -> blobs.put(id.toString(), new BlobState(id, bytes.length(), false)));
      disk.blobs.forEach(
          (id, blob) -> blobs.put(id.toString(), new BlobState(id, blob.length(), true)));
      return blobs.tailMap(after.toString(), false).values().stream().limit(limit).toList();
    });
  }

  @Override
  public long stage(UUID blob, long offset, byte[] piece) throws StorageException {
    return write(() -> {
      checkStages();
      if (disk.blobs.containsKey(blob)) {
        throw new Fenced("blob " + blob + " is committed");
      }
      StagedBytes staged = disk.staged.getOrDefault(blob, new StagedBytes());
      if (offset < 0 || offset > staged.length()) {
        throw new IllegalArgumentException(
            "offset " + offset + " is not within the staged " + staged.length() + " bytes");
      }
      staged.put((int) offset, piece);
      disk.staged.put(blob, staged);
      return (long) staged.length();
    });
  }

  @Override
  public long length(UUID blob) throws StorageException {
    return read(() -> {
      KeptBlob kept = disk.blobs.get(blob);
      if (kept != null) {
        return kept.length();
      }
      StagedBytes staged = disk.staged.get(blob);
      return staged == null ? 0L : (long) staged.length();
    });
  }

  @Override
  public void discard(UUID blob) throws StorageException {
    write(() -> {
      checkStages();
      return Optional.ofNullable(disk.staged.remove(blob));
    });
  }

  @Override
  public byte[] blob(UUID blob, long offset, int length) throws StorageException {
    return read(() -> {
      byte[] bytes = bytes(blob);
      int from = (int) Math.min(offset, bytes.length);
      return Arrays.copyOfRange(bytes, from, Math.min(from + length, bytes.length));
    });
  }

  private byte[] bytes(UUID blob) throws Damaged {
    KeptBlob kept = disk.blobs.get(blob);
    if (kept != null) {
      byte[] bytes = kept.bytes();
      if (bytes == null || bytes.length != kept.length()) {
        throw new Damaged("blob " + blob + " has lost bytes");
      }
      return bytes;
    }
    StagedBytes staged = disk.staged.get(blob);
    return staged == null ? new byte[0] : staged.copy();
  }

  @Override
  public void close() {
    disk.lock.writeLock().lock();
    closed = true;
    disk.lock.writeLock().unlock();
  }
}
