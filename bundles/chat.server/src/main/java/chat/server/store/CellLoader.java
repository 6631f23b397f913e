// SPDX-License-Identifier: Apache-2.0
package chat.server.store;

import chat.server.base.CellKind;
import chat.server.base.SealException;
import chat.server.base.Seals;
import chat.storage.Cell;
import chat.storage.CellKey;
import chat.storage.StorageException;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * How cells of one kind come into memory: all of them when a server begins, single ones that
 * changed while it stood by.
 *
 * @param taking gets a cell with its clear value, also one that is in memory already
 * @param leftOut gets a cell that this server did not write, so that it can be written again
 * @param gone gets the key of a cell that is no more; it may be one that was never in memory
 */
public record CellLoader(
    CellKind kind, Taking taking, Consumer<Cell> leftOut, Consumer<CellKey> gone) {

  /** Keeps what is in a cell. */
  @FunctionalInterface
  public interface Taking {
    void take(Cell cell, byte[] clear) throws IOException, StorageException;
  }

  /** Of a kind whose cells are simply not there if they can't be opened. */
  public CellLoader(CellKind kind, Taking taking, Consumer<CellKey> gone) {
    this(kind, taking, cell -> {}, gone);
  }

  /** Takes a cell; one that this server did not write is left out, and said. */
  public void read(Cell cell, Seals seals) throws StorageException {
    try {
      taking.take(cell, seals.openCell(cell));
    } catch (IOException | SealException | RuntimeException e) {
      seals.integrity().leftOut(kind.space() + " " + cell.key().key(), e);
      leftOut.accept(cell);
    }
  }
}
