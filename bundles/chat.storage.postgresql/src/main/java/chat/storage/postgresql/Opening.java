// SPDX-License-Identifier: Apache-2.0
package chat.storage.postgresql;

import chat.storage.ChatStore;
import chat.storage.StorageException;
import java.time.InstantSource;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens a store and offers it, on a thread of its own that tries until it works: when the machine
 * starts, the database may come up later than the server, which just waits for its store.
 */
final class Opening implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Opening.class);
  private static final long RETRY_MILLIS = 2_000;
  private static final long CLOSE_MILLIS = 3_000;

  private final Settings settings;
  private final Function<ChatStore, Runnable> offer;
  private final Thread thread;
  private boolean closed;
  private @Nullable ChatStore store;
  private @Nullable Runnable withdraw;

  /**
   * @param offer makes an open store known; what it gives back takes that back
   */
  Opening(Settings settings, Function<ChatStore, Runnable> offer) {
    this.settings = settings;
    this.offer = offer;
    thread = Thread.ofPlatform().daemon().name("chat-storage-opening").start(this::run);
  }

  private void run() {
    String said = "";
    while (true) {
      try {
        offer(PostgresqlChatStore.open(settings.database(), InstantSource.system()));
        return;
      } catch (StorageException e) {
        String problem = String.valueOf(e.getMessage());
        if (!problem.equals(said)) {
          LOG.warn("The store is not there yet, trying on: {}", problem);
        }
        said = problem;
      }
      try {
        Thread.sleep(RETRY_MILLIS);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private synchronized void offer(ChatStore opened) {
    if (closed) {
      opened.close();
    } else {
      store = opened;
      withdraw = offer.apply(opened);
    }
  }

  /**
   * Takes the store back and closes it; one that is being opened meanwhile is closed at once. A
   * database that does not answer any more may hold up closing, but not who asks for it.
   */
  @Override
  public void close() {
    thread.interrupt();
    ChatStore leaving;
    synchronized (this) {
      if (withdraw != null) {
        withdraw.run();
      }
      closed = true;
      withdraw = null;
      leaving = store;
      store = null;
    }
    if (leaving != null) {
      Thread closing =
          Thread.ofPlatform().daemon().name("chat-storage-closing").start(leaving::close);
      try {
        closing.join(CLOSE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
