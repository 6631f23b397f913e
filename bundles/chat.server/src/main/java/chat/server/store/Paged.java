// SPDX-License-Identifier: Apache-2.0
package chat.server.store;

import chat.storage.ChatStore;
import chat.storage.StorageException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Walks through something that is listed in pages. Used by one thread.
 *
 * @param <K> by what it is ordered
 */
public final class Paged<T, K> {

  /** Gives the page behind a key. */
  @FunctionalInterface
  public interface Pages<T, K> {
    List<T> behind(K after, int limit) throws StorageException, InterruptedException;
  }

  private final Pages<T, K> pages;
  private final Function<T, K> key;
  private final ArrayDeque<T> page = new ArrayDeque<>();
  private K after;
  private boolean ended;

  /**
   * @param first a key before all others
   */
  public Paged(Pages<T, K> pages, Function<T, K> key, K first) {
    this.pages = pages;
    this.key = key;
    this.after = first;
  }

  /** The next one without moving on; null at the end. */
  public @Nullable T peek() throws StorageException, InterruptedException {
    if (page.isEmpty() && !ended) {
      page.addAll(pages.behind(after, ChatStore.MAX_ROWS));
      if (page.isEmpty()) {
        ended = true;
      } else {
        after = key.apply(page.getLast());
      }
    }
    return page.peekFirst();
  }

  /** The next one; null at the end. */
  public @Nullable T next() throws StorageException, InterruptedException {
    T next = peek();
    page.pollFirst();
    return next;
  }
}
