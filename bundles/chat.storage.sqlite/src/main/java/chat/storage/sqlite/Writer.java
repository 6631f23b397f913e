// SPDX-License-Identifier: Apache-2.0
package chat.storage.sqlite;

import chat.storage.Change;
import chat.storage.Change.BlobCommit;
import chat.storage.Outcome;
import chat.storage.Part;
import chat.storage.StorageException;
import chat.storage.StorageException.Fenced;
import chat.storage.StorageException.Unavailable;
import chat.storage.StoreState.Successor;
import chat.storage.support.WriterCache;
import java.io.IOException;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one connection that writes. Its monitor makes batches and truncations of the log take turns.
 *
 * <p>After any failure but a fence the connection is thrown away and the next call opens another:
 * what an interrupted transaction left in the connection must not matter, only what is in the file.
 */
final class Writer {
  private static final Logger LOG = LoggerFactory.getLogger(Writer.class);

  private static final long LARGE_LOG = 32L << 20;

  /** How long commits may wait for a reader that is in the way of emptying the log. */
  private static final int TRUNCATE_MILLIS = 100;

  private final Database database;
  private final Blobs blobs;
  private final InstantSource clock;
  private @Nullable Link link;
  private final WriterCache<Rows.Head> cache = new WriterCache<>();
  private volatile long generation;
  private volatile boolean receiving;
  // fault-point: store-writer-fields
  private boolean erasedInLog;

  /** Whether entries may wait to be indexed. */
  private boolean tailed;

  /** Whether nothing was added since this was looked at last. */
  private boolean quiet;

  Writer(Database database, Blobs blobs, InstantSource clock) {
    this.database = database;
    this.blobs = blobs;
    this.clock = clock;
  }

  /** What is done between BEGIN and COMMIT. */
  @FunctionalInterface
  private interface Work<T> {
    T on(Link link) throws SQLException, IOException, StorageException;
  }

  synchronized void activate(UUID id, long next) throws StorageException {
    createFiles();
    cache.clear();
    transaction(on -> {
      Schema.upgrade(on, Schema.version(on, database));
      // fault-point: store-activate
      new Identity(on).activate(id, next);
      finishDrops(on);
      return next;
    });
    generation = next;
    receiving = false;
    erasedInLog = true;
    tailed = true;
  }

  synchronized void receive(UUID id, UUID source) throws StorageException {
    createFiles();
    cache.clear();
    transaction(on -> {
      Schema.upgrade(on, Schema.version(on, database));
      new Identity(on).receive(id, source);
      finishDrops(on);
      return source;
    });
    generation = 0;
    receiving = true;
    tailed = true;
  }

  /** A crash may have come between a commit and the end of the files that it dropped. */
  private void finishDrops(Link on) throws SQLException, IOException {
    BlobRows rows = new BlobRows(on);
    for (UUID blob : rows.dropped()) {
      blobs.drop(blob);
    }
    rows.forgetDropped();
  }

  private void createFiles() throws Unavailable {
    try {
      OwnerOnly.createFolder(database.folder());
      OwnerOnly.createFile(database.file());
      OwnerOnly.sync(database.folder());
    } catch (IOException e) {
      throw new Unavailable("can't make " + database.file() + ": " + e.getMessage(), e);
    }
  }

  synchronized void retire(Successor successor) throws StorageException {
    if (!database.exists()) {
      throw new Fenced("this store was never active");
    }
    transaction(on -> {
      if (Schema.version(on, database) == 0) {
        throw new Fenced("this store was never active");
      }
      new Identity(on).retire(successor, generation);
      return successor;
    });
  }

  /** The generation under which this object was activated; 0 if it was not. */
  long generation() {
    return generation;
  }

  /** Whether this object fills a copy in the making. */
  boolean receiving() {
    return receiving;
  }

  synchronized List<Outcome> commit(long claimed, List<Change> changes) throws StorageException {
    if (generation == 0 || claimed != generation) {
      throw new Fenced("this store object is not active in generation " + claimed);
    }
    return holding(
        changes.stream().flatMap(Writer::blobs), (on, batch) -> apply(on, claimed, changes, batch));
  }

  synchronized void restore(Part part) throws StorageException {
    if (!receiving) {
      throw new Fenced("this store object does not receive a copy");
    }
    holding(
        Stream.concat(part.blobs().stream().map(BlobCommit::blob), part.drops().stream()),
        (on, batch) -> {
          new Identity(on).checkReceiving();
          batch.restore(part);
          return part;
        });
  }

  private static Stream<UUID> blobs(Change change) {
    return Stream.concat(change.blobs().stream().map(BlobCommit::blob), change.drops().stream());
  }

  /** What a batch does between BEGIN and COMMIT. */
  @FunctionalInterface
  private interface BatchWork<T> {
    T on(Link link, Batch batch) throws SQLException, IOException, StorageException;
  }

  /** A batch during which nobody stages these blobs. */
  private <T> T holding(Stream<UUID> touched, BatchWork<T> work) throws StorageException {
    List<ReentrantLock> locks = touched.map(blobs::lock).distinct().toList();
    locks.forEach(ReentrantLock::lock);
    try {
      Set<UUID> dropped = new HashSet<>();
      T answer =
          transaction(on -> {
            Batch batch = new Batch(on, cache, blobs, clock.millis());
            T done = work.on(on, batch);
            batch.finish();
            erasedInLog |= batch.erases();
            tailed |= batch.grows();
            quiet &= !batch.grows();
            dropped.addAll(batch.dropped());
            return done;
          });
      removeFiles(dropped);
      return answer;
    } finally {
      locks.forEach(ReentrantLock::unlock);
    }
  }

  /** What can't be removed now goes with the next activation. */
  private void removeFiles(Set<UUID> dropped) {
    for (UUID blob : dropped) {
      try {
        blobs.drop(blob);
      } catch (IOException e) {
        LOG.warn("the file of dropped blob {} is still there: {}", blob, e.getMessage());
      }
    }
  }

  private static List<Outcome> apply(Link on, long claimed, List<Change> changes, Batch batch)
      throws SQLException, IOException, StorageException {
    new Identity(on).checkActive(claimed);
    List<Outcome> outcomes = new ArrayList<>();
    for (Change change : changes) {
      outcomes.add(batch.apply(change));
    }
    return outcomes;
  }

  private <T> T transaction(Work<T> work) throws StorageException {
    boolean usable = false;
    try {
      Link on = link();
      // fault-point: store-begin
      on.update("BEGIN IMMEDIATE");
      T answer = work.on(on);
      commit(on);
      usable = true;
      return answer;
    } catch (Fenced e) {
      usable = true;
      cache.clear();
      rollback();
      throw e;
    } catch (SQLException e) {
      throw Failures.of(e, database);
    } catch (IOException e) {
      throw new Unavailable("a file in " + database.folder() + " failed: " + e.getMessage(), e);
    } finally {
      if (!usable) {
        abandon();
      }
    }
  }

  private void commit(Link on) throws StorageException {
    try {
      // fault-point: store-commit
      on.update("COMMIT");
    } catch (SQLException e) {
      throw Failures.ofCommit(e, database);
    }
  }

  private Link link() throws SQLException {
    Link open = link;
    if (open == null) {
      open = database.writer();
      link = open;
    }
    return open;
  }

  private void rollback() {
    if (link != null) {
      link.rollback();
    }
  }

  private void abandon() {
    cache.clear();
    rollback();
    if (link != null) {
      link.close();
      link = null;
    }
  }

  /**
   * Empties the write-ahead log if it is large, or if bytes stand in it that were erased. If a
   * reader is in the way, this is left for the next time.
   */
  synchronized void truncateLog() throws SQLException {
    if (link == null || (!erasedInLog && database.walSize() < LARGE_LOG)) {
      return;
    }
    link.execute("PRAGMA busy_timeout = " + TRUNCATE_MILLIS);
    try {
      if (link.number("PRAGMA wal_checkpoint(TRUNCATE)") == 0) {
        erasedInLog = false;
      }
    } finally {
      link.execute("PRAGMA busy_timeout = " + Database.BUSY_MILLIS);
    }
  }

  /** Carries entries into the index once no more are being added: those that come with many. */
  synchronized void indexIfQuiet() throws StorageException {
    if (tailed && quiet) {
      index();
    }
    quiet = true;
  }

  /** Carries the next entries into the index. */
  private void index() throws StorageException {
    tailed = false;
    tailed =
        transaction(on -> {
          if (receiving) {
            new Identity(on).checkReceiving();
          } else {
            new Identity(on).checkActive(generation);
          }
          return new Words(on).index(Batch.INDEXED_AT_ONCE);
        });
  }

  /** An earlier build, which may be next, searches the index alone. */
  private void indexAll() {
    try {
      while (tailed && link != null) {
        index();
      }
    } catch (StorageException e) {
      LOG.debug("The index is completed by whoever writes next", e);
    }
  }

  synchronized void close() {
    indexAll();
    if (link != null) {
      link.close();
      link = null;
    }
  }
}
