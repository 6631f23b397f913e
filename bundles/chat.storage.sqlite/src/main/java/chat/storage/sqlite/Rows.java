// SPDX-License-Identifier: Apache-2.0
package chat.storage.sqlite;

import chat.storage.Digest;
import chat.storage.Envelope;
import chat.storage.Row;
import chat.storage.StorageException.Damaged;
import chat.storage.StreamState;
import chat.storage.support.KeyCodec;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads streams and entries on one connection. Which numbers a page must have is known from the
 * stream's head, so that a missing row is seen; what stands at each is believed only if its
 * checksums fit.
 */
record Rows(Link link) {
  private static final String COLUMNS =
      "SELECT stream, number, id, kind, author, time, length, hash, checksum, body_checksum, body,"
          + " about, tokens FROM entry ";

  /** The end of a stream, with the time of its last entry. */
  record Head(long number, long time, Digest digest) {
    static final Head NONE = new Head(0, Long.MIN_VALUE, Digest.ZERO);

    int checksum(long stream) {
      return KeyCodec.checksum(stream, number, time, digest.high(), digest.low());
    }

    StreamState state() {
      return new StreamState(1, number, digest);
    }
  }

  Head head(long stream) throws SQLException, Damaged {
    Integer[] checksum = new Integer[1];
    Head head =
        link.first(
            "SELECT head, time, digest_high, digest_low, checksum FROM stream WHERE stream = ?",
            row -> {
              checksum[0] = row.getInt(5);
              Digest digest = new Digest(row.getLong(3), row.getLong(4));
              return new Head(row.getLong(1), row.getLong(2), digest);
            },
            stream);
    if (head == null) {
      if (link.first("SELECT 1 FROM entry WHERE stream = ? LIMIT 1", row -> 1, stream) != null) {
        throw new Damaged("the head of stream " + stream + " is missing; restore a backup");
      }
      return Head.NONE;
    }
    if (checksum[0] != head.checksum(stream)) {
      throw new Damaged("the head of stream " + stream + " is damaged; restore a backup");
    }
    return head;
  }

  /** The streams with numbers greater than this one that have entries. */
  List<Long> streams(long after, int limit) throws SQLException {
    List<Long> streams = new ArrayList<>();
    link.each(
        "SELECT stream FROM stream WHERE stream > ? ORDER BY stream LIMIT ?",
        row -> streams.add(row.getLong(1)),
        after,
        limit);
    return streams;
  }

  List<Row> after(long stream, long number, int limit) throws SQLException, Damaged {
    long head = head(stream).number();
    long after = Math.max(number, 0);
    if (after >= head || limit == 0) {
      return List.of();
    }
    return page(stream, after + 1, Math.min(head, after + limit));
  }

  List<Row> before(long stream, long number, int limit) throws SQLException, Damaged {
    long head = head(stream).number();
    long last = number > head ? head : Math.max(number, 1) - 1;
    if (last == 0 || limit == 0) {
      return List.of();
    }
    return page(stream, Math.max(1, last - limit + 1), last).reversed();
  }

  List<Row> before(long stream, int kind, long number, int limit) throws SQLException {
    List<Long> numbers = new ArrayList<>();
    link.each(
        "SELECT number FROM entry WHERE stream = ? AND kind = ? AND number < ?"
            + " ORDER BY number DESC LIMIT ?",
        row -> numbers.add(row.getLong(1)),
        stream,
        kind,
        number,
        limit);
    return indexed(stream, numbers, entry -> entry.envelope().kind() == kind);
  }

  List<Row> about(long stream, long first, long last, long after, int limit) throws SQLException {
    List<Long> numbers = new ArrayList<>();
    link.each(
        "SELECT number FROM entry INDEXED BY entry_about"
            + " WHERE about > 0 AND stream = ? AND about BETWEEN ? AND ? AND number > ?"
            + " ORDER BY number LIMIT ?",
        row -> numbers.add(row.getLong(1)),
        stream,
        first,
        last,
        after,
        limit);
    return indexed(
        stream,
        numbers,
        entry -> entry.envelope().about() >= first && entry.envelope().about() <= last);
  }

  List<Row> search(long stream, Collection<Long> tokens, long before, int limit)
      throws SQLException {
    return indexed(
        stream,
        new Words(link).search(stream, tokens, before, limit),
        entry -> entry.tokens().containsAll(tokens));
  }

  /** The rows to which an index leads; it is believed as little as they are. */
  private List<Row> indexed(long stream, List<Long> numbers, Predicate<Row.Entry> wanted)
      throws SQLException {
    List<Row> rows = new ArrayList<>();
    for (long number : numbers) {
      Row row = page(stream, number, number).getFirst();
      boolean fits = !(row instanceof Row.Entry entry) || wanted.test(entry);
      rows.add(fits ? row : misplaced(stream, number));
    }
    return rows;
  }

  int count(long stream, Set<Integer> kinds, long notBy, long after, int limit)
      throws SQLException {
    int count = 0;
    for (int kind : kinds) {
      Integer more =
          link.first(
              "SELECT count(*) FROM (SELECT 1 FROM entry INDEXED BY entry_kind"
                  + " WHERE stream = ? AND kind = ? AND number > ? AND author <> ?"
                  + " AND body_checksum IS NOT NULL LIMIT ?)",
              row -> row.getInt(1),
              stream,
              kind,
              after,
              notBy,
              limit - count);
      count += more == null ? 0 : more;
    }
    return count;
  }

  Optional<Row> find(long author, UUID id) throws SQLException {
    record Place(long stream, long number) {}
    Place place =
        link.first(
            "SELECT stream, number FROM entry WHERE author = ? AND id = ?",
            row -> new Place(row.getLong(1), row.getLong(2)),
            author,
            id);
    if (place == null) {
      return Optional.empty();
    }
    Row row = page(place.stream(), place.number(), place.number()).getFirst();
    boolean fits =
        !(row instanceof Row.Entry entry)
            || (entry.envelope().author() == author && entry.envelope().id().equals(id));
    return Optional.of(fits ? row : misplaced(place.stream(), place.number()));
  }

  private static Row misplaced(long stream, long number) {
    return new Row.Damaged(stream, number, "an index leads to the wrong row");
  }

  /** The rows of just these numbers, ascending. */
  private List<Row> page(long stream, long first, long last) throws SQLException {
    Map<Long, Row> found = new HashMap<>();
    try {
      collect(stream, first, last, found);
    } catch (SQLException e) {
      if (!Failures.isDamage(e)) {
        throw e;
      }
      collectEach(stream, first, last, found);
    }
    List<Row> rows = new ArrayList<>();
    for (long number = first; number <= last; number++) {
      Row row = found.get(number);
      rows.add(row == null ? new Row.Damaged(stream, number, "the row is missing") : row);
    }
    return rows;
  }

  private void collect(long stream, long first, long last, Map<Long, Row> found)
      throws SQLException {
    link.each(
        COLUMNS + "WHERE stream = ? AND number BETWEEN ? AND ?",
        row -> found.put(row.getLong(2), row(row)),
        stream,
        first,
        last);
  }

  /** One damaged page of the file must not hide the good rows beside it. */
  private void collectEach(long stream, long first, long last, Map<Long, Row> found)
      throws SQLException {
    for (long number = first; number <= last; number++) {
      try {
        collect(stream, number, number, found);
      } catch (SQLException e) {
        if (!Failures.isDamage(e)) {
          throw e;
        }
        found.put(number, new Row.Damaged(stream, number, "the file: " + e.getMessage()));
      }
    }
  }

  private static Row row(ResultSet row) throws SQLException {
    Envelope envelope =
        new Envelope(
            row.getLong(1),
            row.getLong(2),
            Codec.id(row.getBytes(3)),
            row.getInt(4),
            row.getLong(5),
            row.getLong(6),
            row.getInt(7),
            row.getLong(8),
            row.getLong(12));
    if (envelope.checksum() != row.getInt(9)) {
      return new Row.Damaged(
          envelope.stream(), envelope.number(), "the envelope does not fit its checksum");
    }
    int bodyChecksum = row.getInt(10);
    boolean erased = row.wasNull();
    byte[] body = body(row);
    List<Long> tokens = Codec.tokens(row.getBytes(13));
    boolean fits =
        body == null
            ? erased && tokens.isEmpty()
            : !erased && bodyChecksum == Envelope.checksum(body, tokens);
    return fits
        ? new Row.Entry(envelope, body, tokens)
        : new Row.Damaged(
            envelope.stream(), envelope.number(), "body or tokens do not fit their checksum");
  }

  /** The driver gives null for an empty blob in some versions; only NULL is an erased body. */
  private static byte @Nullable [] body(ResultSet row) throws SQLException {
    byte[] body = row.getBytes(11);
    if (body == null) {
      return row.getObject(11) == null ? null : new byte[0];
    }
    return body;
  }
}
