// SPDX-License-Identifier: Apache-2.0
package chat.server.store;

import chat.server.base.SealException;
import chat.storage.Cell;
import chat.storage.ChatStore;
import chat.storage.StorageException;
import java.io.IOException;
import java.util.List;

/** Reading all cells of a space, as it is done when the server begins. */
public final class Pages {

  public interface Taking {
    void take(Cell cell) throws IOException, SealException, StorageException;
  }

  private Pages() {}

  /**
   * Shows every cell of a space in the order of their keys.
   *
   * @throws StorageException.Damaged if one of them is not what the server writes
   */
  public static void each(ChatStore store, String space, Taking taking)
      throws StorageException, SealException {
    String after = "";
    for (List<Cell> page = page(store, space, after);
        !page.isEmpty();
        page = page(store, space, after)) {
      for (Cell cell : page) {
        after = cell.key().key();
        try {
          taking.take(cell);
        } catch (IOException e) {
          throw new StorageException.Damaged(space + " " + after + " can't be read", e);
        }
      }
    }
  }

  private static List<Cell> page(ChatStore store, String space, String after)
      throws StorageException {
    return store.cells(space, after, ChatStore.MAX_ROWS);
  }
}
