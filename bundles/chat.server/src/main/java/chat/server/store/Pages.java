// SPDX-License-Identifier: Apache-2.0
package chat.server.store;

import chat.server.base.CellKind;
import chat.storage.Cell;
import chat.storage.ChatStore;
import chat.storage.StorageException;
import java.util.List;

/** Reading all cells of a kind, as it is done when the server begins. */
public final class Pages {

  /** Sees one cell after the other. */
  @FunctionalInterface
  public interface Visitor {
    void visit(Cell cell) throws StorageException;
  }

  private Pages() {}

  /** Shows all cells of a kind in the order of their keys. */
  public static void each(ChatStore store, CellKind kind, Visitor visitor) throws StorageException {
    String after = "";
    for (List<Cell> page = page(store, kind, after);
        !page.isEmpty();
        page = page(store, kind, after)) {
      for (Cell cell : page) {
        after = cell.key().key();
        visitor.visit(cell);
      }
    }
  }

  private static List<Cell> page(ChatStore store, CellKind kind, String after)
      throws StorageException {
    return store.cells(kind.space(), after, ChatStore.MAX_ROWS);
  }
}
