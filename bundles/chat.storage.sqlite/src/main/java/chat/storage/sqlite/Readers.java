// SPDX-License-Identifier: Apache-2.0
package chat.storage.sqlite;

import chat.storage.StorageException;
import chat.storage.StorageException.Damaged;
import chat.storage.StorageException.Unavailable;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A fixed number of read-only connections, opened when first needed, thrown away after an error.
 * More readers than processors left over by the writer would only slow it down.
 */
final class Readers {
  private static final Logger LOG = LoggerFactory.getLogger(Readers.class);
  private static final long WAIT_SECONDS = 10;

  private final Database database;
  private final int count;
  private final BlockingQueue<Optional<Link>> idle;

  /** Set once the schema was seen; it never goes away again. */
  private volatile boolean hasSchema;

  Readers(Database database, int count) {
    this.database = database;
    this.count = count;
    idle = new ArrayBlockingQueue<>(count);
    for (int i = 0; i < count; i++) {
      idle.add(Optional.empty());
    }
  }

  /** A read on one connection. */
  @FunctionalInterface
  interface Read<T> {
    T on(Link link) throws SQLException, StorageException;
  }

  int count() {
    return count;
  }

  /** Runs a read, or gives what an empty store would if nothing is there yet. */
  <T> T read(T ifEmpty, Read<T> read) throws StorageException {
    try {
      return readOnce(ifEmpty, read);
    } catch (Damaged e) {
      // A disk may read wrong once; before that is called damage it reads again.
      LOG.warn("Reading again, as {}", e.getMessage());
      return readOnce(ifEmpty, read);
    }
  }

  private <T> T readOnce(T ifEmpty, Read<T> read) throws StorageException {
    if (!hasSchema && !database.exists()) {
      return ifEmpty;
    }
    Optional<Link> taken = take();
    Optional<Link> back = Optional.empty();
    try {
      Link link = taken.isPresent() ? taken.get() : database.reader();
      taken = Optional.of(link);
      hasSchema = hasSchema || Schema.version(link, database) > 0;
      T answer = hasSchema ? inOneSnapshot(link, read) : ifEmpty;
      back = taken;
      return answer;
    } catch (SQLException e) {
      throw Failures.of(e, database);
    } finally {
      if (back.isEmpty()) {
        taken.ifPresent(Link::close);
      }
      idle.add(back);
    }
  }

  /** A read of several statements must not see a batch between two of them. */
  private static <T> T inOneSnapshot(Link link, Read<T> read)
      throws SQLException, StorageException {
    link.execute("BEGIN");
    try {
      return read.on(link);
    } finally {
      link.rollback();
    }
  }

  private Optional<Link> take() throws Unavailable {
    try {
      Optional<Link> link = idle.poll(WAIT_SECONDS, TimeUnit.SECONDS);
      if (link == null) {
        throw new Unavailable("all " + count + " readers of " + database.file() + " are busy");
      }
      return link;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unavailable("interrupted while waiting for a reader", e);
    }
  }

  void close() {
    for (int i = 0; i < count; i++) {
      Optional<Link> link = idle.poll();
      if (link != null) {
        link.ifPresent(Link::close);
      }
    }
  }
}
