// SPDX-License-Identifier: Apache-2.0
package chat.storage.postgresql;

import chat.storage.Cell;
import chat.storage.CellKey;
import chat.storage.Change.BlobCommit;
import chat.storage.Change.Erasure;
import chat.storage.Envelope;
import chat.storage.StorageException.Damaged;
import chat.storage.postgresql.Rows.EntryId;
import chat.storage.postgresql.Rows.Head;
import chat.storage.postgresql.Rows.KeptEnvelope;
import chat.storage.support.KeyCodec;
import chat.storage.support.WriterCache;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one transaction looks at and changes. Everything it may need is loaded at once, is then
 * looked at and changed in memory, where each step sees those before it, and is written at once: a
 * batch takes a dozen round trips at most, however many changes it has; what this writer knows
 * already is not loaded.
 *
 * <p>Rows that a damage made unreadable matter only to who asks for them.
 */
final class WorkingSet {
  private record Place(long stream, long number) {}

  private record Added(Envelope envelope, byte @Nullable [] body, List<Long> tokens) {

    @Nullable Object[] columns(Link link) throws SQLException {
      return new @Nullable Object[] {
        envelope.stream(),
        envelope.number(),
        envelope.id(),
        envelope.kind(),
        envelope.author(),
        envelope.time(),
        envelope.length(),
        envelope.hash(),
        envelope.checksum(),
        body == null ? null : Envelope.checksum(body, tokens),
        body,
        envelope.about(),
        tokens.isEmpty() ? null : link.longs(tokens)
      };
    }
  }

  private final Link link;
  private final WriterCache<Head> cache;
  private final Map<CellKey, Long> versions = new HashMap<>();
  private final Map<Long, Head> heads = new HashMap<>();
  private final Map<EntryId, KeptEnvelope> entries = new HashMap<>();
  private final Map<CellKey, Cells.Kept> cells = new HashMap<>();
  private final Map<UUID, Blobs.Kept> blobs = new HashMap<>();

  private final Set<Long> grown = new LinkedHashSet<>();
  private final Map<Place, Added> added = new LinkedHashMap<>();
  private final Set<Place> erased = new LinkedHashSet<>();
  private final Set<CellKey> touched = new LinkedHashSet<>();
  private final Set<UUID> committed = new LinkedHashSet<>();
  private final Set<UUID> dropped = new LinkedHashSet<>();

  /**
   * @param cache what is known of the rows already
   */
  WorkingSet(Link link, WriterCache<Head> cache) {
    this.link = link;
    this.cache = cache;
  }

  void loadStreams(Collection<Long> streams) throws SQLException, Damaged {
    List<Long> unknown = new ArrayList<>();
    for (long stream : streams) {
      Head known = cache.head(stream);
      if (known == null) {
        unknown.add(stream);
      } else {
        heads.put(stream, known);
      }
    }
    if (!unknown.isEmpty()) {
      heads.putAll(new Rows(link).heads(unknown));
    }
  }

  void loadEntries(Collection<EntryId> ids) throws SQLException {
    if (!ids.isEmpty()) {
      entries.putAll(new Rows(link).envelopes(ids));
    }
  }

  void loadCells(Collection<CellKey> keys) throws SQLException {
    List<CellKey> unknown = new ArrayList<>();
    for (CellKey key : keys) {
      Long known = cache.version(key);
      if (known == null) {
        unknown.add(key);
      } else {
        versions.put(key, known);
      }
    }
    if (!unknown.isEmpty()) {
      cells.putAll(new Cells(link).kept(unknown));
    }
  }

  void loadBlobs(Collection<UUID> ids) throws SQLException {
    if (!ids.isEmpty()) {
      blobs.putAll(new Blobs(link).lock(ids));
    }
  }

  Head head(long stream) {
    return heads.getOrDefault(stream, Head.NONE);
  }

  @Nullable Envelope entry(EntryId id) throws Damaged {
    KeptEnvelope kept = entries.get(id);
    return kept == null ? null : kept.checked();
  }

  /** The version of a cell; 0 if it is not there. */
  long version(CellKey key) throws Damaged {
    Long known = versions.get(key);
    if (known == null) {
      Cells.Kept kept = cells.get(key);
      known = kept == null ? 0 : kept.checked().version();
      versions.put(key, known);
    }
    return known;
  }

  /** Whether a blob is there in just this length, after these have been dropped. */
  boolean isWhole(BlobCommit commit, List<UUID> drops) throws Damaged {
    Blobs.Kept kept = blobs.get(commit.blob());
    return kept != null
        && kept.checked().length() == commit.length()
        && !(kept.committed() && drops.contains(commit.blob()));
  }

  void append(Envelope envelope, byte @Nullable [] body, List<Long> tokens) {
    heads.put(envelope.stream(), head(envelope.stream()).with(envelope));
    entries.put(
        new EntryId(envelope.author(), envelope.id()),
        new KeptEnvelope(envelope, envelope.checksum()));
    added.put(new Place(envelope.stream(), envelope.number()), new Added(envelope, body, tokens));
    grown.add(envelope.stream());
  }

  void erase(Erasure erasure) {
    Place place = new Place(erasure.stream(), erasure.number());
    Added fresh = added.get(place);
    if (fresh == null) {
      erased.add(place);
    } else {
      added.put(place, new Added(fresh.envelope(), null, List.of()));
    }
  }

  void put(Cell cell) {
    cells.put(cell.key(), Cells.Kept.of(cell));
    versions.put(cell.key(), cell.version());
    touched.add(cell.key());
  }

  /** Does not look at what is there, so that a damaged cell can be got rid of. */
  void remove(CellKey key) {
    cells.remove(key);
    versions.put(key, 0L);
    touched.add(key);
  }

  void commit(BlobCommit commit) {
    Blobs.Kept kept = blobs.get(commit.blob());
    if (kept != null && !kept.committed()) {
      blobs.put(kept.id(), Blobs.Kept.of(kept.id(), kept.length(), true));
      committed.add(kept.id());
    }
  }

  /** Damaged or not: it is to go. */
  void drop(UUID blob) {
    Blobs.Kept kept = blobs.get(blob);
    if (kept != null && kept.committed()) {
      blobs.remove(blob);
      committed.remove(blob);
      dropped.add(blob);
    }
  }

  /**
   * Writes all changes; the last thing before COMMIT. Erasures go first: none of them means an
   * entry that is added here.
   *
   * @return whether bytes were erased that had been written before
   */
  boolean write() throws SQLException {
    boolean erases = writeErasures();
    writeEntries();
    writeHeads();
    writeCells();
    new Blobs(link).drop(dropped);
    new Blobs(link).commit(committed.stream().map(blobs::get).toList());
    return erases || !dropped.isEmpty();
  }

  /** It has been committed: what is known now holds for the next one. */
  void remember() {
    heads.forEach(cache::head);
    versions.forEach(cache::version);
  }

  private void writeEntries() throws SQLException {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (Added entry : added.values()) {
      rows.add(entry.columns(link));
    }
    link.updateEach(
        "INSERT INTO entry (stream, number, id, kind, author, time, length, hash, checksum,"
            + " body_checksum, body, about, tokens)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        rows);
  }

  private boolean writeErasures() throws SQLException {
    return !erased.isEmpty()
        && link.update(
                "UPDATE entry e SET body = NULL, body_checksum = NULL, tokens = NULL"
                    + " FROM unnest(?::bigint[], ?::bigint[]) AS k (stream, number)"
                    + " WHERE e.stream = k.stream AND e.number = k.number"
                    + " AND (e.body IS NOT NULL OR e.body_checksum IS NOT NULL"
                    + " OR e.tokens IS NOT NULL)",
                link.longs(erased.stream().map(Place::stream).toList()),
                link.longs(erased.stream().map(Place::number).toList()))
            > 0;
  }

  private void writeHeads() throws SQLException {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (long stream : grown) {
      Head head = head(stream);
      rows.add(
          new Object[] {
            stream,
            head.number(),
            head.time(),
            head.digest().high(),
            head.digest().low(),
            head.checksum(stream)
          });
    }
    link.updateEach(
        "INSERT INTO stream (stream, head, time, digest_high, digest_low, checksum)"
            + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (stream) DO UPDATE SET"
            + " head = excluded.head, time = excluded.time, digest_high = excluded.digest_high,"
            + " digest_low = excluded.digest_low, checksum = excluded.checksum",
        rows);
  }

  private void writeCells() throws SQLException {
    List<@Nullable Object[]> removed = new ArrayList<>();
    List<@Nullable Object[]> written = new ArrayList<>();
    for (CellKey key : touched) {
      Cells.Kept kept = cells.get(key);
      if (kept == null) {
        removed.add(new Object[] {KeyCodec.units(key.space()), KeyCodec.units(key.key())});
      } else {
        written.add(
            new Object[] {
              kept.space(), kept.name(), kept.version(), kept.checksum(), kept.value()
            });
      }
    }
    link.updateEach("DELETE FROM cell WHERE space = ? AND name = ?", removed);
    link.updateEach(
        "INSERT INTO cell (space, name, version, checksum, value) VALUES (?, ?, ?, ?, ?)"
            + " ON CONFLICT (space, name) DO UPDATE SET version = excluded.version,"
            + " checksum = excluded.checksum, value = excluded.value",
        written);
  }
}
