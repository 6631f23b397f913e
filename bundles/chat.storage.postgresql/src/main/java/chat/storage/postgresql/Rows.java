// SPDX-License-Identifier: Apache-2.0
package chat.storage.postgresql;

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

/**
 * Reads streams and entries on one connection. Which numbers a page must have is known from the
 * stream's head, so that a missing row is seen; what stands at each is believed only if its
 * checksums fit. The head may be read in an earlier snapshot than the rows: what is below it never
 * goes away.
 */
record Rows(Link link) {
  private static final String ENVELOPE =
      "SELECT stream, number, id, kind, author, time, length, hash, checksum, about";

  private static final String SELECT = ENVELOPE + ", body_checksum, body, tokens FROM entry ";

  /**
   * Among as many of the newest entries a search looks without the index: where hits are that
   * frequent, the index would give all of them, to be sorted for a few.
   */
  private static final long NEWEST = 2_000;

  /** A head that is missing although there are entries comes as a row of NULLs. */
  private static final String HEADS =
      "SELECT k.stream, s.head, s.time, s.digest_high, s.digest_low, s.checksum"
          + " FROM unnest(?::bigint[]) AS k (stream) LEFT JOIN stream s ON s.stream = k.stream"
          + " WHERE s.stream IS NOT NULL"
          + " OR EXISTS (SELECT FROM entry e WHERE e.stream = k.stream)";

  /** The end of a stream, with the time of its last entry. */
  record Head(long number, long time, Digest digest) {
    static final Head NONE = new Head(0, Long.MIN_VALUE, Digest.ZERO);

    Head with(Envelope envelope) {
      return new Head(envelope.number(), envelope.time(), digest.with(envelope));
    }

    int checksum(long stream) {
      return KeyCodec.checksum(stream, number, time, digest.high(), digest.low());
    }

    StreamState state() {
      return new StreamState(1, number, digest);
    }
  }

  private record KeptHead(long stream, Head head, int checksum, boolean missing) {

    static KeptHead of(ResultSet row) throws SQLException {
      Digest digest = new Digest(row.getLong(4), row.getLong(5));
      Head head = new Head(row.getLong(2), row.getLong(3), digest);
      int checksum = row.getInt(6);
      return new KeptHead(row.getLong(1), head, checksum, row.wasNull());
    }

    Head checked() throws Damaged {
      if (missing || checksum != head.checksum(stream)) {
        throw new Damaged(
            "the head of stream %d is %s; restore a backup"
                .formatted(stream, missing ? "missing" : "damaged"));
      }
      return head;
    }
  }

  /** An envelope as it lies in the table. */
  record KeptEnvelope(Envelope envelope, int checksum) {

    static KeptEnvelope of(ResultSet row) throws SQLException {
      Envelope envelope =
          new Envelope(
              row.getLong(1),
              row.getLong(2),
              row.getObject(3, UUID.class),
              row.getInt(4),
              row.getLong(5),
              row.getLong(6),
              row.getInt(7),
              row.getLong(8),
              row.getLong(10));
      return new KeptEnvelope(envelope, row.getInt(9));
    }

    boolean fits() {
      return checksum == envelope.checksum();
    }

    Envelope checked() throws Damaged {
      if (!fits()) {
        throw new Damaged(
            "entry %d of stream %d does not fit its checksum; restore a backup"
                .formatted(envelope.number(), envelope.stream()));
      }
      return envelope;
    }
  }

  /** What makes an entry unique. */
  record EntryId(long author, UUID id) {}

  /** The envelopes of those entries that are there. */
  Map<EntryId, KeptEnvelope> envelopes(Collection<EntryId> ids) throws SQLException {
    Map<EntryId, KeptEnvelope> found = new HashMap<>();
    link.list(
        ENVELOPE
            + " FROM entry JOIN unnest(?::bigint[], ?::uuid[]) AS k (author, id)"
            + " USING (author, id)",
        row -> {
          KeptEnvelope kept = KeptEnvelope.of(row);
          return found.put(new EntryId(kept.envelope().author(), kept.envelope().id()), kept);
        },
        link.longs(ids.stream().map(EntryId::author).toList()),
        link.ids(ids.stream().map(EntryId::id).toList()));
    return found;
  }

  /** Streams with nothing in them are left out. */
  Map<Long, Head> heads(Collection<Long> streams) throws SQLException, Damaged {
    Map<Long, Head> heads = new HashMap<>();
    for (KeptHead kept : link.list(HEADS, KeptHead::of, link.longs(streams))) {
      heads.put(kept.stream(), kept.checked());
    }
    return heads;
  }

  StreamState state(long stream) throws SQLException, Damaged {
    Head head = heads(List.of(stream)).get(stream);
    return head == null ? StreamState.EMPTY : head.state();
  }

  List<Long> streams(long after, int limit) throws SQLException {
    return link.list(
        "SELECT stream FROM stream WHERE stream > ? ORDER BY stream LIMIT ?",
        row -> row.getLong(1),
        after,
        limit);
  }

  List<Row> after(long stream, long number, int limit) throws SQLException, Damaged {
    long head = state(stream).head();
    long after = Math.max(number, 0);
    return after >= head || limit == 0
        ? List.of()
        : page(stream, after + 1, Math.min(head, after + limit));
  }

  List<Row> before(long stream, long number, int limit) throws SQLException, Damaged {
    long head = state(stream).head();
    long last = number > head ? head : Math.max(number, 1) - 1;
    return last == 0 || limit == 0
        ? List.of()
        : page(stream, Math.max(1, last - limit + 1), last).reversed();
  }

  List<Row> before(long stream, int kind, long number, int limit) throws SQLException {
    return link.list(
        SELECT + "WHERE stream = ? AND kind = ? AND number < ? ORDER BY number DESC LIMIT ?",
        Rows::row,
        stream,
        kind,
        number,
        limit);
  }

  List<Row> about(long stream, long first, long last, long after, int limit) throws SQLException {
    return link.list(
        SELECT
            + "WHERE about > 0 AND stream = ? AND about BETWEEN ? AND ? AND number > ?"
            + " ORDER BY number LIMIT ?",
        Rows::row,
        stream,
        first,
        last,
        after,
        limit);
  }

  List<Row> search(long stream, Collection<Long> tokens, long before, int limit)
      throws SQLException, Damaged {
    long end = Math.clamp(before, 1, state(stream).head() + 1);
    long newest = Math.max(1, end - NEWEST);
    List<Row> rows =
        link.list(
            "SELECT * FROM ("
                + SELECT
                + "WHERE stream = ? AND number >= ? AND number < ? ORDER BY number DESC OFFSET 0)"
                + " AS newest WHERE tokens @> ? LIMIT ?",
            Rows::row,
            stream,
            newest,
            end,
            link.longs(tokens),
            limit);
    if (rows.size() < limit) {
      rows.addAll(
          link.list(
              "SELECT * FROM ("
                  + SELECT
                  + "WHERE tokens @> ? OFFSET 0) AS hit"
                  + " WHERE stream = ? AND number < ? ORDER BY number DESC LIMIT ?",
              Rows::row,
              link.longs(tokens),
              stream,
              newest,
              limit - rows.size()));
    }
    return rows;
  }

  int count(long stream, Set<Integer> kinds, long notBy, long after, int limit)
      throws SQLException {
    Integer count =
        link.first(
            "SELECT count(*) FROM (SELECT FROM entry WHERE stream = ? AND kind = ANY (?)"
                + " AND number > ? AND author <> ? AND body_checksum IS NOT NULL LIMIT ?) AS c",
            row -> row.getInt(1),
            stream,
            link.ints(kinds),
            after,
            notBy,
            limit);
    return count == null ? 0 : count;
  }

  Optional<Row> find(long author, UUID id) throws SQLException {
    return Optional.ofNullable(
        link.first(SELECT + "WHERE author = ? AND id = ?", Rows::row, author, id));
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
    link.list(
        SELECT + "WHERE stream = ? AND number BETWEEN ? AND ?",
        row -> found.put(row.getLong(2), row(row)),
        stream,
        first,
        last);
  }

  /** One damaged page of a file must not hide the good rows beside it. */
  private void collectEach(long stream, long first, long last, Map<Long, Row> found)
      throws SQLException {
    for (long number = first; number <= last; number++) {
      try {
        collect(stream, number, number, found);
      } catch (SQLException e) {
        if (!Failures.isDamage(e)) {
          throw e;
        }
        found.put(number, new Row.Damaged(stream, number, String.valueOf(e.getMessage())));
      }
    }
  }

  private static Row row(ResultSet row) throws SQLException {
    KeptEnvelope kept = KeptEnvelope.of(row);
    Envelope envelope = kept.envelope();
    if (!kept.fits()) {
      return new Row.Damaged(
          envelope.stream(), envelope.number(), "the envelope does not fit its checksum");
    }
    int bodyChecksum = row.getInt(11);
    boolean erased = row.wasNull();
    byte[] body = row.getBytes(12);
    List<Long> tokens = Link.longs(row.getArray(13));
    boolean fits =
        body == null
            ? erased && tokens.isEmpty()
            : !erased && bodyChecksum == Envelope.checksum(body, tokens);
    return fits
        ? new Row.Entry(envelope, body, tokens)
        : new Row.Damaged(
            envelope.stream(), envelope.number(), "body or tokens do not fit their checksum");
  }
}
