// SPDX-License-Identifier: Apache-2.0
package chat.storage.memory;

import chat.storage.CellKey;
import chat.storage.Change;
import chat.storage.Change.BlobCommit;
import chat.storage.Change.CellPresent;
import chat.storage.Change.CellVersion;
import chat.storage.Change.CellWrite;
import chat.storage.Change.Condition;
import chat.storage.Change.EntryPresent;
import chat.storage.Change.Erasure;
import chat.storage.Change.NewEntry;
import chat.storage.Envelope;
import chat.storage.Outcome;
import chat.storage.Outcome.Committed;
import chat.storage.Outcome.Reason;
import chat.storage.Outcome.Refused;
import chat.storage.Outcome.Repeated;
import chat.storage.StreamTime;
import chat.storage.memory.MemoryDisk.EntryId;
import chat.storage.memory.MemoryDisk.KeptBlob;
import chat.storage.memory.MemoryDisk.KeptCell;
import chat.storage.memory.MemoryDisk.KeptEntry;
import chat.storage.memory.MemoryDisk.Place;
import chat.storage.memory.MemoryDisk.Stream;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Applies the changes of one batch under the disk's write lock. A change is decided before anything
 * of it is applied, and applying can't fail, so nothing ever has to be taken back.
 */
final class Batch {
  private final MemoryDisk disk;
  private final long now;

  Batch(MemoryDisk disk, long now) {
    this.disk = disk;
    this.now = now;
  }

  Outcome apply(Change change) {
    NewEntry entry = change.entry();
    if (entry != null) {
      Place known = disk.places.get(new EntryId(entry.author(), entry.id()));
      if (known != null) {
        return repeated(entry, known);
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
      if (!isWhole(blob, change.drops())) {
        return new Refused(Reason.BLOB_INCOMPLETE, -1);
      }
    }
    Outcome outcome = entry == null ? new Committed(0, now) : append(entry);
    change.cells().forEach(this::write);
    change.drops().forEach(disk.blobs::remove);
    change.blobs().forEach(this::commit);
    change.erasures().forEach(this::erase);
    return outcome;
  }

  private Outcome repeated(NewEntry entry, Place place) {
    KeptEntry known = disk.row(place);
    if (known != null
        && place.stream() == entry.stream()
        && known.envelope().kind() == entry.kind()
        && known.envelope().hash() == entry.hash()
        && known.envelope().about() == entry.about()) {
      return new Repeated(place.number(), known.envelope().time());
    }
    return new Refused(Reason.ID_TAKEN, -1);
  }

  private boolean holds(Condition condition) {
    return switch (condition) {
      case CellVersion(CellKey key, long version) -> {
        KeptCell cell = disk.cell(key);
        yield version == (cell == null ? 0 : cell.version());
      }
      case CellPresent(CellKey key) -> disk.cell(key) != null;
      case EntryPresent(long stream, long author, UUID id) -> {
        Place place = disk.places.get(new EntryId(author, id));
        yield place != null && place.stream() == stream;
      }
    };
  }

  private boolean isAboutKnown(NewEntry entry) {
    Stream stream = disk.streams.get(entry.stream());
    return entry.about() >= 0 && entry.about() <= (stream == null ? 0 : stream.rows.size());
  }

  /** Whether a blob is there in just this length, after these have been dropped. */
  boolean isWhole(BlobCommit commit, List<UUID> drops) {
    KeptBlob blob = disk.blobs.get(commit.blob());
    if (blob != null && drops.contains(commit.blob())) {
      return false;
    }
    if (blob != null) {
      return blob.length() == commit.length();
    }
    StagedBytes staged = disk.staged.get(commit.blob());
    return staged != null && staged.length() == commit.length();
  }

  private Committed append(NewEntry entry) {
    Stream stream = disk.streams.computeIfAbsent(entry.stream(), number -> new Stream());
    stream.time = StreamTime.next(now, stream.time);
    Envelope envelope =
        new Envelope(
            entry.stream(),
            stream.rows.size() + 1,
            entry.id(),
            entry.kind(),
            entry.author(),
            stream.time,
            entry.length(),
            entry.hash(),
            entry.about());
    stream.rows.add(KeptEntry.of(envelope, entry.body(), entry.tokens()));
    stream.digest = stream.digest.with(envelope);
    disk.places.put(
        new EntryId(entry.author(), entry.id()), new Place(entry.stream(), envelope.number()));
    return new Committed(envelope.number(), envelope.time());
  }

  private void write(CellWrite write) {
    TreeMap<String, KeptCell> space =
        disk.spaces.computeIfAbsent(write.key().space(), name -> new TreeMap<>());
    byte[] value = write.value();
    if (value == null) {
      space.remove(write.key().key());
      return;
    }
    KeptCell before = space.get(write.key().key());
    space.put(
        write.key().key(),
        new KeptCell(
            before == null ? 1 : before.version() + 1, value.clone(), Envelope.checksum(value)));
  }

  void commit(BlobCommit commit) {
    StagedBytes staged = disk.staged.remove(commit.blob());
    if (staged != null) {
      disk.blobs.put(commit.blob(), new KeptBlob(staged.length(), staged.copy()));
    }
  }

  void erase(Erasure erasure) {
    KeptEntry row = disk.row(new Place(erasure.stream(), erasure.number()));
    Stream stream = disk.streams.get(erasure.stream());
    if (row != null && stream != null) {
      stream.rows.set((int) erasure.number() - 1, row.erased());
    }
  }
}
