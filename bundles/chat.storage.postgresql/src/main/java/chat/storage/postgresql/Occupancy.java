// SPDX-License-Identifier: Apache-2.0
package chat.storage.postgresql;

import chat.storage.Envelope;
import chat.storage.StorageException.Unavailable;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

/**
 * Keeps a second server from being activated on data that a first one works on: the writing
 * connection holds an advisory lock whose first half is the schema and whose second half is the
 * process. A process does not stand in its own way, so that in a swap the new object can take over
 * while the old one is still open.
 *
 * <p>This is courtesy, not safety: the lock goes with its connection, which may be lost, and it is
 * the generation that keeps the one who comes back from writing. So the lock is a sign only: it is
 * read when a store is activated and put up again by a writer that has just proved to be the active
 * one.
 */
record Occupancy(Link link, Database database) {
  /** The connections of a killed process are closed by its system at once, or soon after. */
  private static final long WAIT_MILLIS = 5_000;

  private static final long POLL_MILLIS = 100;

  private int data() {
    return hash(database.schema());
  }

  private int process() {
    return hash(database.process());
  }

  private static int hash(String name) {
    return Envelope.checksum(name.getBytes(StandardCharsets.UTF_8));
  }

  /** Until this transaction ends, nobody else activates this data, even if it is not there yet. */
  void lockActivation() throws SQLException {
    link.first(
        "SELECT true FROM pg_advisory_xact_lock(?)",
        row -> true,
        0x43486174_00000000L | Integer.toUnsignedLong(data()));
  }

  /**
   * @throws Unavailable if another process works on this data and does not go
   */
  void awaitNobodyElse() throws SQLException, Unavailable {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(WAIT_MILLIS);
    String other = other();
    while (!other.isEmpty() && System.nanoTime() < end) {
      try {
        Thread.sleep(POLL_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new Unavailable("interrupted while another server works on " + database, e);
      }
      other = other();
    }
    if (!other.isEmpty()) {
      throw new Unavailable(
          "another server works on %s (%s); stop that one first".formatted(database, other));
    }
  }

  private String other() throws SQLException {
    String name =
        link.first(
            "SELECT coalesce(a.application_name, '') || ' pid ' || l.pid"
                + " FROM pg_locks l LEFT JOIN pg_stat_activity a ON a.pid = l.pid"
                + " WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 2"
                + " AND l.database ="
                + " (SELECT oid FROM pg_database WHERE datname = current_database())"
                + " AND l.classid = ?::oid AND l.objid <> ?::oid LIMIT 1",
            row -> row.getString(1),
            Integer.toUnsignedLong(data()),
            Integer.toUnsignedLong(process()));
    return name == null ? "" : name;
  }

  /** Held until the connection ends. */
  void putUpSign() throws SQLException {
    link.first("SELECT true FROM pg_advisory_lock_shared(?, ?)", row -> true, data(), process());
  }
}
