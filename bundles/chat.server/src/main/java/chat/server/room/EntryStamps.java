// SPDX-License-Identifier: Apache-2.0
package chat.server.room;

import chat.server.base.BinaryCodec;
import chat.server.base.CellKind;
import chat.server.base.Cells;
import chat.server.base.SealException;
import chat.server.base.Seals;
import chat.server.store.StoreAccess;
import chat.storage.Cell;
import chat.storage.CellKey;
import chat.storage.Change.CellWrite;
import chat.storage.Change.NewEntry;
import chat.storage.ChatStore;
import chat.storage.Envelope;
import chat.storage.Outcome;
import chat.storage.Row;
import chat.storage.StorageException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds envelopes that somebody else changed: another number, time, author or target.
 *
 * <p>The store gives an entry its number and time when it commits it, so that what is sealed before
 * that can't be bound to them. What was committed is stamped behind: a keyed hash of each envelope,
 * in sealed cells.
 *
 * <pre>
 *   stamp room          u64 stamped up to this number | the stamps that fill no block yet
 *   stamp room/block    the stamps of 64 entries
 * </pre>
 *
 * <p>Stamps are written when some blocks are full, some seconds after the last entry, and when the
 * server leaves. The first cell is written with the room, so that its absence is found. What is
 * newer than it says is taken as it is: after a crash those are the entries of the last seconds.
 *
 * <p><b>Threads.</b> {@link #committed}, {@link #afterBatch} and what is applied run on the
 * journal's thread, {@link #holds} and {@link #flush} on any other; each room is its own lock.
 */
public final class EntryStamps {
  private static final Logger LOG = LoggerFactory.getLogger(EntryStamps.class);
  static final int BLOCK = 64;
  private static final int PAGE = ChatStore.MAX_ROWS / BLOCK * BLOCK;
  private static final int BLOCKS = 4_096;

  /** Fewer are not worth a change of their own before some seconds have passed. */
  private static final int AT_ONCE = 4 * BLOCK;

  private final StoreAccess access;
  private final Seals seals;
  private final ConcurrentMap<Long, RoomStamps> rooms = new ConcurrentHashMap<>();
  private final AtomicBoolean flushing = new AtomicBoolean();
  private final Set<RoomStamps> touched = new LinkedHashSet<>();
  private final Map<CellKey, long[]> blocks =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<CellKey, long[]> eldest) {
          return size() > BLOCKS;
        }
      };

  public EntryStamps(StoreAccess access, Seals seals) {
    this.access = access;
    this.seals = seals;
  }

  /** The first cell of a room in the making. */
  public static CellWrite ofNewRoom(Seals seals, long room) {
    return seals.write(Cells.stamps(room), RoomStamps.bytes(0, List.of()));
  }

  private long stamp(Envelope envelope) {
    return seals.stamp(envelope.bytes());
  }

  private RoomStamps of(long room) {
    return rooms.computeIfAbsent(room, RoomStamps::new);
  }

  /** An entry is on disk. Only on the journal's thread. */
  public void committed(NewEntry entry, long number, long time) {
    RoomStamps room = of(entry.stream());
    room.add(
        number,
        stamp(
            new Envelope(
                entry.stream(),
                number,
                entry.id(),
                entry.kind(),
                entry.author(),
                time,
                entry.length(),
                entry.hash(),
                entry.about())));
    touched.add(room);
  }

  /**
   * Writes the stamps of rooms that have many. Only on the journal's thread, which is not waited
   * for.
   */
  public void afterBatch() {
    boolean unread = false;
    for (RoomStamps room : touched) {
      if (room.waiting() >= AT_ONCE) {
        submit(room);
      }
      unread |= !room.isLoaded();
    }
    touched.clear();
    if (unread) {
      flushSoon();
    }
  }

  /** Writes what was not written yet, on a reader's thread. */
  public void flushSoon() {
    if (!seals.ring().isOld() && flushing.compareAndSet(false, true)) {
      boolean taken =
          access
              .readers()
              .lane(1)
              .submit(() -> {
                flushing.set(false);
                try {
                  flush();
                } catch (StorageException e) {
                  LOG.warn("Entries are stamped a little later: {}", e.getMessage());
                }
              });
      if (!taken) {
        flushing.set(false);
      }
    }
  }

  /** Hands over what can be written without a read. */
  public void flushReady() {
    rooms.values().stream().filter(room -> room.waiting() > 0).forEach(this::submit);
  }

  /** Hands over what was not written yet, reading what is missing. Not on the journal's thread. */
  private void flush() throws StorageException {
    for (RoomStamps room : rooms.values()) {
      if (room.waiting() > 0) {
        fill(room);
        submit(room);
      }
    }
  }

  private Optional<CompletableFuture<Outcome>> submit(RoomStamps room) {
    if (seals.ring().isOld() || isLost(room)) {
      return Optional.empty(); // an earlier build may have to take over again; or nothing is sure
    }
    return room.next(seals)
        .map(next ->
            access
                .commit(
                    next.change(),
                    committed -> {
                      next.blocks().forEach(this::remember);
                      room.written(next);
                    })
                .whenComplete((outcome, failure) -> {
                  if (!(outcome instanceof Outcome.Committed)) {
                    room.forget();
                  }
                }));
  }

  /** Somebody took the stamps of the room away: what is in it is not stamped as if it were good. */
  private boolean isLost(RoomStamps room) {
    return room.isLost() && seals.ring().isStamped();
  }

  private void remember(CellKey key, long[] stamps) {
    synchronized (blocks) {
      blocks.put(key, stamps);
    }
  }

  /** Reads what is on disk of a room, and stamps what was committed before a crash. */
  private void fill(RoomStamps room) throws StorageException {
    load(room);
    if (isLost(room)) {
      return;
    }
    for (long number = room.missingFrom(); number > 0; number = room.missingFrom()) {
      long behind = number - 1;
      List<Row> rows = access.read((store, generation) -> store.after(room.id(), behind, PAGE));
      if (rows.isEmpty()) {
        return;
      }
      LOG.info("Entries of room {} from {} on were not stamped before a crash", room.id(), number);
      rows.forEach(row -> room.fill(row.number(), stampOf(row)));
    }
  }

  private long stampOf(Row row) {
    return row instanceof Row.Entry entry ? stamp(entry.envelope()) : 0;
  }

  private void load(RoomStamps room) throws StorageException {
    if (!room.isLoaded()) {
      CellKey key = Cells.stamps(room.id());
      Optional<Cell> cell = access.read((store, generation) -> store.cell(key));
      byte[] clear = cell.isEmpty() ? null : opened(cell.get());
      room.load(clear == null ? 0 : cell.orElseThrow().version(), clear);
    }
  }

  private byte @Nullable [] opened(Cell cell) {
    try {
      return seals.openCell(cell);
    } catch (SealException e) {
      seals.integrity().leftOut(cell.key().space() + " " + cell.key().key(), e);
      return null;
    }
  }

  /** Whether an envelope is as it was when its entry was committed. */
  boolean holds(Envelope at) throws StorageException {
    RoomStamps room = of(at.stream());
    load(room);
    long stamp = stamp(at);
    return switch (room.find(at.number())) {
      case RoomStamps.Known(long known) -> known == stamp;
      case RoomStamps.Newer newer -> !newer.lost() || !seals.ring().isStamped();
      case RoomStamps.InBlock(long block) -> {
        long[] stamps = block(Cells.stamps(at.stream(), block));
        int place = RoomStamps.place(at.number());
        yield stamps.length > place ? stamps[place] == stamp : !seals.ring().isStamped();
      }
    };
  }

  /** The stamps of a block; empty if there are none. */
  private long[] block(CellKey key) throws StorageException {
    synchronized (blocks) {
      long[] known = blocks.get(key);
      if (known != null) {
        return known;
      }
    }
    Optional<Cell> cell = access.read((store, generation) -> store.cell(key));
    byte[] clear = cell.isEmpty() ? null : opened(cell.get());
    if (clear == null) {
      return new long[0];
    }
    try {
      long[] stamps = BinaryCodec.read(clear, RoomStamps::stamps);
      remember(key, stamps);
      return stamps;
    } catch (IOException e) {
      seals.integrity().leftOut(key.space() + " " + key.key(), e);
      return new long[0];
    }
  }

  /** What is on disk of a room is read anew. */
  void reload(long room) {
    of(room).forget();
  }

  /** A cell of stamps has another version with the same content. Only on the journal's thread. */
  void rewritten(CellKey key, long version) {
    if (CellKind.of(key).equals(Optional.of(CellKind.STAMP)) && key.key().indexOf('/') < 0) {
      RoomStamps room = rooms.get(Cells.id(key.key()));
      if (room != null) {
        room.version(version);
      }
    }
  }

  /** Stamps every entry that has none: those of an earlier build. Not on the journal's thread. */
  void stampAll(Consumer<Long> progress) throws StorageException {
    long after = Long.MIN_VALUE;
    while (true) {
      long from = after;
      List<Long> page = access.read((store, generation) -> store.streams(from, ChatStore.MAX_ROWS));
      if (page.isEmpty()) {
        return;
      }
      for (long id : page) {
        stampAll(of(id), progress);
        after = id;
      }
    }
  }

  private void stampAll(RoomStamps room, Consumer<Long> progress) throws StorageException {
    load(room);
    long head = access.read((store, generation) -> store.stream(room.id())).head();
    while (room.stampedTo() < head) {
      long behind = room.stampedTo();
      List<Row> rows = access.read((store, generation) -> store.after(room.id(), behind, PAGE));
      rows.forEach(row -> room.fill(row.number(), stampOf(row)));
      Optional<CompletableFuture<Outcome>> written = submit(room);
      if (written.isPresent()) {
        access.await(written.get());
      }
      load(room);
      progress.accept((long) rows.size());
      if (rows.isEmpty()) {
        return;
      }
    }
  }
}
