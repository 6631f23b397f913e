// SPDX-License-Identifier: Apache-2.0
package chat.storage.sqlite;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The full-text index: the tokens of each entry as words, under the entry's row. Rows only ever
 * grow along a stream, so that FTS5 itself gives hits with the newest first and stops at the limit.
 *
 * <p>The table keeps no content, and what is deleted has to be said again: with {@code
 * secure-delete} FTS5 then takes just these words out of its pages. ({@code contentless_delete}
 * would leave them there, with a mark that they are gone.)
 */
record Words(Link link) {

  private static String of(Collection<Long> tokens) {
    return tokens.stream().map("%016x"::formatted).collect(Collectors.joining(" "));
  }

  void add(long row, List<Long> tokens) throws SQLException {
    link.update("INSERT INTO word (rowid, words) VALUES (?, ?)", row, of(tokens));
  }

  void remove(long row, List<Long> tokens) throws SQLException {
    if (!tokens.isEmpty()) {
      link.update("INSERT INTO word (word, rowid, words) VALUES ('delete', ?, ?)", row, of(tokens));
    }
  }

  /** The numbers of those that carry all of these tokens, descending. */
  List<Long> search(long stream, Collection<Long> tokens, long before, int limit)
      throws SQLException {
    Long newest =
        link.first(
            "SELECT row FROM entry WHERE stream = ? AND number < ? ORDER BY number DESC LIMIT 1",
            row -> row.getLong(1),
            stream,
            before);
    List<Long> numbers = new ArrayList<>();
    if (newest != null) {
      link.each(
          "SELECT e.number FROM word w CROSS JOIN entry e ON e.row = w.rowid"
              + " WHERE w.word MATCH ? AND w.rowid <= ?"
              + " AND e.stream = ? AND e.body_checksum IS NOT NULL"
              + " ORDER BY w.rowid DESC LIMIT ?",
          row -> numbers.add(row.getLong(1)),
          of(tokens),
          newest,
          stream,
          limit);
    }
    return numbers;
  }
}
