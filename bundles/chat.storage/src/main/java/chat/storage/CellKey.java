// SPDX-License-Identifier: Apache-2.0
package chat.storage;

import java.util.Objects;

/**
 * Where a cell is.
 *
 * @param space what kind of cell, for example {@code account}
 * @param key which one; spaces are listed in the order of its UTF-16 code units
 */
public record CellKey(String space, String key) {
  public CellKey {
    Objects.requireNonNull(space);
    Objects.requireNonNull(key);
  }
}
