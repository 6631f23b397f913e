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
import chat.server.store.CellLoader;
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
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/** All rooms. May be read from any thread; the journal's thread alone changes it. */
public final class Rooms {
  private static final StoredRoom FIRST_LOBBY =
      StoredRoom.of(RoomKind.PUBLIC, RoomSettings.of("Lobby", ""));

  private final ConcurrentMap<Long, Room> rooms = new ConcurrentHashMap<>();
  private final ConcurrentMap<Long, Set<Long>> ofAccount = new ConcurrentHashMap<>();
  private final AtomicLong lastId = new AtomicLong(Room.LOBBY);
  private final List<Room> touched = new ArrayList<>();

  /** Makes the Lobby of a store that has none. */
  static void makeLobby(ChatStore store, long generation, Seals seals) throws StorageException {
    CellKey lobby = Cells.room(Room.LOBBY);
    if (store.cell(lobby).isEmpty()) {
      store.commit(
          generation,
          List.of(
              Change.write(
                  List.of(new Change.CellVersion(lobby, 0)),
                  seals.write(lobby, FIRST_LOBBY.bytes()),
                  AccountIds.ofNewStore(seals),
                  EntryStamps.ofNewRoom(seals, Room.LOBBY))));
    }
  }

  /** In this order: who belongs to a room is kept by the room. */
  List<CellLoader> loaders(ChatStore store) {
    return List.of(
        new CellLoader(
            CellKind.ROOM,
            (cell, clear) -> load(cell, StoredRoom.of(clear), store),
            key -> {}), // rooms stay
        new CellLoader(
            CellKind.MEMBER,
            (cell, clear) -> {
              Versioned<Membership> member = new Versioned<>(Membership.of(clear), cell.version());
              in(cell.key(), (room, account) -> putMember(room, account, member));
            },
            key -> in(key, this::removeMember)),
        new CellLoader(
            CellKind.BAN,
            (cell, clear) -> {
              Versioned<Long> until = new Versioned<>(Cells.number(clear), cell.version());
              in(cell.key(), (room, account) -> room.bans().put(account, until));
            },
            key -> in(key, (room, account) -> room.bans().remove(account))),
        new CellLoader(
            CellKind.SEAT,
            (cell, clear) -> seat(cell, MemberState.of(clear)),
            leftOut -> seat(leftOut, MemberState.FRESH),
            key -> in(key, Room::removeState)));
  }

  /** Where the cell of the Lobby is left out: nothing goes without it. */
  void makeUpForLobby(ChatStore store) throws StorageException {
    if (rooms.get(Room.LOBBY) == null) {
      long version = store.cell(Cells.room(Room.LOBBY)).map(Cell::version).orElse(0L);
      add(make(Room.LOBBY, new Versioned<>(FIRST_LOBBY, version), store.stream(Room.LOBBY).head()));
    }
  }

  private void load(Cell cell, StoredRoom stored, ChatStore store) throws StorageException {
    long id = Cells.id(cell.key().key());
    Versioned<StoredRoom> versioned = new Versioned<>(stored, cell.version());
    Room known = rooms.get(id);
    if (known == null) {
      add(make(id, versioned, store.stream(id).head()));
    } else {
      known.store(versioned);
    }
  }

  /** Does something with the room and the account of a key, if there is the room. */
  private void in(CellKey key, ObjLongConsumer<Room> action) {
    Room room = rooms.get(Cells.first(key));
    if (room != null) {
      action.accept(room, Cells.second(key));
    }
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
