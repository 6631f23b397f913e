// SPDX-License-Identifier: Apache-2.0
package chat.storage.postgresql;

import chat.storage.Cell;
import chat.storage.Change.BlobCommit;
import chat.storage.Envelope;
import chat.storage.Part;
import chat.storage.Row;
import chat.storage.StorageException.Damaged;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Puts a part of a copy into a {@link WorkingSet}, as it is. */
record Restoration(WorkingSet set) {

  void take(Part part) throws SQLException, Damaged {
    Set<Long> streams =
        part.entries().stream().map(e -> e.envelope().stream()).collect(Collectors.toSet());
    set.loadStreams(streams);
    set.loadBlobs(
        Stream.concat(part.blobs().stream().map(BlobCommit::blob), part.drops().stream()).toList());
    for (Row.Entry entry : part.entries()) {
      append(entry);
    }
    part.erasures().forEach(set::erase);
    for (Cell cell : part.cells()) {
      set.put(cell);
    }
    part.removals().forEach(set::remove);
    part.drops().forEach(set::drop);
    for (BlobCommit blob : part.blobs()) {
      if (!set.isWhole(blob, List.of())) {
        throw new IllegalArgumentException(blob + " is not staged in full length");
      }
      set.commit(blob);
    }
  }

  private void append(Row.Entry entry) {
    Envelope envelope = entry.envelope();
    long head = set.head(envelope.stream()).number();
    if (envelope.number() != head + 1) {
      throw new IllegalArgumentException("%s does not follow number %d".formatted(envelope, head));
    }
    set.append(envelope, entry.body(), entry.tokens());
  }
}
