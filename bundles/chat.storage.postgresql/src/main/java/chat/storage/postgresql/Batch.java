// SPDX-License-Identifier: Apache-2.0
package chat.storage.postgresql;

import chat.storage.Cell;
import chat.storage.CellKey;
import chat.storage.Change;
import chat.storage.Change.BlobCommit;
import chat.storage.Change.CellPresent;
import chat.storage.Change.CellVersion;
import chat.storage.Change.CellWrite;
import chat.storage.Change.Condition;
import chat.storage.Change.EntryPresent;
import chat.storage.Change.NewEntry;
import chat.storage.Envelope;
import chat.storage.Outcome;
import chat.storage.Outcome.Committed;
import chat.storage.Outcome.Reason;
import chat.storage.Outcome.Refused;
import chat.storage.Outcome.Repeated;
import chat.storage.StorageException.Damaged;
import chat.storage.StreamTime;
import chat.storage.postgresql.Rows.EntryId;
import chat.storage.postgresql.Rows.Head;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Decides changes on a {@link WorkingSet}. A change is decided before anything of it is applied, so
 * that a refusal has nothing to take back.
 */
record Batch(WorkingSet set, long now) {

  /** Loads all that these changes look at. */
  void load(List<Change> changes) throws SQLException, Damaged {
    Set<Long> streams = new LinkedHashSet<>();
    Set<EntryId> entries = new LinkedHashSet<>();
    Set<CellKey> cells = new LinkedHashSet<>();
    Set<UUID> blobs = new LinkedHashSet<>();
    for (Change change : changes) {
      NewEntry entry = change.entry();
      if (entry != null) {
        streams.add(entry.stream());
        entries.add(new EntryId(entry.author(), entry.id()));
      }
      for (Condition condition : change.conditions()) {
        switch (condition) {
          case CellVersion(CellKey key, _) -> cells.add(key);
          case CellPresent(CellKey key) -> cells.add(key);
          case EntryPresent(_, long author, UUID id) -> entries.add(new EntryId(author, id));
        }
      }
      change.cells().forEach(write -> cells.add(write.key()));
      change.blobs().forEach(commit -> blobs.add(commit.blob()));
      blobs.addAll(change.drops());
    }
    set.loadStreams(streams);
    set.loadEntries(entries);
    set.loadCells(cells);
    set.loadBlobs(blobs);
  }

  List<Outcome> apply(List<Change> changes) throws Damaged {
    List<Outcome> outcomes = new ArrayList<>();
    for (Change change : changes) {
      outcomes.add(apply(change));
    }
    return outcomes;
  }

  private Outcome apply(Change change) throws Damaged {
    NewEntry entry = change.entry();
    if (entry != null) {
      Envelope known = set.entry(new EntryId(entry.author(), entry.id()));
      if (known != null) {
        return repeated(entry, known);
      }
    }
    for (int i = 0; i < change.conditions().size(); i++) {
      if (!holds(change.conditions().get(i))) {
        return new Refused(Reason.CONDITION, i);
      }
    }
    if (entry != null && (entry.about() < 0 || entry.about() > set.head(entry.stream()).number())) {
      return new Refused(Reason.ABOUT_UNKNOWN, -1);
    }
    for (BlobCommit blob : change.blobs()) {
      if (!set.isWhole(blob, change.drops())) {
        return new Refused(Reason.BLOB_INCOMPLETE, -1);
      }
    }
    Outcome outcome = entry == null ? new Committed(0, now) : append(entry);
    for (CellWrite write : change.cells()) {
      write(write);
    }
    change.drops().forEach(set::drop);
    change.blobs().forEach(set::commit);
    change.erasures().forEach(set::erase);
    return outcome;
  }

  private static Outcome repeated(NewEntry entry, Envelope known) {
    return known.stream() == entry.stream()
            && known.kind() == entry.kind()
            && known.hash() == entry.hash()
            && known.about() == entry.about()
        ? new Repeated(known.number(), known.time())
        : new Refused(Reason.ID_TAKEN, -1);
  }

  private boolean holds(Condition condition) throws Damaged {
    return switch (condition) {
      case CellVersion(CellKey key, long version) -> set.version(key) == version;
      case CellPresent(CellKey key) -> set.version(key) > 0;
      case EntryPresent(long stream, long author, UUID id) -> {
        Envelope known = set.entry(new EntryId(author, id));
        yield known != null && known.stream() == stream;
      }
    };
  }

  private Committed append(NewEntry entry) {
    Head head = set.head(entry.stream());
    Envelope envelope =
        new Envelope(
            entry.stream(),
            head.number() + 1,
            entry.id(),
            entry.kind(),
            entry.author(),
            StreamTime.next(now, head.time()),
            entry.length(),
            entry.hash(),
            entry.about());
    set.append(envelope, entry.body(), entry.tokens());
    return new Committed(envelope.number(), envelope.time());
  }

  private void write(CellWrite write) throws Damaged {
    byte[] value = write.value();
    if (value == null) {
      set.remove(write.key());
    } else {
      set.put(new Cell(write.key(), set.version(write.key()) + 1, value));
    }
  }
}
