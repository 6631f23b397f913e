// SPDX-License-Identifier: Apache-2.0
package chat.storage.sqlite;

import chat.storage.Cell;
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
import chat.storage.Part;
import chat.storage.Row;
import chat.storage.StorageException.Damaged;
import chat.storage.StreamTime;
import chat.storage.sqlite.Rows.Head;
import chat.storage.support.WriterCache;
import java.io.IOException;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Applies changes within one open transaction. A change is decided before anything of it is
 * written, so that a refusal has nothing to take back; anything that throws ends the transaction.
 *
 * <p>Whether an entry is known is told by the insertion itself, which then does nothing: a repeat
 * is looked for only if that is so, or if the change would be refused.
 */
final class Batch {
  /**
   * So many entries are carried into the index together: more are hardly cheaper each, and a commit
   * would wait longer for them.
   */
  static final int INDEXED_AT_ONCE = 512;

  // fault-point: store-known-entry
  private static final String IF_UNKNOWN = " ON CONFLICT (author, id) DO NOTHING";

  private final Link link;
  private final Rows rows;
  private final Cells cells;
  private final BlobRows blobRows;
  private final Blobs blobs;
  private final long now;
  private final Words words;
  private final WriterCache<Head> cache;
  private final Map<Long, Head> grown = new HashMap<>();
  private final Set<UUID> dropped = new HashSet<>();
  private boolean erases;

  Batch(Link link, WriterCache<Head> cache, Blobs blobs, long now) {
    this.link = link;
    this.cache = cache;
    this.rows = new Rows(link);
    this.cells = new Cells(link);
    this.blobRows = new BlobRows(link);
    this.words = new Words(link);
    this.blobs = blobs;
    this.now = now;
  }

  Outcome apply(Change change) throws SQLException, IOException, Damaged {
    NewEntry entry = change.entry();
    Refused refused = refused(change);
    if (entry == null) {
      return refused == null ? applied(change, new Committed(0, now)) : refused;
    }
    Committed appended = refused == null ? append(entry) : null;
    if (appended != null) {
      return applied(change, appended);
    }
    Optional<Row> known = rows.find(entry.author(), entry.id());
    if (known.isPresent()) {
      return repeated(entry, known.get());
    } else if (refused == null) {
      throw new Damaged("entry " + entry.id() + " is in the index alone" + Failures.RESTORE);
    }
    return refused;
  }

  /** Why a change can't be applied, unless its entry is known already; null if it can. */
  private @Nullable Refused refused(Change change) throws SQLException, IOException, Damaged {
    for (int i = 0; i < change.conditions().size(); i++) {
      if (!holds(change.conditions().get(i))) {
        return new Refused(Reason.CONDITION, i);
      }
    }
    NewEntry entry = change.entry();
    if (entry != null
        && (entry.about() < 0
            || entry.about() > 0 && entry.about() > head(entry.stream()).number())) {
      return new Refused(Reason.ABOUT_UNKNOWN, -1);
    }
    for (BlobCommit blob : change.blobs()) {
      if (!isWhole(blob, change.drops())) {
        return new Refused(Reason.BLOB_INCOMPLETE, -1);
      }
    }
    return null;
  }

  /** Does the rest of a change. */
  private Outcome applied(Change change, Committed outcome)
      throws SQLException, IOException, Damaged {
    for (CellWrite cell : change.cells()) {
      write(cell.key(), cell.value());
    }
    for (UUID blob : change.drops()) {
      drop(blob);
    }
    for (BlobCommit blob : change.blobs()) {
      commit(blob);
    }
    for (Erasure erasure : change.erasures()) {
      erase(erasure);
    }
    return outcome;
  }

  /** Takes a part of a copy as it is. */
  void restore(Part part) throws SQLException, IOException, Damaged {
    for (Row.Entry entry : part.entries()) {
      Head head = head(entry.envelope().stream());
      if (entry.number() != head.number() + 1) {
        throw new IllegalArgumentException(
            entry.envelope() + " does not follow number " + head.number());
      }
      if (!add(entry.envelope(), entry.body(), entry.tokens(), head)) {
        throw new IllegalArgumentException(entry.envelope() + " is there already");
      }
    }
    for (Erasure erasure : part.erasures()) {
      erase(erasure);
    }
    for (Cell cell : part.cells()) {
      put(cell);
    }
    for (CellKey removed : part.removals()) {
      write(removed, null);
    }
    for (UUID blob : part.drops()) {
      drop(blob);
    }
    for (BlobCommit blob : part.blobs()) {
      if (!isWhole(blob, List.of())) {
        throw new IllegalArgumentException(blob + " is not staged in full length");
      }
      commit(blob);
    }
  }

  /** Writes the heads of the streams that have grown; the last thing before COMMIT. */
  void finish() throws SQLException {
    for (Map.Entry<Long, Head> each : grown.entrySet()) {
      Head head = each.getValue();
      link.update(
          "INSERT OR REPLACE INTO stream (stream, head, time, digest_high, digest_low, checksum)"
              + " VALUES (?, ?, ?, ?, ?, ?)",
          each.getKey(),
          head.number(),
          head.time(),
          head.digest().high(),
          head.digest().low(),
          head.checksum(each.getKey()));
    }
    if (!grown.isEmpty() && words.tail() > INDEXED_AT_ONCE) {
      words.index(2 * INDEXED_AT_ONCE);
    }
  }

  /** Whether entries were added, which may wait to be indexed. */
  boolean grows() {
    return !grown.isEmpty();
  }

  /** Whether bytes were erased that still stand in the write-ahead log. */
  boolean erases() {
    return erases;
  }

  /** The blobs whose files have to go once the transaction has ended well. */
  Set<UUID> dropped() {
    return dropped;
  }

  private static Outcome repeated(NewEntry entry, Row known) throws Damaged {
    return switch (known) {
      case Row.Entry(Envelope envelope, _, _) ->
          envelope.stream() == entry.stream()
                  && envelope.kind() == entry.kind()
                  && envelope.hash() == entry.hash()
                  && envelope.about() == entry.about()
              ? new Repeated(envelope.number(), envelope.time())
              : new Refused(Reason.ID_TAKEN, -1);
      case Row.Damaged(long stream, long number, String what) ->
          throw new Damaged(
              "entry " + number + " of stream " + stream + ": " + what + "; restore a backup");
    };
  }

  /** Whether a blob is there in just this length, after these have been dropped. */
  private boolean isWhole(BlobCommit blob, List<UUID> drops)
      throws SQLException, IOException, Damaged {
    Long committed = blobRows.length(blob.blob());
    return committed == null
        ? !dropped.contains(blob.blob()) && blobs.isStaged(blob.blob(), blob.length())
        : !drops.contains(blob.blob()) && committed == blob.length();
  }

  private boolean holds(Condition condition) throws SQLException, Damaged {
    return switch (condition) {
      case CellVersion(CellKey key, long version) -> version == version(key);
      case CellPresent(CellKey key) -> version(key) != 0;
      case EntryPresent(long stream, long author, UUID id) ->
          link.first(
                  "SELECT 1 FROM entry WHERE author = ? AND id = ? AND stream = ?",
                  row -> 1,
                  author,
                  id,
                  stream)
              != null;
    };
  }

  private Head head(long stream) throws SQLException, Damaged {
    Head known = grown.getOrDefault(stream, cache.head(stream));
    if (known != null) {
      return known;
    }
    Head head = rows.head(stream);
    cache.head(stream, head);
    return head;
  }

  /** The version of a cell; 0 if it is not there. */
  private long version(CellKey key) throws SQLException, Damaged {
    Long known = cache.version(key);
    if (known != null) {
      return known;
    }
    Cell cell = cells.cell(key);
    long version = cell == null ? 0 : cell.version();
    cache.version(key, version);
    return version;
  }

  private void write(CellKey key, byte @Nullable [] value) throws SQLException, Damaged {
    if (value == null) {
      cells.remove(key);
      cache.version(key, 0);
    } else {
      put(new Cell(key, version(key) + 1, value));
    }
  }

  private void put(Cell cell) throws SQLException {
    cells.put(cell);
    cache.version(cell.key(), cell.version());
  }

  /** Appends an entry; null if its author has used the id before. */
  private @Nullable Committed append(NewEntry entry) throws SQLException, Damaged {
    Head head = head(entry.stream());
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
    return add(envelope, entry.body(), entry.tokens(), head)
        ? new Committed(envelope.number(), envelope.time())
        : null;
  }

  /** Adds the next entry of a stream; false if its author has used the id before. */
  private boolean add(Envelope envelope, byte @Nullable [] body, List<Long> tokens, Head head)
      throws SQLException {
    int added =
        link.update(
            "INSERT INTO entry (stream, number, id, kind, author, time, length, hash, checksum,"
                + " body_checksum, body, about, tokens)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                + IF_UNKNOWN,
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
            Codec.bytes(tokens));
    if (added > 0) {
      Head next = new Head(envelope.number(), envelope.time(), head.digest().with(envelope));
      grown.put(envelope.stream(), next);
      cache.head(envelope.stream(), next);
    }
    return added > 0;
  }

  private void commit(BlobCommit commit) throws SQLException, IOException, Damaged {
    if (blobRows.length(commit.blob()) == null) {
      blobs.commit(commit.blob());
      blobRows.add(commit.blob(), commit.length());
    }
  }

  private void drop(UUID blob) throws SQLException {
    if (blobRows.has(blob)) {
      blobRows.drop(blob);
      dropped.add(blob);
    }
  }

  private void erase(Erasure erasure) throws SQLException {
    record Indexed(long row, List<Long> tokens) {}
    Indexed indexed =
        link.first(
            "SELECT row, tokens FROM entry WHERE stream = ? AND number = ?",
            row -> new Indexed(row.getLong(1), Codec.tokens(row.getBytes(2))),
            erasure.stream(),
            erasure.number());
    if (indexed != null) {
      words.remove(indexed.row(), indexed.tokens());
      link.update(
          "UPDATE entry SET body = NULL, body_checksum = NULL, tokens = NULL WHERE row = ?",
          indexed.row());
      erases = true;
    }
  }
}
