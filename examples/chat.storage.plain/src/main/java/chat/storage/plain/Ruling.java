// SPDX-License-Identifier: Apache-2.0
package chat.storage.plain;

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
import chat.storage.plain.Index.EntryId;
import chat.storage.plain.Index.Kept;
import chat.storage.plain.LogRecord.Put;
import chat.storage.plain.LogRecord.Remove;
import chat.storage.plain.LogRecord.StreamEnd;
import java.io.IOException;
import java.util.UUID;

/** Decides changes one after the other; nothing of a change is done before it is decided. */
record Ruling(Batch batch, Index index, long now) {

  Outcome on(Change change) throws IOException, Damaged {
    NewEntry entry = change.entry();
    if (entry != null) {
      Kept known = index.entries.get(new EntryId(entry.author(), entry.id()));
      if (known != null) {
        return repeated(entry, known.envelope());
      }
    }
    for (int i = 0; i < change.conditions().size(); i++) {
      if (!holds(change.conditions().get(i))) {
        return new Refused(Reason.CONDITION, i);
      }
    }
    if (entry != null && !isAboutKnown(entry)) {
      return new Refused(Reason.ABOUT_UNKNOWN, -1);
    }
    for (BlobCommit blob : change.blobs()) {
      if (!batch.isWhole(blob, change.drops())) {
        return new Refused(Reason.BLOB_INCOMPLETE, -1);
      }
    }
    Outcome outcome = entry == null ? new Committed(0, now) : append(entry);
    for (CellWrite cell : change.cells()) {
      write(cell);
    }
    for (UUID blob : change.drops()) {
      batch.drop(blob);
    }
    for (BlobCommit blob : change.blobs()) {
      batch.keep(blob);
    }
    change.erasures().forEach(batch::erase);
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
      case CellVersion(CellKey key, long version) -> index.version(key) == version;
      case CellPresent(CellKey key) -> index.version(key) > 0;
      case EntryPresent(long stream, long author, UUID id) -> {
        Kept known = index.entries.get(new EntryId(author, id));
        yield known != null && known.envelope().stream() == stream;
      }
    };
  }

  private boolean isAboutKnown(NewEntry entry) {
    return entry.about() >= 0 && entry.about() <= index.streamEnd(entry.stream()).head();
  }

  private Committed append(NewEntry entry) {
    StreamEnd end = index.streamEnd(entry.stream());
    Envelope envelope =
        new Envelope(
            entry.stream(),
            end.head() + 1,
            entry.id(),
            entry.kind(),
            entry.author(),
            StreamTime.next(now, end.time()),
            entry.length(),
            entry.hash(),
            entry.about());
    batch.append(envelope, entry.body(), entry.tokens());
    return new Committed(envelope.number(), envelope.time());
  }

  private void write(CellWrite write) throws Damaged {
    byte[] value = write.value();
    batch.add(
        value == null
            ? new Remove(write.key())
            : new Put(new Cell(write.key(), index.version(write.key()) + 1, value.clone())));
  }
}
