// SPDX-License-Identifier: Apache-2.0
package chat.storage.postgresql;

import chat.storage.BlobState;
import chat.storage.Cell;
import chat.storage.CellKey;
import chat.storage.Change;
import chat.storage.ChatStore;
import chat.storage.Outcome;
import chat.storage.Part;
import chat.storage.Row;
import chat.storage.StorageException;
import chat.storage.StorageException.Fenced;
import chat.storage.StorageException.Unavailable;
import chat.storage.StorageException.Unusable;
import chat.storage.StoreState;
import chat.storage.StoreState.Successor;
import chat.storage.StreamState;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store in a schema of a PostgreSQL database.
 *
 * <p>Writes go through one {@link Writer}, reads and staging through the pool of {@link Readers};
 * both open new connections when theirs were lost, so that a call after the database has come back
 * just works. Every call holds the read side of {@code gate}; close takes the write side and so
 * waits for them.
 */
final class PostgresqlChatStore implements ChatStore {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresqlChatStore.class);
  private static final Duration STAGED_FOR = Duration.ofHours(24);
  private static final Duration VACUUM_EVERY = Duration.ofSeconds(10);
  private static final long CLOSE_SECONDS = 3;

  private final Database database;
  private final String version;
  private final InstantSource clock;
  private final ReentrantReadWriteLock gate = new ReentrantReadWriteLock(true);
  private final Readers readers;
  private final Writer writer;
  private volatile @Nullable Vacuum vacuum;
  private volatile boolean closed;

  private PostgresqlChatStore(Database database, String version, InstantSource clock) {
    this.database = database;
    this.version = version;
    this.clock = clock;
    readers = new Readers(database);
    writer = new Writer(database, clock);
  }

  /**
   * Opens the store in a database, which is new if the schema is not there.
   *
   * @throws Unusable if what is there is damaged, of a newer program or foreign
   * @throws Unavailable if the database can't be reached or does not let us in
   */
  static PostgresqlChatStore open(Database database, InstantSource clock) throws StorageException {
    try (Link link = database.look()) {
      if (Schema.version(link, database) > 0 && new Identity(link).state() == null) {
        throw new Unusable(database + " does not say which store it is; restore a backup");
      }
      if ("off".equals(link.first("SHOW fsync", row -> row.getString(1)))) {
        LOG.warn("fsync is off at {}: a power cut can lose what it acknowledged", database);
      }
      String version = link.connection().getMetaData().getDatabaseProductVersion();
      return new PostgresqlChatStore(database, version, clock);
    } catch (StorageException.Damaged e) {
      throw new Unusable(database + ": " + e.getMessage(), e);
    } catch (SQLException e) {
      throw Failures.of(e, database);
    }
  }

  @Override
  public String description() {
    return "PostgreSQL " + version + ", " + database;
  }

  @Override
  public int readers() {
    return database.readers();
  }

  @FunctionalInterface
  private interface Call<T> {
    T run() throws StorageException;
  }

  private <T> T inside(Call<T> call) throws StorageException {
    gate.readLock().lock();
    try {
      if (closed) {
        throw new Unavailable("this store object is closed");
      }
      return call.run();
    } finally {
      gate.readLock().unlock();
    }
  }

  private <T> T read(T ifEmpty, Readers.Work<T> read) throws StorageException {
    return inside(() -> readers.read(ifEmpty, read));
  }

  @Override
  public Optional<StoreState> state() throws StorageException {
    return read(Optional.empty(), link -> Optional.ofNullable(new Identity(link).state()));
  }

  @Override
  public void activate(UUID id, long generation) throws StorageException {
    inside(() -> {
      writer.activate(id, generation);
      sweep();
      startVacuum();
      return id;
    });
  }

  /** Orphans are a nuisance only; the activation they would fail is durable already. */
  private void sweep() {
    try {
      readers.change(link -> {
        new Blobs(link).sweep(clock.instant().minus(STAGED_FOR).toEpochMilli());
        return true;
      });
    } catch (StorageException e) {
      LOG.warn("bytes that no change committed stay: {}", e.getMessage());
    }
  }

  private void startVacuum() {
    if (vacuum == null) {
      vacuum = new Vacuum(database, writer.erased(), VACUUM_EVERY);
    }
  }

  @Override
  public void retire(Successor successor) throws StorageException {
    inside(() -> {
      writer.retire(successor);
      return successor;
    });
  }

  @Override
  public void receive(UUID id, UUID source) throws StorageException {
    inside(() -> {
      writer.receive(id, source);
      startVacuum();
      return id;
    });
  }

  @Override
  public void restore(Part part) throws StorageException {
    inside(() -> {
      writer.restore(part);
      return part;
    });
  }

  @Override
  public List<Outcome> commit(long generation, List<Change> changes) throws StorageException {
    return inside(() -> writer.commit(generation, changes));
  }

  @Override
  public StreamState stream(long stream) throws StorageException {
    return read(StreamState.EMPTY, link -> new Rows(link).state(stream));
  }

  @Override
  public List<Row> after(long stream, long number, int limit) throws StorageException {
    return read(List.of(), link -> new Rows(link).after(stream, number, limit));
  }

  @Override
  public List<Row> before(long stream, long number, int limit) throws StorageException {
    return read(List.of(), link -> new Rows(link).before(stream, number, limit));
  }

  @Override
  public List<Row> before(long stream, int kind, long number, int limit) throws StorageException {
    return read(List.of(), link -> new Rows(link).before(stream, kind, number, limit));
  }

  @Override
  public List<Row> about(long stream, long first, long last, long after, int limit)
      throws StorageException {
    return read(List.of(), link -> new Rows(link).about(stream, first, last, after, limit));
  }

  @Override
  public List<Row> search(long stream, Collection<Long> tokens, long before, int limit)
      throws StorageException {
    return read(List.of(), link -> new Rows(link).search(stream, tokens, before, limit));
  }

  @Override
  public int count(long stream, Set<Integer> kinds, long notBy, long after, int limit)
      throws StorageException {
    return read(0, link -> new Rows(link).count(stream, kinds, notBy, after, limit));
  }

  @Override
  public Optional<Row> find(long author, UUID id) throws StorageException {
    return read(Optional.empty(), link -> new Rows(link).find(author, id));
  }

  @Override
  public Optional<Cell> cell(CellKey key) throws StorageException {
    return read(Optional.empty(), link -> new Cells(link).cell(key));
  }

  @Override
  public List<Cell> cells(String space, String after, int limit) throws StorageException {
    return read(List.of(), link -> new Cells(link).cells(space, after, limit));
  }

  @Override
  public long count(String space) throws StorageException {
    return read(0L, link -> new Cells(link).count(space));
  }

  @Override
  public List<Long> streams(long after, int limit) throws StorageException {
    return read(List.of(), link -> new Rows(link).streams(after, limit));
  }

  @Override
  public List<Cell> cells(CellKey after, int limit) throws StorageException {
    return read(List.of(), link -> new Cells(link).cells(after, limit));
  }

  @Override
  public List<BlobState> blobs(UUID after, int limit) throws StorageException {
    return read(List.of(), link -> new Blobs(link).states(after, limit));
  }

  private <T> T changeBlobs(Readers.Work<T> change) throws StorageException {
    return inside(() -> {
      Role role = writer.role();
      if (role instanceof Role.Onlooker) {
        throw new Fenced("this store object is neither active nor does it receive");
      }
      return readers.change(link -> {
        new Identity(link).checkMayStage(role);
        return change.on(link);
      });
    });
  }

  @Override
  public long stage(UUID blob, long offset, byte[] piece) throws StorageException {
    return changeBlobs(link -> new Blobs(link).stage(blob, offset, piece, clock.millis()));
  }

  @Override
  public void discard(UUID blob) throws StorageException {
    changeBlobs(link -> {
      new Blobs(link).discard(blob);
      return blob;
    });
  }

  @Override
  public long length(UUID blob) throws StorageException {
    return read(0L, link -> new Blobs(link).length(blob));
  }

  @Override
  public byte[] blob(UUID blob, long offset, int length) throws StorageException {
    return read(new byte[0], link -> new Blobs(link).read(blob, offset, length));
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (!callsHaveLeft()) {
      LOG.warn("closing {} while a call is still running", database);
    }
    Vacuum running = vacuum;
    if (running != null) {
      running.close();
    }
    readers.close();
    writer.close();
  }

  /** Whoever comes now finds the store closed; this waits for those who came before. */
  private boolean callsHaveLeft() {
    boolean interrupted = Thread.interrupted();
    try {
      return gate.writeLock().tryLock(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
      return false;
    } finally {
      if (gate.isWriteLockedByCurrentThread()) {
        gate.writeLock().unlock();
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
