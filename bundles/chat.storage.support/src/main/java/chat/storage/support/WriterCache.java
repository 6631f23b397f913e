// SPDX-License-Identifier: Apache-2.0
package chat.storage.support;

import chat.storage.CellKey;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the one writer of a store has read or written of rows that nobody else changes while its
 * generation lasts: heads of streams and versions of cells, those used last. Each batch checks the
 * generation in its own transaction; whatever fails there clears the cache, as that may have taken
 * back what is in it. Used by one thread at a time.
 *
 * @param <H> the head of a stream, as the store has it
 */
public final class WriterCache<H> {
  private static final int MOST = 8_192;

  private final Map<Long, H> heads = newest();
  private final Map<CellKey, Long> versions = newest();

  private static <K, V> Map<K, V> newest() {
    return new LinkedHashMap<>(16, 0.75f, true) {
      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > MOST;
      }
    };
  }

  public @Nullable H head(long stream) {
    return heads.get(stream);
  }

  public void head(long stream, H head) {
    heads.put(stream, head);
  }

  /** The version of a cell, 0 if it is not there; null if that is not known. */
  public @Nullable Long version(CellKey key) {
    return versions.get(key);
  }

  public void version(CellKey key, long version) {
    versions.put(key, version);
  }

  public void clear() {
    heads.clear();
    versions.clear();
  }
}
