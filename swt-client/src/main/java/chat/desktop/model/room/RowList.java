// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.room;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a transcript, and where a message or a file stands among them without looking for it:
 * first the settled rows, in the order of the room, then what is still on its way there.
 *
 * <p>The index holds places counted from a fixed point, so that rows put before all others or taken
 * away there move none of them; only what changes in the middle, which is near the end, counts the
 * places behind it anew.
 */
final class RowList {
  private final List<Row> rows = new ArrayList<>();
  private final Map<Long, Integer> places = new HashMap<>();
  private final Map<UUID, Integer> files = new HashMap<>();
  private int settled;

  /** The place of the first row. */
  private int base;

  List<Row> all() {
    return Collections.unmodifiableList(rows);
  }

  Row get(int index) {
    return rows.get(index);
  }

  int size() {
    return rows.size();
  }

  /** How many rows are settled: the first ones. */
  int settled() {
    return settled;
  }

  /** The row of a message; -1 if there is none. */
  int indexOf(long number) {
    return index(places.get(number));
  }

  /** The row of a file by the id of its entry; -1 if there is none. */
  int indexOf(UUID file) {
    return index(files.get(file));
  }

  private int index(@Nullable Integer place) {
    return place == null ? -1 : place - base;
  }

  /** What is on its way, by its id; -1 if there is none. There are few. */
  int unsettled(UUID id) {
    for (int i = settled; i < rows.size(); i++) {
      if (rows.get(i) instanceof Row.Outgoing outgoing && outgoing.id().equals(id)) {
        return i;
      }
    }
    return -1;
  }

  /** Puts settled rows before all others. */
  void prepend(List<Row> fresh) {
    rows.addAll(0, fresh);
    settled += fresh.size();
    base -= fresh.size();
    index(0, fresh.size());
  }

  /** Puts settled rows behind those that are settled. */
  void settle(List<Row> fresh) {
    int at = settled;
    rows.addAll(at, fresh);
    settled += fresh.size();
    index(at, settled);
  }

  /** Adds something that is on its way. */
  void add(Row.Outgoing row) {
    rows.add(row);
  }

  void set(int index, Row row) {
    forget(rows.get(index));
    rows.set(index, row);
    index(index, Math.min(index + 1, settled));
  }

  void remove(int index) {
    forget(rows.remove(index));
    if (index < settled) {
      settled--;
      index(index, settled);
    }
  }

  /** Takes away the first rows. */
  void removeFirst(int count) {
    List<Row> first = rows.subList(0, count);
    first.forEach(this::forget);
    first.clear();
    settled -= count;
    base += count;
  }

  private void index(int from, int to) {
    for (int i = from; i < to; i++) {
      Row row = rows.get(i);
      if (row.number() > 0) {
        places.put(row.number(), base + i);
      }
      if (row instanceof Row.Filed filed) {
        files.put(filed.entry().id(), base + i);
      }
    }
  }

  private void forget(Row row) {
    places.remove(row.number());
    if (row instanceof Row.Filed filed) {
      files.remove(filed.entry().id());
    }
  }
}
