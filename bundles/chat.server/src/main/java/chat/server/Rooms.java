package chat.server;

import chat.storage.Cell;
import chat.storage.CellKey;
import chat.storage.Change;
import chat.storage.ChatStore;
import chat.storage.StorageException;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** All rooms. May be used from any thread. */
final class Rooms {
  private final ConcurrentMap<Long, Room> rooms = new ConcurrentHashMap<>();

  /** Reads what the store has; makes the Lobby of a new one. */
  void load(ChatStore store, long generation, Seals seals) throws StorageException, SealException {
    CellKey lobby = Cells.room(Room.LOBBY);
    if (store.cell(lobby).isEmpty()) {
      byte[] settings = new Room.Settings("Lobby", "").bytes();
      store.commit(
          generation,
          List.of(
              Change.write(
                  List.of(new Change.CellVersion(lobby, 0)),
                  new Change.CellWrite(lobby, seals.sealCell(lobby, settings)))));
    }
    String after = "";
    for (List<Cell> page = page(store, Cells.ROOM, after);
        !page.isEmpty();
        page = page(store, Cells.ROOM, after)) {
      for (Cell cell : page) {
        long id = Cells.id(cell.key().key());
        rooms.put(id, new Room(id, settings(cell, seals), store.stream(id).head()));
        after = cell.key().key();
      }
    }
    loadMembers(store);
  }

  private void loadMembers(ChatStore store) throws StorageException {
    String after = "";
    for (List<Cell> page = page(store, Cells.MEMBER, after);
        !page.isEmpty();
        page = page(store, Cells.MEMBER, after)) {
      for (Cell cell : page) {
        after = cell.key().key();
        int slash = after.indexOf('/');
        Room room = rooms.get(Cells.id(after.substring(0, slash)));
        if (room != null) {
          room.members().add(Cells.id(after.substring(slash + 1)));
        }
      }
    }
  }

  private static List<Cell> page(ChatStore store, String space, String after)
      throws StorageException {
    return store.cells(space, after, ChatStore.MAX_ROWS);
  }

  private static Room.Settings settings(Cell cell, Seals seals)
      throws SealException, StorageException.Damaged {
    try {
      return Room.Settings.of(seals.openCell(cell.key(), cell.value()));
    } catch (IOException e) {
      throw new StorageException.Damaged("room " + cell.key().key() + " can't be read", e);
    }
  }

  Room lobby() {
    Room lobby = rooms.get(Room.LOBBY);
    if (lobby == null) {
      throw new IllegalStateException("the rooms are not loaded");
    }
    return lobby;
  }

  /** The room if this account may know of it. */
  @Nullable Room of(long account, long id) {
    Room room = rooms.get(id);
    return room != null && room.members().contains(account) ? room : null;
  }

  /** The rooms this account is a member of, in the order of their ids. */
  List<Room> of(long account) {
    return rooms.values().stream()
        .filter(room -> room.members().contains(account))
        .sorted((a, b) -> Long.compare(a.id(), b.id()))
        .toList();
  }

  Collection<Room> all() {
    return rooms.values();
  }
}
