// SPDX-License-Identifier: Apache-2.0
package chat.storage.sqlite;

import chat.storage.CellKey;
import chat.storage.sqlite.Rows.Head;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the writer has read or written of rows that nobody else changes while its generation lasts:
 * heads of streams and versions of cells, those used last. Each batch checks the generation in its
 * own transaction; whatever fails there clears the cache, as that may have taken back what is in
 * it.
 */
final class WriterCache {
  private static final int MOST = 8_192;

  private final Map<Long, Head> heads = newest();
  private final Map<CellKey, Long> versions = newest();

  private static <K, V> Map<K, V> newest() {
    return new LinkedHashMap<>(16, 0.75f, true) {
      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > MOST;
      }
    };
  }

  @Nullable Head head(long stream) {
    return heads.get(stream);
  }

  void head(long stream, Head head) {
    heads.put(stream, head);
  }

  /** The version of a cell, 0 if it is not there; null if that is not known. */
  @Nullable Long version(CellKey key) {
    return versions.get(key);
  }

  void version(CellKey key, long version) {
    versions.put(key, version);
  }

  void clear() {
    heads.clear();
    versions.clear();
  }
}
