// SPDX-License-Identifier: Apache-2.0
package chat.storage.memory;

import chat.storage.Cell;
import chat.storage.Change.BlobCommit;
import chat.storage.Change.Erasure;
import chat.storage.Envelope;
import chat.storage.Part;
import chat.storage.Row;
import chat.storage.memory.MemoryDisk.EntryId;
import chat.storage.memory.MemoryDisk.KeptCell;
import chat.storage.memory.MemoryDisk.KeptEntry;
import chat.storage.memory.MemoryDisk.Place;
import chat.storage.memory.MemoryDisk.Stream;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Takes a part of a copy under the disk's write lock. It is looked at as a whole before anything of
 * it is applied.
 */
final class Restoration {
  private final MemoryDisk disk;

  Restoration(MemoryDisk disk) {
    this.disk = disk;
  }

  void take(Part part) {
    check(part);
    part.entries().forEach(this::append);
    for (Erasure erasure : part.erasures()) {
      new Batch(disk, 0).erase(erasure);
    }
    for (Cell cell : part.cells()) {
      disk.spaces
          .computeIfAbsent(cell.key().space(), name -> new TreeMap<>())
          .put(
              cell.key().key(),
              new KeptCell(cell.version(), cell.value().clone(), Envelope.checksum(cell.value())));
    }
    part.removals().forEach(key -> disk.space(key.space()).remove(key.key()));
    part.drops().forEach(disk.blobs::remove);
    for (BlobCommit blob : part.blobs()) {
      new Batch(disk, 0).commit(blob);
    }
  }

  private void check(Part part) {
    Map<Long, Long> heads = new HashMap<>();
    for (Row.Entry entry : part.entries()) {
      Envelope envelope = entry.envelope();
      Stream stream = disk.streams.get(envelope.stream());
      long head = heads.getOrDefault(envelope.stream(), stream == null ? 0L : stream.rows.size());
      if (envelope.number() != head + 1) {
        throw new IllegalArgumentException(
            "%s does not follow number %d".formatted(envelope, head));
      }
      heads.put(envelope.stream(), envelope.number());
    }
    for (BlobCommit blob : part.blobs()) {
      if (!new Batch(disk, 0).isWhole(blob, part.drops())) {
        throw new IllegalArgumentException(blob + " is not staged in full length");
      }
    }
  }

  private void append(Row.Entry entry) {
    Envelope envelope = entry.envelope();
    Stream stream = disk.streams.computeIfAbsent(envelope.stream(), number -> new Stream());
    stream.rows.add(KeptEntry.of(envelope, entry.body(), entry.tokens()));
    stream.digest = stream.digest.with(envelope);
    stream.time = envelope.time();
    disk.places.put(
        new EntryId(envelope.author(), envelope.id()),
        new Place(envelope.stream(), envelope.number()));
  }
}
