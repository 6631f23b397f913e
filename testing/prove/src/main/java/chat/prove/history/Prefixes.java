// SPDX-License-Identifier: Apache-2.0
package chat.prove.history;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The first 8 bytes of the id that was first heard at each number, for all listeners together. May
 * be used by any thread; nobody waits.
 */
final class Prefixes {
  private static final int BITS = 14;
  private static final int SIZE = 1 << BITS;

  private final ConcurrentMap<Long, AtomicLongArray> pieces = new ConcurrentHashMap<>();

  /** Keeps a prefix if there is none at a number; gives the one that is kept. */
  long putIfAbsent(long number, long prefix) {
    AtomicLongArray piece = piece(number);
    int place = (int) (number & (SIZE - 1));
    long kept = piece.get(place);
    if (kept == 0 && piece.compareAndSet(place, 0, prefix)) {
      return prefix;
    }
    return kept == 0 ? piece.get(place) : kept;
  }

  /** The prefix at a number, 0 if nobody heard that number. */
  long get(long number) {
    return piece(number).get((int) (number & (SIZE - 1)));
  }

  private AtomicLongArray piece(long number) {
    return pieces.computeIfAbsent(number >> BITS, key -> new AtomicLongArray(SIZE));
  }
}
