// SPDX-License-Identifier: Apache-2.0
package chat.storage.sqlite;

import chat.storage.StorageException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries the write-ahead log into the file in the background, so that commits never wait for it,
 * and has the writer empty the log and complete the index between two batches where that is due;
 * sweeps once after an activation. One thread, one connection of its own.
 */
final class Checkpoints implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);
  private static final long EVERY_MILLIS = 400;
  private static final long CLOSE_SECONDS = 10;

  private final Database database;
  private final Writer writer;
  private final ScheduledThreadPoolExecutor thread;
  private @Nullable Link link;
  private boolean failing;

  Checkpoints(Database database, Writer writer) {
    this.database = database;
    this.writer = writer;
    thread =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("chat-storage-checkpoints").factory());
    thread.scheduleWithFixedDelay(this::run, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Removes orphans, when it is this thread's turn: nobody waits for that. */
  void sweep(Blobs blobs, Instant now) {
    thread.execute(() -> {
      try {
        new Sweep(blobs, new BlobRows(link())).run(now);
      } catch (SQLException | StorageException | RuntimeException e) {
        LOG.warn(
            "files that no change committed stay in {}: {}", database.folder(), e.getMessage());
      }
    });
  }

  private Link link() throws SQLException {
    Link open = link;
    if (open == null) {
      open = database.writer();
      link = open;
    }
    return open;
  }

  private void run() {
    checkpoint();
    index();
  }

  /** What can't be indexed now is searched entry by entry, and indexed with what comes next. */
  private void index() {
    try {
      writer.indexIfQuiet();
    } catch (StorageException.Fenced e) {
      LOG.debug("{} is written by another one now", database.file());
    } catch (StorageException | RuntimeException e) {
      LOG.warn("entries in {} are not indexed yet: {}", database.file(), e.getMessage());
    }
  }

  private void checkpoint() {
    try {
      link().number("PRAGMA wal_checkpoint(PASSIVE)");
      writer.truncateLog();
      failing = false;
    } catch (SQLException | RuntimeException e) {
      if (!failing) {
        LOG.warn("checkpoint of {} failed, trying on: {}", database.file(), e.getMessage());
      }
      failing = true;
      closeLink();
    }
  }

  private void closeLink() {
    if (link != null) {
      link.close();
      link = null;
    }
  }

  @Override
  public void close() {
    thread.execute(this::closeLink);
    thread.shutdown();
    boolean interrupted = Thread.interrupted();
    try {
      if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("a checkpoint of {} does not end", database.file());
      }
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
