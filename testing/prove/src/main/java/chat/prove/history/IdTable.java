// SPDX-License-Identifier: Apache-2.0
package chat.prove.history;

import java.util.UUID;

/**
 * Numbers by id, 24 bytes a place: open addressing, at most half full. The number 0 means nothing.
 * Not thread-safe.
 */
final class IdTable {
  private long[] high = new long[1 << 10];
  private long[] low = new long[1 << 10];
  private long[] number = new long[1 << 10];
  private int size;

  int size() {
    return size;
  }

  /** The number of an id, 0 if there is none. */
  long get(UUID id) {
    return number[place(id.getMostSignificantBits(), id.getLeastSignificantBits())];
  }

  /** Keeps a number if the id has none yet; gives the one that it had, else 0. */
  long putIfAbsent(UUID id, long value) {
    long before = get(id);
    if (before == 0) {
      put(id, value);
    }
    return before;
  }

  void put(UUID id, long value) {
    if (2 * size >= number.length) {
      grow();
    }
    int place = place(id.getMostSignificantBits(), id.getLeastSignificantBits());
    size += number[place] == 0 ? 1 : 0;
    set(place, id.getMostSignificantBits(), id.getLeastSignificantBits(), value);
  }

  /** Something to do with every id and its number. */
  interface Each {
    void take(UUID id, long number);
  }

  void forEach(Each each) {
    for (int i = 0; i < number.length; i++) {
      if (number[i] != 0) {
        each.take(new UUID(high[i], low[i]), number[i]);
      }
    }
  }

  private void set(int place, long h, long l, long value) {
    high[place] = h;
    low[place] = l;
    number[place] = value;
  }

  private int place(long h, long l) {
    int mask = number.length - 1;
    long mixed = (h ^ l) * 0x9e3779b97f4a7c15L;
    int place = (int) (mixed >>> 32) & mask;
    while (number[place] != 0 && (high[place] != h || low[place] != l)) {
      place = (place + 1) & mask;
    }
    return place;
  }

  private void grow() {
    long[] oldHigh = high;
    long[] oldLow = low;
    long[] oldNumber = number;
    high = new long[2 * oldNumber.length];
    low = new long[high.length];
    number = new long[high.length];
    for (int i = 0; i < oldNumber.length; i++) {
      if (oldNumber[i] != 0) {
        set(place(oldHigh[i], oldLow[i]), oldHigh[i], oldLow[i], oldNumber[i]);
      }
    }
  }
}
