// SPDX-License-Identifier: Apache-2.0
package chat.server.command.importer;

import chat.protocol.Problem;
import chat.server.base.Cells;
import chat.server.base.Refusal;
import chat.server.base.SealException;
import chat.server.base.Seals;
import chat.server.base.Sha256;
import chat.server.room.Directory;
import chat.server.store.StoreAccess;
import chat.storage.Cell;
import chat.storage.CellKey;
import chat.storage.StorageException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Who had which name elsewhere: the accounts that an import has made, or found here. */
record ImportedNames(StoreAccess access, Directory directory, Seals seals) {
  /** Where it is kept who had this name. */
  static CellKey taken(String name) {
    return Cells.taken(Sha256.of(name.getBytes(StandardCharsets.UTF_8)));
  }

  /** The account of who had this name elsewhere. */
  long account(String name) throws Refusal, StorageException {
    Optional<Cell> cell = access.read((store, generation) -> store.cell(taken(name)));
    if (cell.isEmpty()) {
      throw unknown("nobody was taken in as " + name);
    }
    long id = opened(cell.get(), name);
    if (directory.accounts().get(id).isEmpty()) {
      throw unknown("the account of " + name + " has been deleted since");
    }
    return id;
  }

  private static Refusal unknown(String why) {
    return Refusal.denied(Problem.PERSON_UNKNOWN, why);
  }

  private long opened(Cell cell, String name) throws Refusal {
    try {
      return Cells.number(seals.openCell(cell));
    } catch (SealException e) {
      seals.integrity().leftOut(cell.key().space() + " " + cell.key().key(), e);
      throw unknown("who was taken in as " + name + " can't be read any more");
    }
  }
}
