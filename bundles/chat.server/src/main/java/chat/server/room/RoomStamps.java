// SPDX-License-Identifier: Apache-2.0
package chat.server.room;

import chat.server.base.BinaryCodec;
import chat.server.base.Cells;
import chat.server.base.Seals;
import chat.storage.CellKey;
import chat.storage.Change;
import chat.storage.Change.CellVersion;
import chat.storage.Change.CellWrite;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The stamps of one room, as far as they are in memory: those that fill no block yet, and those
 * that are not on disk. Any thread; it is its own lock.
 */
final class RoomStamps {
  private static final int BLOCK = EntryStamps.BLOCK;

  /** Stamps that are kept in memory of a room whose stamps somebody took away. */
  private static final int MOST_OF_LOST = 4_096;

  /** Where the stamp of an entry is. */
  sealed interface Place {}

  /** In memory. */
  record Known(long stamp) implements Place {}

  /** In a full block. */
  record InBlock(long block) implements Place {}

  /**
   * Nowhere: it was committed after the last stamps were written.
   *
   * @param lost whether the room has no stamps at all
   */
  record Newer(boolean lost) implements Place {}

  /**
   * Stamps on their way to the disk.
   *
   * @param stampedTo what the room is stamped up to then
   * @param open the stamps that fill no block
   * @param blocks the blocks that are full
   */
  record Next(Change change, long stampedTo, List<Long> open, Map<CellKey, long[]> blocks) {}

  private final long id;
  private final TreeMap<Long, Long> fresh = new TreeMap<>();
  private List<Long> open = List.of();
  private long stampedTo;
  private long version;
  private boolean loaded;
  private boolean writing;

  RoomStamps(long id) {
    this.id = id;
  }

  long id() {
    return id;
  }

  /** The place of an entry in its block. */
  static int place(long number) {
    return (int) ((number - 1) % BLOCK);
  }

  private static long block(long number) {
    return (number - 1) / BLOCK;
  }

  static byte[] bytes(long stampedTo, List<Long> open) {
    return BinaryCodec.bytes(out -> {
      out.writeLong(stampedTo);
      for (long stamp : open) {
        out.writeLong(stamp);
      }
    });
  }

  static long[] stamps(DataInputStream in) throws IOException {
    long[] stamps = new long[in.available() / Long.BYTES];
    for (int i = 0; i < stamps.length; i++) {
      stamps[i] = in.readLong();
    }
    return stamps;
  }

  synchronized void add(long number, long stamp) {
    fresh.put(number, stamp);
    if (isLost() && fresh.size() > MOST_OF_LOST) {
      fresh.pollFirstEntry();
    }
  }

  /** The stamp of an entry that was read, unless it is known already. */
  synchronized void fill(long number, long stamp) {
    if (number > stampedTo) {
      fresh.putIfAbsent(number, stamp);
    }
  }

  /** How many stamps are not on disk. */
  synchronized int waiting() {
    return fresh.size();
  }

  synchronized boolean isLoaded() {
    return loaded;
  }

  synchronized long stampedTo() {
    return stampedTo;
  }

  /** Whether there is no cell of the room. */
  synchronized boolean isLost() {
    return loaded && version == 0;
  }

  /**
   * What is on disk.
   *
   * @param version of the cell; 0 if there is none
   * @param clear null if there is none, or it is not this server's
   */
  synchronized void load(long version, byte @Nullable [] clear) {
    if (loaded) {
      return;
    }
    this.version = version;
    try {
      if (clear != null) {
        BinaryCodec.read(
            clear,
            in -> {
              stampedTo = in.readLong();
              List<Long> stamps = new ArrayList<>();
              for (long stamp : stamps(in)) {
                stamps.add(stamp);
              }
              open = List.copyOf(stamps);
              return true;
            });
      }
      loaded = true;
      fresh.headMap(stampedTo, true).clear();
    } catch (IOException e) {
      throw new IllegalStateException("stamps that this server sealed can't be read", e);
    }
  }

  /** What is on disk is not known any more. */
  synchronized void forget() {
    loaded = false;
    writing = false;
  }

  synchronized void version(long now) {
    version = now;
  }

  /** The first entry without a stamp in front of one that has one; 0 if there is none. */
  synchronized long missingFrom() {
    long next = stampedTo + 1;
    while (fresh.containsKey(next)) {
      next++;
    }
    return fresh.isEmpty() || next > fresh.lastKey() ? 0 : next;
  }

  synchronized Place find(long number) {
    Long waiting = fresh.get(number);
    if (waiting != null) {
      return new Known(waiting);
    }
    if (number > stampedTo) {
      return new Newer(version == 0);
    }
    long first = stampedTo - open.size();
    return number > first
        ? new Known(open.get((int) (number - first - 1)))
        : new InBlock(block(number));
  }

  /** What can be written now: all that follows without a gap on what is on disk. */
  synchronized Optional<Next> next(Seals seals) {
    if (!loaded || writing || !fresh.containsKey(stampedTo + 1)) {
      return Optional.empty();
    }
    List<CellWrite> writes = new ArrayList<>();
    Map<CellKey, long[]> blocks = new LinkedHashMap<>();
    List<Long> stamps = new ArrayList<>(open);
    long to = stampedTo;
    for (Long stamp = fresh.get(to + 1); stamp != null; stamp = fresh.get(to + 1)) {
      stamps.add(stamp);
      to++;
      if (stamps.size() == BLOCK) {
        CellKey key = Cells.stamps(id, block(to));
        blocks.put(key, stamps.stream().mapToLong(Long::longValue).toArray());
        List<Long> full = stamps;
        writes.add(
            seals.write(
                key,
                BinaryCodec.bytes(out -> {
                  for (long each : full) {
                    out.writeLong(each);
                  }
                })));
        stamps = new ArrayList<>();
      }
    }
    CellKey key = Cells.stamps(id);
    writes.add(seals.write(key, bytes(to, stamps)));
    writing = true;
    Change change =
        new Change(List.of(new CellVersion(key, version)), null, writes, List.of(), List.of());
    return Optional.of(new Next(change, to, List.copyOf(stamps), blocks));
  }

  /** It is on disk. */
  synchronized void written(Next next) {
    version++;
    stampedTo = next.stampedTo();
    open = next.open();
    fresh.headMap(stampedTo, true).clear();
    writing = false;
  }
}
