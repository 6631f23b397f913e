// SPDX-License-Identifier: Apache-2.0
package chat.server.room;

import chat.protocol.Rank;
import chat.protocol.RoomKind;
import chat.protocol.RoomSettings;
import chat.server.base.CellKind;
import chat.server.base.Cells;
import chat.server.base.Seals;
import chat.server.room.Room.Membership;
import chat.server.room.Room.Versioned;
import chat.server.store.Pages;
import chat.storage.Cell;
import chat.storage.CellKey;
import chat.storage.Change;
import chat.storage.ChatStore;
import chat.storage.StorageException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** All rooms. May be read from any thread; the journal's thread alone changes it. */
public final class Rooms {
  private final ConcurrentMap<Long, Room> rooms = new ConcurrentHashMap<>();
  private final ConcurrentMap<Long, Set<Long>> ofAccount = new ConcurrentHashMap<>();
  private final AtomicLong lastId = new AtomicLong(Room.LOBBY);
  private final List<Room> touched = new ArrayList<>();

  /** Reads what the store has; makes the Lobby of a new one. */
  public void load(ChatStore store, long generation, Seals seals) throws StorageException {
    // fault-point: server-load
    CellKey lobby = Cells.room(Room.LOBBY);
    StoredRoom first = StoredRoom.of(RoomKind.PUBLIC, RoomSettings.of("Lobby", ""));
    if (store.cell(lobby).isEmpty()) {
      store.commit(
          generation,
          List.of(
              Change.write(
                  List.of(new Change.CellVersion(lobby, 0)),
                  seals.write(lobby, first.bytes()),
                  EntryStamps.ofNewRoom(seals, Room.LOBBY))));
    }
    Pages.each(
        store,
        seals,
        CellKind.ROOM,
        (cell, clear) -> {
          long id = Cells.id(cell.key().key());
          StoredRoom stored = StoredRoom.of(clear);
          add(make(id, new Versioned<>(stored, cell.version()), store.stream(id).head()));
        });
    if (rooms.get(Room.LOBBY) == null) { // left out; nothing goes without it
      long version = store.cell(lobby).map(Cell::version).orElse(0L);
      add(make(Room.LOBBY, new Versioned<>(first, version), store.stream(Room.LOBBY).head()));
    }
    loadMembers(store, seals);
  }

  private void loadMembers(ChatStore store, Seals seals) throws StorageException {
    Pages.each(
        store,
        seals,
        CellKind.MEMBER,
        (cell, clear) -> {
          Room room = rooms.get(Cells.first(cell.key()));
          if (room != null) {
            putMember(
                room,
                Cells.second(cell.key()),
                new Versioned<>(Membership.of(clear), cell.version()));
          }
        });
    Pages.each(
        store,
        seals,
        CellKind.BAN,
        (cell, clear) -> {
          Room room = rooms.get(Cells.first(cell.key()));
          if (room != null) {
            room.bans()
                .put(
                    Cells.second(cell.key()), new Versioned<>(Cells.number(clear), cell.version()));
          }
        });
    Pages.each(
        store,
        seals,
        CellKind.SEAT,
        (cell, clear) -> seat(cell, MemberState.of(clear)),
        leftOut -> seat(leftOut, MemberState.FRESH));
  }

  private void seat(Cell cell, MemberState state) {
    Room room = rooms.get(Cells.first(cell.key()));
    if (room != null) {
      room.state(Cells.second(cell.key()), new Versioned<>(state, cell.version()));
    }
  }

  /** A room that nobody knows of yet. */
  public Room make(long id, Versioned<StoredRoom> stored, long head) {
    return new Room(id, stored, head, touched::add);
  }

  public void add(Room room) {
    rooms.put(room.id(), room);
    lastId.accumulateAndGet(room.id(), Math::max);
  }

  /** An id that no room ever had. */
  public long nextId() {
    return lastId.incrementAndGet();
  }

  /** Somebody is a member from now on, or is one in another way. */
  public void putMember(Room room, long account, Versioned<Membership> membership) {
    room.members().put(account, membership);
    ofAccount.computeIfAbsent(account, a -> ConcurrentHashMap.newKeySet()).add(room.id());
  }

  /** Somebody is no member any more. */
  public void removeMember(Room room, long account) {
    room.members().remove(account);
    room.removeState(account);
    Set<Long> ids = ofAccount.get(account);
    if (ids != null) {
      ids.remove(room.id());
    }
  }

  public Room lobby() {
    Room lobby = rooms.get(Room.LOBBY);
    if (lobby == null) {
      throw new IllegalStateException("the rooms are not loaded");
    }
    return lobby;
  }

  /** The room, whoever asks. */
  public @Nullable Room get(long id) {
    return rooms.get(id);
  }

  /** The room if this account is a member of it. */
  public @Nullable Room of(long account, long id) {
    Room room = rooms.get(id);
    return room != null && room.member(account) != null ? room : null;
  }

  /** The rooms this account is a member of, in the order of their ids. */
  public List<Room> of(long account) {
    return ofAccount.getOrDefault(account, Set.of()).stream()
        .map(rooms::get)
        .filter(Objects::nonNull)
        .sorted(Comparator.comparingLong(Room::id))
        .toList();
  }

  /** The room of two people, if there is one. */
  public Optional<Room> direct(long one, long other) {
    return of(one).stream()
        .filter(room -> room.kind() == RoomKind.DIRECT)
        .filter(room -> room.peerOf(one) == other)
        .findFirst();
  }

  /** Whether two accounts are members of one room. */
  public boolean shared(long one, long other) {
    return of(one).stream().anyMatch(room -> room.member(other) != null);
  }

  public Collection<Room> all() {
    return rooms.values();
  }

  /** Lets everybody hear what was added. Only on the journal's thread. */
  public void announce() {
    touched.forEach(Room::announce);
    touched.clear();
  }

  /** How many own a room. */
  public static long owners(Room room) {
    return room.members().values().stream()
        .filter(known -> known.value().rank() == Rank.OWNER)
        .count();
  }
}
