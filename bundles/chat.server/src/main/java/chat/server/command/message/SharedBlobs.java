// SPDX-License-Identifier: Apache-2.0
package chat.server.command.message;

import chat.server.base.Cells;
import chat.server.base.SealException;
import chat.server.base.Seals;
import chat.server.store.StoreAccess;
import chat.storage.Cell;
import chat.storage.CellKey;
import chat.storage.Change.CellVersion;
import chat.storage.Change.CellWrite;
import chat.storage.Change.Condition;
import chat.storage.StorageException;
import java.util.Optional;
import java.util.UUID;

/**
 * Which files are shown by more than one entry: a forwarded file refers to the bytes of the first
 * one, and they go with the last entry that shows them. A cell counts the entries beyond the first;
 * whoever adds or removes one relies on it, so that forwarding and deleting at the same time come
 * out right. Only on readers' threads.
 */
public record SharedBlobs(StoreAccess access, Seals seals) {

  /**
   * How many entries beyond the first show a blob.
   *
   * @param seals what cells are written with
   * @param version of the cell that says so; 0 if there is none
   */
  public record Sharing(Seals seals, CellKey key, long further, long version) {
    /** That no entry came to show it or ceased to meanwhile. */
    public Condition unchanged() {
      return new CellVersion(key, version);
    }

    /** One more entry shows it. */
    CellWrite more() {
      return seals.write(key, Cells.bytes(further + 1));
    }

    /** Whether nothing shows it any more once so many entries do not. */
    public boolean isLast(int fewer) {
      return fewer > further;
    }

    /** So many entries do not show it any more. */
    public CellWrite fewer(int fewer) {
      return fewer >= further
          ? new CellWrite(key, null)
          : seals.write(key, Cells.bytes(further - fewer));
    }
  }

  public Sharing of(UUID blob) throws StorageException, SealException {
    CellKey key = Cells.sharedBlob(blob);
    Optional<Cell> cell = access.read((store, generation) -> store.cell(key));
    return cell.isEmpty()
        ? new Sharing(seals, key, 0, 0)
        : new Sharing(seals, key, Cells.number(seals.openCell(cell.get())), cell.get().version());
  }
}
