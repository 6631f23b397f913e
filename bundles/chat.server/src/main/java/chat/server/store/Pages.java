// SPDX-License-Identifier: Apache-2.0
package chat.server.store;

import chat.server.base.CellKind;
import chat.server.base.SealException;
import chat.server.base.Seals;
import chat.storage.Cell;
import chat.storage.ChatStore;
import chat.storage.StorageException;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** Reading all cells of a space, as it is done when the server begins. */
public final class Pages {

  public interface Taking {
    void take(Cell cell, byte[] clear) throws IOException, StorageException;
  }

  private Pages() {}

  /**
   * Shows the clear values of all cells of a kind in the order of their keys. One that this server
   * did not write is left out, and said.
   */
  public static void each(ChatStore store, Seals seals, CellKind kind, Taking taking)
      throws StorageException {
    each(store, seals, kind, taking, leftOut -> {});
  }

  /**
   * The same.
   *
   * @param leftOut gets the cells that are left out, so that they can be written again
   */
  public static void each(
      ChatStore store, Seals seals, CellKind kind, Taking taking, Consumer<Cell> leftOut)
      throws StorageException {
    String after = "";
    for (List<Cell> page = page(store, kind, after);
        !page.isEmpty();
        page = page(store, kind, after)) {
      for (Cell cell : page) {
        after = cell.key().key();
        try {
          taking.take(cell, seals.openCell(cell));
        } catch (IOException | SealException | RuntimeException e) {
          seals.integrity().leftOut(kind.space() + " " + after, e);
          leftOut.accept(cell);
        }
      }
    }
  }

  private static List<Cell> page(ChatStore store, CellKind kind, String after)
      throws StorageException {
    return store.cells(kind.space(), after, ChatStore.MAX_ROWS);
  }
}
