// SPDX-License-Identifier: Apache-2.0
package chat.storage.memory;

import chat.storage.Cell;
import chat.storage.CellKey;
import chat.storage.Digest;
import chat.storage.Envelope;
import chat.storage.StoreState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * The data that outlives a store object. Everything is read under the read lock and changed under
 * the write lock; a batch holds the write lock from its first change to its last, so that reads see
 * whole batches. Bytes are copied on the way in and on the way out.
 */
public final class MemoryDisk {
  final ReadWriteLock lock = new ReentrantReadWriteLock();
  final Map<Long, Stream> streams = new HashMap<>();
  final Map<EntryId, Place> places = new HashMap<>();
  final Map<String, TreeMap<String, KeptCell>> spaces = new HashMap<>();
  final Map<UUID, StagedBytes> staged = new HashMap<>();
  final Map<UUID, KeptBlob> blobs = new HashMap<>();
  @Nullable StoreState state;

  /** What makes an entry unique. */
  record EntryId(long author, UUID id) {}

  /** Where an entry stands. */
  record Place(long stream, long number) {}

  /** An entry as it lies on the disk; an erased one has neither body and tokens nor checksum. */
  record KeptEntry(
      Envelope envelope,
      int checksum,
      byte @Nullable [] body,
      List<Long> tokens,
      @Nullable Integer bodyChecksum) {

    static KeptEntry of(Envelope envelope, byte @Nullable [] body, List<Long> tokens) {
      int checksum = envelope.checksum();
      return body == null
          ? new KeptEntry(envelope, checksum, null, List.of(), null)
          : new KeptEntry(
              envelope, checksum, body.clone(), tokens, Envelope.checksum(body, tokens));
    }

    KeptEntry erased() {
      return new KeptEntry(envelope, checksum, null, List.of(), null);
    }
  }

  record KeptCell(long version, byte[] value, int checksum) {

    Cell cell(CellKey key) {
      return new Cell(key, version, value.clone());
    }
  }

  /** The length is kept apart from the bytes, so that lost bytes are noticed. */
  record KeptBlob(long length, byte @Nullable [] bytes) {}

  /** Number n stands at index n - 1; null is a row that was lost. */
  static final class Stream {
    final List<@Nullable KeptEntry> rows = new ArrayList<>();
    Digest digest = Digest.ZERO;
    long time = Long.MIN_VALUE;
  }

  TreeMap<String, KeptCell> space(String space) {
    TreeMap<String, KeptCell> cells = spaces.get(space);
    return cells == null ? new TreeMap<>() : cells;
  }

  @Nullable KeptCell cell(CellKey key) {
    return space(key.space()).get(key.key());
  }

  @Nullable KeptEntry row(Place place) {
    Stream stream = streams.get(place.stream());
    if (stream == null || place.number() < 1 || place.number() > stream.rows.size()) {
      return null;
    }
    return stream.rows.get((int) place.number() - 1);
  }
}
