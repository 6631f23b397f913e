// SPDX-License-Identifier: Apache-2.0
package chat.storage.postgresql;

import chat.storage.StorageException;
import chat.storage.StorageException.Unavailable;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;

/**
 * Reads and staging, on pooled connections: the pool replaces what is broken. A read that met a
 * connection which had died is made again on a new one, so that nobody notices a restart of the
 * database between two reads.
 */
final class Readers implements AutoCloseable {
  private final Database database;
  private final HikariDataSource pool;

  Readers(Database database) {
    this.database = database;
    pool = database.pool();
  }

  /** Work on one connection. */
  @FunctionalInterface
  interface Work<T> {
    T on(Link link) throws SQLException, StorageException;
  }

  /** Runs a read, or gives what an empty store would if nothing is there yet. */
  <T> T read(T ifEmpty, Work<T> read) throws StorageException {
    try {
      return readOnce(ifEmpty, read);
    } catch (SQLException e) {
      if (!Failures.isConnectionLost(e)) {
        throw Failures.of(e, database);
      }
    }
    // What died with this connection died with its idle neighbours.
    pool.getHikariPoolMXBean().softEvictConnections();
    try {
      return readOnce(ifEmpty, read);
    } catch (SQLException e) {
      throw Failures.of(e, database);
    }
  }

  private <T> T readOnce(T ifEmpty, Work<T> read) throws SQLException, StorageException {
    try (Link link = new Link(pool.getConnection())) {
      try {
        return read.on(link);
      } catch (SQLException e) {
        if (Failures.isMissingTable(e) && Schema.version(link, database) == 0) {
          return ifEmpty;
        }
        if (Failures.isMissingColumn(e) && Schema.version(link, database) < Schema.VERSION) {
          throw new Unavailable(
              database + " is of an older program and can be read once it was activated", e);
        }
        throw e;
      }
    }
  }

  /** Runs a change in a transaction, which may be forgotten in a crash. */
  <T> T change(Work<T> change) throws StorageException {
    try (Link link = new Link(pool.getConnection())) {
      link.connection().setAutoCommit(false);
      // What is not committed the pool rolls back.
      T answer = change.on(link);
      link.connection().commit();
      return answer;
    } catch (SQLException e) {
      throw Failures.of(e, database);
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
