// SPDX-License-Identifier: Apache-2.0
package chat.prove.history;

import chat.protocol.Cursor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Counts what happened: what was acknowledged, what is stored, what each listener was given. Lost,
 * doubled, out of order and missing are counted, never assumed.
 *
 * <p><b>The rules.</b>
 *
 * <ul>
 *   <li>Lost: an id was acknowledged at a number, and the store has it at another one or not at
 *       all; or a listener was given an entry at a number where the store, or another listener, has
 *       another one.
 *   <li>Doubled: an id is stored at two numbers or acknowledged at two, or a listener was given a
 *       number twice.
 *   <li>Missing: a listener was not given a number between its first and the head, or the store has
 *       none there. What lies behind a gap marker may come later, and out of turn.
 *   <li>Out of order: a listener was given a number after a higher one. Of the messages of one
 *       author, <i>a</i> sent before <i>b</i> has to be stored before <i>b</i> if <i>a</i> was
 *       acknowledged before <i>b</i> was sent, or if <i>a</i> was sent only once: then its one
 *       sending came before every sending of <i>b</i>, and the server decides in the order of
 *       arrival. If <i>a</i> had to be repeated while <i>b</i> was on its way, either may come
 *       first.
 * </ul>
 *
 * <p>The entries of several rooms stand in one row: {@link #place} puts each room's numbers into a
 * part of it, and everything here called a number is such a place.
 *
 * <p>Ids are held as numbers in arrays; deliveries are checked as they come and not kept, except
 * for the first 8 bytes of the id at each number.
 *
 * <p><b>Threads.</b> Each {@link Author} and each {@link Listener} belongs to one thread at a time.
 * What is stored, and {@link #close}, come when all others are done.
 */
public final class History {
  private static final int ROOM_BITS = 40;

  private final Violations violations;
  private final IdTable acknowledged = new IdTable();
  private final IdTable stored = new IdTable();
  private final Prefixes heard = new Prefixes();
  private final List<Author> authors = new ArrayList<>();
  private final List<Listener> listeners = new ArrayList<>();
  private final Map<Long, Long> heads = new HashMap<>();
  private long lastStored;

  public History() {
    this(new Violations());
  }

  public History(Violations violations) {
    this.violations = violations;
  }

  /**
   * Where an entry stands in the row of all.
   *
   * @param room counted from 0
   */
  public static long place(int room, long number) {
    return ((long) room << ROOM_BITS) + number;
  }

  private static long room(long place) {
    return place >> ROOM_BITS;
  }

  /** Somebody who writes. */
  public synchronized Author author(String name) {
    Author author = new Author(name);
    authors.add(author);
    return author;
  }

  /** Somebody who listens, from the number after this one on. */
  public synchronized Listener listener(String name, long after) {
    Listener listener = new Listener(name, after);
    listeners.add(listener);
    return listener;
  }

  /** The store's entries of a room follow, from the number after this one on. */
  public void storedAfter(long number) {
    lastStored = number;
    heads.put(room(number), number);
  }

  /** What the store has at a number; ascending. */
  public void stored(long number, UUID id) {
    if (number <= lastStored) {
      violations.add(Violation.OUT_OF_ORDER, "the store gives " + number + " after " + lastStored);
      return;
    }
    if (number > lastStored + 1) {
      missing("the store", lastStored + 1, number - 1);
    }
    lastStored = number;
    heads.put(room(number), number);
    long before = stored.putIfAbsent(id, number);
    if (before != 0) {
      violations.add(Violation.DOUBLED, id + " is stored at " + before + " and at " + number);
      if (acknowledged.get(id) == number) {
        stored.put(id, number); // doubled is bad enough, it is not lost too
      }
    }
    long prefix = heard.get(number);
    if (prefix != 0 && prefix != Cursor.prefix(id)) {
      violations.add(
          Violation.LOST, "an entry was heard at " + number + " where the store has " + id);
    }
  }

  /** Everything has been said: the verdict. */
  public void close() {
    acknowledged.forEach((id, number) -> {
      long at = stored.get(id);
      if (at == 0) {
        violations.add(
            Violation.LOST, id + " was acknowledged at " + number + " and is not stored");
      } else if (at != number) {
        violations.add(
            Violation.LOST, id + " was acknowledged at " + number + " and is stored at " + at);
      }
    });
    authors.forEach(Author::close);
    listeners.forEach(listener -> listener.close(heads.getOrDefault(room(listener.next), 0L)));
  }

  private void missing(String who, long from, long to) {
    violations.add(
        Violation.MISSING,
        to - from + 1,
        who + " misses " + (from == to ? from : from + " to " + to));
  }

  public synchronized int acknowledged() {
    return acknowledged.size();
  }

  public int stored() {
    return stored.size();
  }

  public synchronized long delivered() {
    return listeners.stream().mapToLong(listener -> listener.heard).sum();
  }

  public synchronized long gapMarkers() {
    return listeners.stream().mapToLong(listener -> listener.gapMarkers).sum();
  }

  /** Examples of everything that is wrong. */
  public List<String> violations() {
    return violations.examples();
  }

  long count(Violation violation) {
    return violations.count(violation);
  }

  /** A message is on disk at this number, which somebody may have been told before. */
  public synchronized void acknowledged(UUID id, long number) {
    long before = acknowledged.putIfAbsent(id, number);
    if (before != 0 && before != number) {
      violations.add(Violation.DOUBLED, id + " is acknowledged at " + before + " and at " + number);
    }
  }

  /** The messages of one who writes, in the order in which they were sent first. */
  public final class Author {
    private static final long REPEATED = Long.MIN_VALUE;

    private final String name;

    /** Number at which each was acknowledged, 0 if not yet; the sign says that it was repeated. */
    private long[] numbers = new long[64];

    private int sent;
    private long highest;
    private long[] highestAtSending = new long[64];

    private Author(String name) {
      this.name = name;
    }

    /** A message is sent for the first time; gives its place in the order. */
    public int sent() {
      if (sent == numbers.length) {
        numbers = Arrays.copyOf(numbers, 2 * sent);
        highestAtSending = Arrays.copyOf(highestAtSending, 2 * sent);
      }
      highestAtSending[sent] = highest;
      return sent++;
    }

    /** A message is sent again. */
    public void repeated(int place) {
      numbers[place] |= REPEATED;
    }

    /** A message is on disk at this number. */
    public void acknowledged(int place, UUID id, long number) {
      numbers[place] = (numbers[place] & REPEATED) | number;
      highest = Math.max(highest, number);
      History.this.acknowledged(id, number);
    }

    private void close() {
      long highestOfOnceSent = 0;
      for (int place = 0; place < sent; place++) {
        long number = numbers[place] & ~REPEATED;
        long above = Math.max(highestOfOnceSent, highestAtSending[place]);
        if (number != 0 && number < above) {
          violations.add(
              Violation.OUT_OF_ORDER,
              "message "
                  + place
                  + " of "
                  + name
                  + " is at "
                  + number
                  + ", an earlier one at "
                  + above);
        }
        if (numbers[place] > 0) {
          highestOfOnceSent = Math.max(highestOfOnceSent, number);
        }
      }
    }
  }

  /** What one who listens was given. */
  public final class Listener {
    private final String name;
    private final TreeMap<Long, Long> absent = new TreeMap<>();
    private final TreeMap<Long, Long> behindMarkers = new TreeMap<>();
    private long next;
    private long heard;
    private long gapMarkers;

    private Listener(String name, long after) {
      this.name = name;
      this.next = after + 1;
    }

    /** An entry came by itself. */
    public void heard(long number, UUID id) {
      heard++;
      if (number == next) {
        next++;
      } else if (number > next) {
        absent.put(next, number - 1);
        next = number + 1;
      } else if (remove(absent, number)) {
        violations.add(Violation.OUT_OF_ORDER, name + " heard " + number + " after " + (next - 1));
      } else {
        violations.add(Violation.DOUBLED, name + " heard " + number + " again");
      }
      same(number, id);
    }

    /** What comes next is the entry after this number; what lies between is to be fetched. */
    public void gap(long head) {
      gapMarkers++;
      if (head >= next) {
        behindMarkers.put(next, head);
        next = head + 1;
      }
    }

    /** The first number that a marker has left to be fetched, 0 if there is none. */
    public long toFetch() {
      return behindMarkers.isEmpty() ? 0 : behindMarkers.firstKey();
    }

    /** An entry was fetched. */
    public void fetched(long number, UUID id) {
      if (remove(behindMarkers, number)) {
        heard++;
        same(number, id);
      }
    }

    /** The highest number it was given, or told of. */
    public long last() {
      return next - 1;
    }

    /** Up to which number nothing is left to be fetched. */
    public long level() {
      return behindMarkers.isEmpty() ? last() : toFetch() - 1;
    }

    private void same(long number, UUID id) {
      long prefix = Cursor.prefix(id);
      if (History.this.heard.putIfAbsent(number, prefix) != prefix) {
        violations.add(
            Violation.LOST, name + " heard another entry at " + number + " than others: " + id);
      }
    }

    private void close(long head) {
      absent.forEach((from, to) -> missing(name, from, to));
      behindMarkers.forEach((from, to) -> missing(name, from, to));
      if (head >= next) {
        missing(name, next, head);
      }
    }
  }

  /** Takes a number out of ranges; false if it is in none. */
  private static boolean remove(NavigableMap<Long, Long> ranges, long number) {
    Map.Entry<Long, Long> range = ranges.floorEntry(number);
    if (range == null || range.getValue() < number) {
      return false;
    }
    ranges.remove(range.getKey());
    if (range.getKey() < number) {
      ranges.put(range.getKey(), number - 1);
    }
    if (range.getValue() > number) {
      ranges.put(number + 1, range.getValue());
    }
    return true;
  }
}
