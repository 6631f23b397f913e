// SPDX-License-Identifier: Apache-2.0
package chat.storage.plain;

import chat.storage.BlobState;
import chat.storage.Cell;
import chat.storage.CellKey;
import chat.storage.Change;
import chat.storage.Change.BlobCommit;
import chat.storage.ChatStore;
import chat.storage.Envelope;
import chat.storage.Outcome;
import chat.storage.Part;
import chat.storage.Row;
import chat.storage.StorageException;
import chat.storage.StorageException.Fenced;
import chat.storage.StorageException.Unavailable;
import chat.storage.StoreState;
import chat.storage.StoreState.Active;
import chat.storage.StoreState.Copying;
import chat.storage.StoreState.Retired;
import chat.storage.StoreState.Successor;
import chat.storage.StreamState;
import chat.storage.plain.Index.EntryId;
import chat.storage.plain.Index.Kept;
import chat.storage.plain.Index.KeptCell;
import chat.storage.plain.LogRecord.Identity;
import chat.storage.plain.LogRecord.Put;
import chat.storage.plain.LogRecord.Remove;
import chat.storage.plain.LogRecord.StreamEnd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A store in a folder. Every call holds this object's monitor and begins by reading what the log
 * got meanwhile, maybe from another object; a call that writes holds the folder's lock too.
 */
public final class PlainChatStore implements ChatStore {
  private static final Duration STAGED_FOR = Duration.ofHours(24);

  private final Path folder;
  private final InstantSource clock;
  private final Log log;
  private final Blobs blobs;
  private Index index = new Index();
  private long generation;
  private boolean receives;
  private boolean closed;

  private PlainChatStore(Path folder, InstantSource clock) {
    this.folder = folder;
    this.clock = clock;
    log = new Log(folder);
    blobs = new Blobs(folder);
  }

  /**
   * Opens the store in a folder, which is new if nothing is there.
   *
   * @throws StorageException.Unusable if what is there is damaged, of a newer program or foreign
   */
  public static PlainChatStore open(Path folder, InstantSource clock) throws StorageException {
    PlainChatStore store = new PlainChatStore(folder, clock);
    store.state();
    return store;
  }

  @Override
  public String description() {
    return "plain files in " + folder;
  }

  @Override
  public int readers() {
    return 1;
  }

  @FunctionalInterface
  private interface Call<T> {
    T run() throws IOException, StorageException;
  }

  private synchronized <T> T read(Call<T> call) throws StorageException {
    if (closed) {
      throw new Unavailable("this store object is closed");
    }
    try {
      index = log.follow(index);
      return call.run();
    } catch (IOException e) {
      throw new Unavailable(folder + " can't be used: " + e.getMessage(), e);
    }
  }

  private synchronized <T> T locked(Call<T> call) throws StorageException {
    if (closed) {
      throw new Unavailable("this store object is closed");
    }
    try (FolderLock lock = FolderLock.take(folder)) {
      return read(call);
    } catch (IOException e) {
      throw new Unavailable(folder + " can't be locked: " + e.getMessage(), e);
    }
  }

  @FunctionalInterface
  private interface Write<T> {
    T to(Batch batch) throws IOException, StorageException;
  }

  private <T> T write(Write<T> write) throws StorageException {
    return locked(() -> {
      Batch batch = new Batch(index, blobs);
      boolean done = false;
      try {
        T answer = write.to(batch);
        batch.write(log);
        done = true;
        return answer;
      } finally {
        if (!done) {
          index = new Index();
          log.close();
        }
      }
    });
  }

  @Override
  public Optional<StoreState> state() throws StorageException {
    return read(() -> Optional.ofNullable(index.state));
  }

  @Override
  public void activate(UUID id, long next) throws StorageException {
    write(batch -> {
      StoreState state = index.state;
      if (state != null
          && (!state.id().equals(id)
              || state.mode() instanceof Retired
              || state.generation() >= next)) {
        throw new Fenced("this store is " + state + ", not " + id + " before " + next);
      }
      batch.add(new Identity(new StoreState(id, next, new Active())));
      return next;
    });
    generation = next;
    receives = false;
    locked(() -> {
      blobs.removeMarked(index.blobs::containsKey);
      blobs.sweep(clock.instant().minus(STAGED_FOR), index.blobs::containsKey);
      return next;
    });
  }

  @Override
  public void retire(Successor successor) throws StorageException {
    write(batch -> {
      StoreState state = index.state;
      if (state == null) {
        throw new Fenced("this store was never active");
      }
      Retired retired = new Retired(successor);
      boolean may =
          switch (state.mode()) {
            case Active() -> generation == 0 || generation == state.generation();
            case Retired before -> before.equals(retired);
            case Copying copying -> false;
          };
      if (!may) {
        throw new Fenced("this store is " + state + " and can't be retired here");
      }
      batch.add(new Identity(new StoreState(state.id(), state.generation(), retired)));
      return retired;
    });
  }

  @Override
  public void receive(UUID id, UUID source) throws StorageException {
    write(batch -> {
      StoreState state = index.state;
      if (state != null && (!state.id().equals(id) || state.mode() instanceof Active)) {
        throw new Fenced("this store is " + state + " and can't be a copy under " + id);
      }
      long before = state == null ? 0 : state.generation();
      batch.add(new Identity(new StoreState(id, before, new Copying(source))));
      return source;
    });
    generation = 0;
    receives = true;
  }

  @Override
  public List<Outcome> commit(long claimed, List<Change> changes) throws StorageException {
    return write(batch -> {
      checkActive(claimed);
      Ruling ruling = new Ruling(batch, index, clock.millis());
      List<Outcome> outcomes = new ArrayList<>();
      for (Change change : changes) {
        outcomes.add(ruling.on(change));
      }
      return outcomes;
    });
  }

  @Override
  public void restore(Part part) throws StorageException {
    write(batch -> {
      checkReceives();
      for (Row.Entry entry : part.entries()) {
        Envelope envelope = entry.envelope();
        if (envelope.number() != index.streamEnd(envelope.stream()).head() + 1) {
          throw new IllegalArgumentException(envelope + " is not the next one of its stream");
        }
        batch.append(envelope, entry.body(), entry.tokens());
      }
      part.erasures().forEach(batch::erase);
      part.cells().forEach(cell -> batch.add(new Put(cell)));
      part.removals().forEach(key -> batch.add(new Remove(key)));
      for (UUID blob : part.drops()) {
        batch.drop(blob);
      }
      for (BlobCommit blob : part.blobs()) {
        if (!batch.isWhole(blob, List.of())) {
          throw new IllegalArgumentException(blob + " is not staged in full length");
        }
        batch.keep(blob);
      }
      return part;
    });
  }

  private void checkReceives() throws Fenced {
    if (!receives || index.state == null || !(index.state.mode() instanceof Copying)) {
      throw new Fenced("this store object does not receive a copy");
    }
  }

  private void checkActive(long claimed) throws Fenced {
    StoreState state = index.state;
    if (claimed == 0
        || claimed != generation
        || state == null
        || state.generation() != claimed
        || !(state.mode() instanceof Active)) {
      throw new Fenced("this store object is not active in generation " + claimed);
    }
  }

  @Override
  public StreamState stream(long stream) throws StorageException {
    return read(() -> {
      StreamEnd end = index.streamEnd(stream);
      return new StreamState(1, end.head(), end.digest());
    });
  }

  private Pages pages() {
    return new Pages(index, log, blobs);
  }

  @Override
  public List<Row> after(long stream, long number, int limit) throws StorageException {
    Pages.checkLimit(limit);
    return read(() -> pages().after(stream, number, limit));
  }

  @Override
  public List<Row> before(long stream, long number, int limit) throws StorageException {
    Pages.checkLimit(limit);
    return read(() -> pages().before(stream, number, limit));
  }

  @Override
  public List<Row> before(long stream, int kind, long number, int limit) throws StorageException {
    Pages.checkLimit(limit);
    return read(() -> pages().before(stream, kind, number, limit));
  }

  @Override
  public List<Row> about(long stream, long first, long last, long after, int limit)
      throws StorageException {
    Pages.checkLimit(limit);
    return read(() -> pages().about(stream, first, last, after, limit));
  }

  @Override
  public List<Row> search(long stream, Collection<Long> tokens, long before, int limit)
      throws StorageException {
    Pages.checkLimit(limit);
    if (tokens.isEmpty() || tokens.size() > MAX_SEARCHED) {
      throw new IllegalArgumentException(
          tokens.size() + " tokens are not within 1 and " + MAX_SEARCHED);
    }
    return read(() -> pages().search(stream, tokens, before, limit));
  }

  @Override
  public int count(long stream, Set<Integer> kinds, long notBy, long after, int limit)
      throws StorageException {
    if (limit < 1) {
      throw new IllegalArgumentException("nothing is counted up to " + limit);
    }
    return read(() -> pages().count(stream, kinds, notBy, after, limit));
  }

  @Override
  public Optional<Row> find(long author, UUID id) throws StorageException {
    return read(() -> {
      Kept kept = index.entries.get(new EntryId(author, id));
      return kept == null ? Optional.empty() : Optional.of(log.row(kept));
    });
  }

  @Override
  public Optional<Cell> cell(CellKey key) throws StorageException {
    return read(() -> {
      KeptCell kept = index.cells.get(key);
      return kept == null ? Optional.empty() : Optional.of(kept.checked());
    });
  }

  @Override
  public List<Cell> cells(String space, String after, int limit) throws StorageException {
    Pages.checkLimit(limit);
    return read(() -> pages().cells(space, after, limit));
  }

  @Override
  public List<Cell> cells(CellKey after, int limit) throws StorageException {
    Pages.checkLimit(limit);
    return read(() -> pages().cells(after, limit));
  }

  @Override
  public long count(String space) throws StorageException {
    return read(() -> (long) pages().space(space).size());
  }

  @Override
  public List<Long> streams(long after, int limit) throws StorageException {
    Pages.checkLimit(limit);
    return read(() -> pages().streams(after, limit));
  }

  @Override
  public List<BlobState> blobs(UUID after, int limit) throws StorageException {
    Pages.checkLimit(limit);
    return read(() -> pages().blobs(after, limit));
  }

  private void checkMayStage() throws Fenced {
    if (receives) {
      checkReceives();
    } else {
      checkActive(generation);
    }
  }

  @Override
  public long stage(UUID blob, long offset, byte[] piece) throws StorageException {
    if (piece.length > MAX_PIECE) {
      throw new IllegalArgumentException("a piece has at most " + MAX_PIECE + " bytes");
    }
    return locked(() -> {
      checkMayStage();
      if (index.blobs.containsKey(blob.toString())) {
        throw new Fenced("blob " + blob + " is committed");
      }
      return blobs.stage(blob, offset, piece);
    });
  }

  @Override
  public void discard(UUID blob) throws StorageException {
    locked(() -> {
      checkMayStage();
      if (!index.blobs.containsKey(blob.toString())) {
        blobs.discard(blob);
      }
      return blob;
    });
  }

  @Override
  public long length(UUID blob) throws StorageException {
    return read(() -> {
      Long committed = index.blobs.get(blob.toString());
      return committed == null ? blobs.length(blob) : committed;
    });
  }

  @Override
  public byte[] blob(UUID blob, long offset, int length) throws StorageException {
    if (offset < 0 || length < 0 || length > MAX_PIECE) {
      throw new IllegalArgumentException("no range of a blob: " + offset + ", " + length);
    }
    return read(() -> {
      Long committed = index.blobs.get(blob.toString());
      if (committed != null) {
        blobs.checkLength(blob, committed);
      }
      return blobs.read(blob, offset, length);
    });
  }

  @Override
  public synchronized void close() {
    closed = true;
    try {
      log.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
