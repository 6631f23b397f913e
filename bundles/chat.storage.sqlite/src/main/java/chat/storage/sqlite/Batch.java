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
 */
final class Batch {
  private final Link link;
  private final Rows rows;
  private final Cells cells;
  private final BlobRows blobRows;
  private final Blobs blobs;
  private final long now;
  private final Words words;
  private final Map<Long, Head> heads = new HashMap<>();
  private final Set<UUID> dropped = new HashSet<>();
  private boolean erases;

  Batch(Link link, Blobs blobs, long now) {
    this.link = link;
    this.rows = new Rows(link);
    this.cells = new Cells(link);
    this.blobRows = new BlobRows(link);
    this.words = new Words(link);
    this.blobs = blobs;
    this.now = now;
  }

  Outcome apply(Change change) throws SQLException, IOException, Damaged {
    NewEntry entry = change.entry();
    if (entry != null) {
      // fault-point: store-known-entry
      Optional<Row> known = rows.find(entry.author(), entry.id());
      if (known.isPresent()) {
        return repeated(entry, known.get());
      }
    }
    for (int i = 0; i < change.conditions().size(); i++) {
      if (!holds(change.conditions().get(i))) {
        return new Refused(Reason.CONDITION, i);
      }
    }
    if (entry != null && (entry.about() < 0 || entry.about() > head(entry.stream()).number())) {
      return new Refused(Reason.ABOUT_UNKNOWN, -1);
    }
    for (BlobCommit blob : change.blobs()) {
      if (!isWhole(blob, change.drops())) {
        return new Refused(Reason.BLOB_INCOMPLETE, -1);
      }
    }
    Outcome outcome = entry == null ? new Committed(0, now) : append(entry);
    for (CellWrite cell : change.cells()) {
      cells.write(cell.key(), cell.value());
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
      add(entry.envelope(), entry.body(), entry.tokens(), head);
    }
    for (Erasure erasure : part.erasures()) {
      erase(erasure);
    }
    for (Cell cell : part.cells()) {
      cells.put(cell);
    }
    for (CellKey removed : part.removals()) {
      cells.write(removed, null);
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
    for (Map.Entry<Long, Head> grown : heads.entrySet()) {
      Head head = grown.getValue();
      link.update(
          "INSERT OR REPLACE INTO stream (stream, head, time, digest_high, digest_low, checksum)"
              + " VALUES (?, ?, ?, ?, ?, ?)",
          grown.getKey(),
          head.number(),
          head.time(),
          head.digest().high(),
          head.digest().low(),
          head.checksum(grown.getKey()));
    }
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
      case CellVersion(CellKey key, long version) -> {
        Cell cell = cells.cell(key);
        yield version == (cell == null ? 0 : cell.version());
      }
      case CellPresent(CellKey key) -> cells.cell(key) != null;
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
    Head grown = heads.get(stream);
    return grown == null ? rows.head(stream) : grown;
  }

  private Committed append(NewEntry entry) throws SQLException, Damaged {
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
    add(envelope, entry.body(), entry.tokens(), head);
    return new Committed(envelope.number(), envelope.time());
  }

  /** Adds the next entry of a stream. */
  private void add(Envelope envelope, byte @Nullable [] body, List<Long> tokens, Head head)
      throws SQLException {
    link.update(
        "INSERT INTO entry (stream, number, id, kind, author, time, length, hash, checksum,"
            + " body_checksum, body, about, tokens) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
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
    if (!tokens.isEmpty()) {
      words.add(link.number("SELECT last_insert_rowid()"), tokens);
    }
    heads.put(
        envelope.stream(),
        new Head(envelope.number(), envelope.time(), head.digest().with(envelope)));
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
