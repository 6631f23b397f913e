// SPDX-License-Identifier: Apache-2.0
package chat.storage.sqlite;

import chat.storage.StorageException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens a store and offers it: at once if that goes, else as soon as it goes. A disk that is full,
 * or a file that another program uses, is no reason to be without a store until a restart; what is
 * damaged or foreign stays so.
 */
final class Opening implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Opening.class);
  private static final long RETRY_MILLIS = 500;

  private final Path folder;
  private final Function<SqliteChatStore, Runnable> offer;
  private @Nullable Runnable noLongerWaiting;
  private @Nullable Thread retrying;
  private @Nullable SqliteChatStore store;
  private @Nullable Runnable withdraw;
  private boolean closed;

  /**
   * @param offer makes an open store known; what it gives back takes that back
   * @param waiting makes known why there is none yet; what it gives back takes that back
   * @throws StorageException if it can't be opened and never will
   */
  Opening(
      Path folder, Function<SqliteChatStore, Runnable> offer, Function<String, Runnable> waiting)
      throws StorageException {
    this.folder = folder;
    this.offer = offer;
    try {
      offer(SqliteChatStore.open(folder, InstantSource.system()));
    } catch (StorageException.Unavailable e) {
      LOG.error("The store can't be opened yet, trying on: {}", e.getMessage());
      noLongerWaiting = waiting.apply(String.valueOf(e.getMessage()));
      retrying = Thread.ofPlatform().daemon().name("chat-storage-opening").start(this::retry);
    }
  }

  private void retry() {
    while (true) {
      try {
        Thread.sleep(RETRY_MILLIS);
        offer(SqliteChatStore.open(folder, InstantSource.system()));
        LOG.info("The store in {} is open now", folder);
        return;
      } catch (StorageException.Unavailable e) {
        LOG.debug("Not yet", e);
      } catch (StorageException e) {
        LOG.error("The store can't be opened: {}", e.getMessage());
        return;
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private synchronized void waitNoLonger() {
    if (noLongerWaiting != null) {
      noLongerWaiting.run();
      noLongerWaiting = null;
    }
  }

  private synchronized void offer(SqliteChatStore opened) {
    waitNoLonger();
    if (closed) {
      opened.close();
    } else {
      store = opened;
      withdraw = offer.apply(opened);
    }
  }

  /** Takes the store back and closes it. */
  @Override
  public void close() {
    SqliteChatStore leaving;
    Runnable takeBack;
    synchronized (this) {
      closed = true;
      waitNoLonger();
      leaving = store;
      takeBack = withdraw;
      store = null;
      withdraw = null;
      if (retrying != null) {
        retrying.interrupt();
      }
    }
    if (takeBack != null) {
      takeBack.run();
    }
    if (leaving != null) {
      leaving.close();
    }
  }
}
