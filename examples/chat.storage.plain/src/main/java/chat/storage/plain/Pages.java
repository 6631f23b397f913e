// SPDX-License-Identifier: Apache-2.0
package chat.storage.plain;

import chat.storage.BlobState;
import chat.storage.Cell;
import chat.storage.CellKey;
import chat.storage.ChatStore;
import chat.storage.Row;
import chat.storage.StorageException.Damaged;
import chat.storage.plain.Index.Kept;
import chat.storage.plain.Index.KeptCell;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Pages of what the index knows; bodies come from the log. */
record Pages(Index index, Log log, Blobs blobs) {

  static void checkLimit(int limit) {
    if (limit < 0 || limit > ChatStore.MAX_ROWS) {
      throw new IllegalArgumentException(
          "limit " + limit + " is not within 0 and " + ChatStore.MAX_ROWS);
    }
  }

  List<Row> after(long stream, long number, int limit) throws IOException {
    long head = index.streamEnd(stream).head();
    List<Row> rows = new ArrayList<>();
    for (long next = Math.max(number, 0); next < head && rows.size() < limit; ) {
      rows.add(row(stream, ++next));
    }
    return rows;
  }

  List<Row> before(long stream, long number, int limit) throws IOException {
    List<Row> rows = new ArrayList<>();
    for (long next = below(stream, number); next >= 1 && rows.size() < limit; next--) {
      rows.add(row(stream, next));
    }
    return rows;
  }

  List<Row> before(long stream, int kind, long number, int limit) throws IOException {
    return before(stream, number, limit, kept -> kept.envelope().kind() == kind);
  }

  List<Row> search(long stream, Collection<Long> tokens, long before, int limit)
      throws IOException {
    return before(stream, before, limit, kept -> kept.tokens().containsAll(tokens));
  }

  private List<Row> before(long stream, long number, int limit, Predicate<Kept> wanted)
      throws IOException {
    List<Row> rows = new ArrayList<>();
    for (long next = below(stream, number); next >= 1 && rows.size() < limit; next--) {
      Kept kept = index.entry(stream, next);
      if (kept != null && wanted.test(kept)) {
        rows.add(log.row(kept));
      }
    }
    return rows;
  }

  List<Row> about(long stream, long first, long last, long after, int limit) throws IOException {
    List<Row> rows = new ArrayList<>();
    for (Kept kept :
        above(stream, after)
            .filter(kept -> kept.envelope().about() >= Math.max(1, first))
            .filter(kept -> kept.envelope().about() <= last)
            .limit(limit)
            .toList()) {
      rows.add(log.row(kept));
    }
    return rows;
  }

  int count(long stream, Set<Integer> kinds, long notBy, long after, int limit) {
    return (int)
        above(stream, after)
            .filter(kept -> !kept.erased())
            .filter(kept -> kinds.contains(kept.envelope().kind()))
            .filter(kept -> kept.envelope().author() != notBy)
            .limit(limit)
            .count();
  }

  /** What is there with numbers greater than this one, ascending. */
  private Stream<Kept> above(long stream, long number) {
    return LongStream.range(Math.max(number, 0), index.streamEnd(stream).head())
        .mapToObj(before -> index.entry(stream, before + 1))
        .flatMap(Stream::ofNullable);
  }

  private long below(long stream, long number) {
    return Math.min(index.streamEnd(stream).head(), Math.max(number, 1) - 1);
  }

  private Row row(long stream, long number) throws IOException {
    Kept kept = index.entry(stream, number);
    return kept == null ? new Row.Damaged(stream, number, "it is missing") : log.row(kept);
  }

  List<Cell> cells(String space, String after, int limit) throws Damaged {
    return cells(space(space).tailMap(new CellKey(space, after), false), limit);
  }

  List<Cell> cells(CellKey after, int limit) throws Damaged {
    return cells(index.cells.tailMap(after, false), limit);
  }

  private static List<Cell> cells(SortedMap<CellKey, KeptCell> from, int limit) throws Damaged {
    List<Cell> cells = new ArrayList<>();
    for (KeptCell kept : from.values()) {
      if (cells.size() == limit) {
        break;
      }
      cells.add(kept.checked());
    }
    return cells;
  }

  /** The cells of a space: up to the first key that any later one could have. */
  NavigableMap<CellKey, KeptCell> space(String space) {
    return index.cells.subMap(new CellKey(space, ""), true, new CellKey(space + "\0", ""), false);
  }

  List<Long> streams(long after, int limit) {
    return index.streams.tailMap(after, false).keySet().stream().limit(limit).toList();
  }

  List<BlobState> blobs(UUID after, int limit) throws IOException {
    TreeMap<String, BlobState> states = new TreeMap<>();
    for (String name : blobs.names()) {
      UUID id = UUID.fromString(name);
      states.put(name, new BlobState(id, blobs.length(id), false));
    }
    index.blobs.forEach(
        (name, length) -> states.put(name, new BlobState(UUID.fromString(name), length, true)));
    return states.tailMap(after.toString(), false).values().stream().limit(limit).toList();
  }
}
