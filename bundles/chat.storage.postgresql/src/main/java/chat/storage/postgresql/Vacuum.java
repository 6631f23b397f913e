// SPDX-License-Identifier: Apache-2.0
package chat.storage.postgresql;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the old versions of erased rows out of their pages, without waiting for the autovacuum,
 * which comes only when a fifth of a table has changed. It looks at changed pages only and leaves
 * the indexes alone, so that it is cheap however large the table is; and it waits for no reader.
 * One thread; closing runs it once more if it is due.
 */
final class Vacuum implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Vacuum.class);
  private static final long CLOSE_MILLIS = 2_000;

  private final Database database;
  private final AtomicBoolean due;
  private final ScheduledThreadPoolExecutor thread;
  private volatile boolean closing;

  Vacuum(Database database, AtomicBoolean due, Duration every) {
    this.database = database;
    this.due = due;
    thread =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("chat-storage-vacuum").factory());
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    long millis = every.toMillis();
    var _ = thread.scheduleWithFixedDelay(this::run, millis, millis, TimeUnit.MILLISECONDS);
  }

  private void run() {
    if (!due.getAndSet(false)) {
      return;
    }
    try (Link link = database.patient()) {
      if (closing) {
        link.execute("SET statement_timeout = " + CLOSE_MILLIS);
      }
      link.execute("VACUUM (INDEX_CLEANUP OFF, TRUNCATE OFF) entry, chunk");
    } catch (SQLException e) {
      due.set(true);
      LOG.info("erased rows stay in the pages of {} for now: {}", database, e.getMessage());
    }
  }

  @Override
  public void close() {
    closing = true;
    thread.execute(this::run);
    thread.shutdown();
    boolean interrupted = Thread.interrupted();
    try {
      if (!thread.awaitTermination(CLOSE_MILLIS + 500, TimeUnit.MILLISECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
