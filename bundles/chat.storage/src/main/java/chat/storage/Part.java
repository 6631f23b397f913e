// SPDX-License-Identifier: Apache-2.0
package chat.storage;

import chat.storage.Change.BlobCommit;
import chat.storage.Change.Erasure;
import java.util.List;
import java.util.UUID;

/**
 * A part of a copy, taken as it is. It is applied in the order of the components.
 *
 * @param entries each the next one of its stream; one without a body was erased where it comes from
 * @param erasures of entries that the copy has had before
 * @param cells replace what the copy has, their versions included
 * @param removals cells that are to go; one that is not there is fine
 * @param drops committed blobs that are to go; one that is not committed stays what it is
 * @param blobs staged ones that become immutable, or committed ones of the same length
 */
public record Part(
    List<Row.Entry> entries,
    List<Erasure> erasures,
    List<Cell> cells,
    List<CellKey> removals,
    List<UUID> drops,
    List<BlobCommit> blobs) {

  public Part {
    entries = List.copyOf(entries);
    erasures = List.copyOf(erasures);
    cells = List.copyOf(cells);
    removals = List.copyOf(removals);
    drops = List.copyOf(drops);
    blobs = List.copyOf(blobs);
  }

  /** A part of a stream. */
  public static Part ofEntries(List<Row.Entry> entries, List<Erasure> erasures) {
    return new Part(entries, erasures, List.of(), List.of(), List.of(), List.of());
  }

  /** Cells that were written and cells that were removed. */
  public static Part ofCells(List<Cell> cells, List<CellKey> removals) {
    return new Part(List.of(), List.of(), cells, removals, List.of(), List.of());
  }

  /** Blobs that are staged in full. */
  public static Part ofBlobs(List<BlobCommit> blobs) {
    return new Part(List.of(), List.of(), List.of(), List.of(), List.of(), blobs);
  }

  /** Blobs that were dropped. */
  public static Part ofDrops(List<UUID> drops) {
    return new Part(List.of(), List.of(), List.of(), List.of(), drops, List.of());
  }
}
