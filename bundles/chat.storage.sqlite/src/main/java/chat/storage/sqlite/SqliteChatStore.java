// SPDX-License-Identifier: Apache-2.0
package chat.storage.sqlite;

import chat.storage.BlobState;
import chat.storage.Cell;
import chat.storage.CellKey;
import chat.storage.Change;
import chat.storage.ChatStore;
import chat.storage.Outcome;
import chat.storage.Part;
import chat.storage.Row;
import chat.storage.StorageException;
import chat.storage.StorageException.Damaged;
import chat.storage.StorageException.Fenced;
import chat.storage.StorageException.Unavailable;
import chat.storage.StoreState;
import chat.storage.StoreState.Successor;
import chat.storage.StreamState;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store in one folder: a SQLite file and blobs beside it.
 *
 * <p>Writes go through one {@link Writer}, reads through a fixed number of {@link Readers}; in
 * write-ahead mode neither waits for the other. Every call passes the {@link AccessGuard}, which
 * close shuts before it takes the rest apart: checkpoints, readers, and last the writer, which then
 * folds the log into the file.
 */
public final class SqliteChatStore implements ChatStore {
  private static final Logger LOG = LoggerFactory.getLogger(SqliteChatStore.class);
  private static final long CLOSE_MILLIS = 10_000;

  private final Database database;
  private final InstantSource clock;
  private final Gate gate = new Gate();
  private final Blobs blobs;
  private final Readers readers;
  private final Writer writer;
  private volatile @Nullable Checkpoints checkpoints;

  SqliteChatStore(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
    blobs = new Blobs(database.folder());
    readers = new Readers(database, Math.max(1, Runtime.getRuntime().availableProcessors() - 1));
    writer = new Writer(database, blobs, clock);
  }

  /**
   * Opens the store in a folder, which is new if nothing is there.
   *
   * @throws StorageException.Unusable if what is there is damaged, of a newer program or foreign
   */
  public static SqliteChatStore open(Path folder, InstantSource clock) throws StorageException {
    Database database = new Database(folder.toAbsolutePath());
    // fault-point: store-open
    new FirstLook(database).check();
    return new SqliteChatStore(database, clock);
  }

  @Override
  public String description() {
    return "SQLite " + org.sqlite.SQLiteJDBCLoader.getVersion() + " in " + database.file();
  }

  @Override
  public int readers() {
    return readers.count();
  }

  private <T> T read(T ifEmpty, Readers.Read<T> read) throws StorageException {
    try (Gate.Visit visit = gate.enter()) {
      return readers.read(ifEmpty, read);
    }
  }

  /** A read of entries. */
  @FunctionalInterface
  private interface RowsRead<T> {
    T on(Rows rows) throws SQLException, StorageException;
  }

  /** Entries of an earlier data version lack columns until they are brought up to date. */
  private <T> T readRows(T ifEmpty, RowsRead<T> read) throws StorageException {
    return read(
        ifEmpty,
        link -> {
          if (Schema.version(link, database) < Schema.VERSION) {
            throw new Unavailable(
                database.file() + " is of an older program; it can be read once it was activated");
          }
          return read.on(new Rows(link));
        });
  }

  @Override
  public Optional<StoreState> state() throws StorageException {
    return read(Optional.empty(), link -> Optional.ofNullable(new Identity(link).state()));
  }

  @Override
  public void activate(UUID id, long generation) throws StorageException {
    try (Gate.Visit visit = gate.enter()) {
      writer.activate(id, generation);
      checkpoints().sweep(blobs, clock.instant());
    }
  }

  @Override
  public void retire(Successor successor) throws StorageException {
    try (Gate.Visit visit = gate.enter()) {
      writer.retire(successor);
    }
  }

  @Override
  public void receive(UUID id, UUID source) throws StorageException {
    try (Gate.Visit visit = gate.enter()) {
      writer.receive(id, source);
      checkpoints();
    }
  }

  @Override
  public void restore(Part part) throws StorageException {
    try (Gate.Visit visit = gate.enter()) {
      writer.restore(part);
    }
  }

  private Checkpoints checkpoints() {
    Checkpoints running = checkpoints;
    if (running == null) {
      running = new Checkpoints(database, writer);
      checkpoints = running;
    }
    return running;
  }

  @Override
  public List<Outcome> commit(long generation, List<Change> changes) throws StorageException {
    try (Gate.Visit visit = gate.enter()) {
      return writer.commit(generation, changes);
    }
  }

  @Override
  public StreamState stream(long stream) throws StorageException {
    return read(StreamState.EMPTY, link -> new Rows(link).head(stream).state());
  }

  @Override
  public List<Row> after(long stream, long number, int limit) throws StorageException {
    return readRows(List.of(), rows -> rows.after(stream, number, limit));
  }

  @Override
  public List<Row> before(long stream, long number, int limit) throws StorageException {
    return readRows(List.of(), rows -> rows.before(stream, number, limit));
  }

  @Override
  public List<Row> before(long stream, int kind, long number, int limit) throws StorageException {
    return readRows(List.of(), rows -> rows.before(stream, kind, number, limit));
  }

  @Override
  public List<Row> about(long stream, long first, long last, long after, int limit)
      throws StorageException {
    return readRows(List.of(), rows -> rows.about(stream, first, last, after, limit));
  }

  @Override
  public List<Row> search(long stream, Collection<Long> tokens, long before, int limit)
      throws StorageException {
    return readRows(List.of(), rows -> rows.search(stream, tokens, before, limit));
  }

  @Override
  public int count(long stream, Set<Integer> kinds, long notBy, long after, int limit)
      throws StorageException {
    return readRows(0, rows -> rows.count(stream, kinds, notBy, after, limit));
  }

  @Override
  public Optional<Row> find(long author, UUID id) throws StorageException {
    return readRows(Optional.empty(), rows -> rows.find(author, id));
  }

  @Override
  public Optional<Cell> cell(CellKey key) throws StorageException {
    return read(Optional.empty(), link -> Optional.ofNullable(new Cells(link).cell(key)));
  }

  @Override
  public List<Cell> cells(String space, String after, int limit) throws StorageException {
    return read(List.of(), link -> new Cells(link).cells(space, after, limit));
  }

  @Override
  public List<Long> streams(long after, int limit) throws StorageException {
    return read(List.of(), link -> new Rows(link).streams(after, limit));
  }

  @Override
  public List<Cell> cells(CellKey after, int limit) throws StorageException {
    return read(List.of(), link -> new Cells(link).behind(after, limit));
  }

  @Override
  public List<BlobState> blobs(UUID after, int limit) throws StorageException {
    return read(
        List.of(),
        link -> {
          try {
            return merged(new BlobRows(link), after, limit);
          } catch (IOException e) {
            throw new Unavailable("what is staged can't be listed: " + e.getMessage(), e);
          }
        });
  }

  private List<BlobState> merged(BlobRows rows, UUID after, int limit)
      throws SQLException, IOException, StorageException {
    List<BlobState> found = new ArrayList<>(rows.behind(after, limit));
    for (UUID staged : blobs.stagedBehind(after)) {
      if (!rows.has(staged)) {
        found.add(new BlobState(staged, blobs.stagedLength(staged), false));
      }
    }
    found.sort(Comparator.comparing(blob -> blob.id().toString()));
    return found.subList(0, Math.min(limit, found.size()));
  }

  @Override
  public long count(String space) throws StorageException {
    return read(0L, link -> new Cells(link).count(space));
  }

  /** Work on the file of a blob; the committed length is null while it is not committed. */
  @FunctionalInterface
  private interface BlobWork<T> {
    T on(@Nullable Long committed) throws IOException, StorageException;
  }

  private <T> T withBlob(UUID blob, T ifEmpty, BlobWork<T> work) throws StorageException {
    return read(
        ifEmpty,
        link -> {
          try {
            return work.on(new BlobRows(link).length(blob));
          } catch (IOException e) {
            throw new Unavailable("blob " + blob + " failed: " + e.getMessage(), e);
          }
        });
  }

  private <T> T changeBlob(UUID blob, T ifEmpty, BlobWork<T> work) throws StorageException {
    long generation = writer.generation();
    if (generation == 0 && !writer.receiving()) {
      throw new Fenced("this store object is neither active nor does it receive a copy");
    }
    ReentrantLock lock = blobs.lock(blob);
    lock.lock();
    try {
      read(
          true,
          link -> {
            Identity identity = new Identity(link);
            if (generation == 0) {
              identity.checkReceiving();
            } else {
              identity.checkActive(generation);
            }
            return true;
          });
      return withBlob(blob, ifEmpty, work);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long stage(UUID blob, long offset, byte[] piece) throws StorageException {
    return changeBlob(
        blob,
        0L,
        committed -> {
          if (committed != null) {
            throw new Fenced("blob " + blob + " is committed");
          }
          return blobs.stage(blob, offset, piece);
        });
  }

  @Override
  public void discard(UUID blob) throws StorageException {
    changeBlob(
        blob,
        true,
        committed -> {
          if (committed == null) {
            blobs.discard(blob);
          }
          return true;
        });
  }

  @Override
  public long length(UUID blob) throws StorageException {
    return withBlob(
        blob, 0L, committed -> committed == null ? blobs.stagedLength(blob) : committed);
  }

  @Override
  public byte[] blob(UUID blob, long offset, int length) throws StorageException {
    try {
      return withBlob(
          blob,
          new byte[0],
          committed ->
              committed == null
                  ? blobs.readStaged(blob, offset, length)
                  : blobs.readCommitted(blob, committed, offset, length));
    } catch (Damaged e) {
      if (length(blob) == 0) { // dropped since its row was read
        return new byte[0];
      }
      throw e;
    }
  }

  @Override
  public void close() {
    if (gate.isShut()) {
      return;
    }
    if (!gate.shut(CLOSE_MILLIS)) {
      LOG.warn("closing {} while a call is still running", database.file());
    }
    Checkpoints running = checkpoints;
    if (running != null) {
      running.close();
    }
    readers.close();
    writer.close();
  }
}
