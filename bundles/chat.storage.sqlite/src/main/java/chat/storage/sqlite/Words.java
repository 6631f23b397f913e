// SPDX-License-Identifier: Apache-2.0
package chat.storage.sqlite;

import chat.storage.support.KeyCodec;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.StringJoiner;

/**
 * The full-text index: the tokens of each entry as words, under the entry's row. Rows only ever
 * grow along a stream, so that FTS5 itself gives hits with the newest first and stops at the limit.
 *
 * <p><b>Behind the commits.</b> Many entries at a time are carried into the index once they are on
 * disk, as that is much cheaper than one by one. Up to which row that is done is in a row of its
 * own, written in the same transaction; what lies behind it, the tail, is searched entry by entry.
 * So a search is complete at any time, also after a crash. An earlier build indexes what it commits
 * and knows nothing of a tail; what it has indexed there is passed over.
 *
 * <p>The table keeps no content, and what is deleted has to be said again: with {@code
 * secure-delete} FTS5 then takes just these words out of its pages. ({@code contentless_delete}
 * would leave them there, with a mark that they are gone.)
 */
record Words(Link link) {
  private record Marked(long row, int checksum) {}

  /** An entry of the tail. */
  private record Waiting(long row, List<Long> tokens) {}

  private static String of(Collection<Long> tokens) {
    StringJoiner words = new StringJoiner(" ");
    for (long token : tokens) {
      words.add(HexFormat.of().toHexDigits(token));
    }
    return words.toString();
  }

  /**
   * Begins to index behind the commits, in a file of whatever age. Where it is not known any more
   * up to which row that has been done, it is found out anew from the first one on.
   */
  void prepare() throws SQLException {
    boolean fresh = !hasMark();
    if (fresh) {
      link.execute(
          "CREATE TABLE indexed (one INTEGER PRIMARY KEY CHECK (one = 1), row INTEGER NOT NULL,"
              + " checksum INTEGER NOT NULL)");
    }
    mark(fresh ? newest() : indexedTo());
  }

  private boolean hasMark() throws SQLException {
    return link.number("SELECT count(*) FROM sqlite_schema WHERE name = 'indexed'") > 0;
  }

  private long newest() throws SQLException {
    return link.number("SELECT coalesce(max(row), 0) FROM entry");
  }

  private void mark(long row) throws SQLException {
    link.update(
        "INSERT OR REPLACE INTO indexed (one, row, checksum) VALUES (1, ?, ?)",
        row,
        KeyCodec.checksum(row));
  }

  /** The last row up to which all are in the index. */
  private long indexedTo() throws SQLException {
    Marked marked =
        link.first(
            "SELECT row, checksum FROM indexed", row -> new Marked(row.getLong(1), row.getInt(2)));
    return marked != null && marked.checksum() == KeyCodec.checksum(marked.row())
        ? marked.row()
        : 0;
  }

  /** How many rows are not in the index yet. */
  long tail() throws SQLException {
    return newest() - indexedTo();
  }

  /** Carries the next so many rows into the index; tells whether there may be more. */
  boolean index(int limit) throws SQLException {
    long last = indexedTo();
    List<Waiting> waiting = new ArrayList<>();
    link.each(
        "SELECT row, tokens FROM entry WHERE row > ? ORDER BY row LIMIT ?",
        row -> waiting.add(new Waiting(row.getLong(1), Codec.tokens(row.getBytes(2)))),
        last,
        limit);
    for (Waiting next : waiting) {
      if (!next.tokens().isEmpty() && !isIndexed(next.row())) {
        link.update("INSERT INTO word (rowid, words) VALUES (?, ?)", next.row(), of(next.tokens()));
      }
      last = next.row();
    }
    if (!waiting.isEmpty()) {
      mark(last);
    }
    return waiting.size() == limit;
  }

  private boolean isIndexed(long row) throws SQLException {
    return link.first("SELECT 1 FROM word_docsize WHERE id = ?", found -> 1, row) != null;
  }

  void remove(long row, List<Long> tokens) throws SQLException {
    if (!tokens.isEmpty() && isIndexed(row)) {
      link.update("INSERT INTO word (word, rowid, words) VALUES ('delete', ?, ?)", row, of(tokens));
    }
  }

  /** The numbers of those that carry all of these tokens, descending. */
  List<Long> search(long stream, Collection<Long> tokens, long before, int limit)
      throws SQLException {
    // Before this build has activated the file there is no tail.
    long indexed = hasMark() ? indexedTo() : Long.MAX_VALUE;
    List<Long> numbers = inTail(stream, indexed, tokens, before, limit);
    Long newest =
        link.first(
            "SELECT row FROM entry WHERE stream = ? AND number < ? ORDER BY number DESC LIMIT 1",
            row -> row.getLong(1),
            stream,
            before);
    if (newest != null && numbers.size() < limit) {
      link.each(
          "SELECT e.number FROM word w CROSS JOIN entry e ON e.row = w.rowid"
              + " WHERE w.word MATCH ? AND w.rowid <= ?"
              + " AND e.stream = ? AND e.body_checksum IS NOT NULL"
              + " ORDER BY w.rowid DESC LIMIT ?",
          row -> numbers.add(row.getLong(1)),
          of(tokens),
          Math.min(newest, indexed),
          stream,
          limit - numbers.size());
    }
    return numbers;
  }

  private List<Long> inTail(
      long stream, long indexed, Collection<Long> tokens, long before, int limit)
      throws SQLException {
    List<Long> numbers = new ArrayList<>();
    link.each(
        "SELECT number, tokens FROM entry NOT INDEXED WHERE row > ? AND stream = ? AND number < ?"
            + " AND body_checksum IS NOT NULL ORDER BY row DESC",
        row -> {
          if (numbers.size() < limit && Codec.tokens(row.getBytes(2)).containsAll(tokens)) {
            numbers.add(row.getLong(1));
          }
          return true;
        },
        indexed,
        stream,
        before);
    return numbers;
  }
}
