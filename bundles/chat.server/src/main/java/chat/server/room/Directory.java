// SPDX-License-Identifier: Apache-2.0
package chat.server.room;

import chat.server.base.Announcement;
import chat.server.base.CellKind;
import chat.server.base.Cells;
import chat.server.base.Seals;
import chat.server.room.Room.Versioned;
import chat.server.store.CellLoader;
import chat.server.store.ChangeCapture;
import chat.server.store.Pages;
import chat.storage.Cell;
import chat.storage.CellKey;
import chat.storage.ChatStore;
import chat.storage.StorageException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/** Who and what there is: accounts, how they stand to each other, rooms. */
public record Directory(
    Accounts accounts,
    Contacts contacts,
    Rooms rooms,
    RoomInvitations invitations,
    AtomicReference<Announcement> announcement) {

  /** What is announced to everybody now. */
  public Announcement announced() {
    return Objects.requireNonNull(announcement.get());
  }

  /** What becomes of a cell that was read. */
  @FunctionalInterface
  public interface Reading {
    void read(CellLoader loader, Cell cell) throws StorageException;
  }

  /** One that is empty, to be filled by {@link #load(ChatStore, Reading)}. */
  public static Directory empty() {
    return new Directory(
        new Accounts(),
        new Contacts(),
        new Rooms(),
        new RoomInvitations(),
        new AtomicReference<>(Announcement.NONE));
  }

  /** Reads what the store has; makes the Lobby of a new one. */
  public static Directory load(ChatStore store, long generation, Seals seals)
      throws StorageException {
    Directory directory = empty();
    Rooms.makeLobby(store, generation, seals);
    directory.load(store, (loader, cell) -> loader.read(cell, seals));
    directory.rooms.makeUpForLobby(store);
    return directory;
  }

  /** Reads every cell that is kept in memory. */
  public void load(ChatStore store, Reading reading) throws StorageException {
    // fault-point: server-load
    for (CellLoader loader : loaders(store)) {
      Pages.each(store, loader.kind(), cell -> reading.read(loader, cell));
    }
    accounts.ids().loaded();
  }

  /**
   * Brings what was loaded level with the store, before anybody else sees it.
   *
   * @param changed where something may be different since
   */
  public void refresh(ChatStore store, ChangeCapture.Touched changed, Reading reading)
      throws StorageException {
    Set<CellKey> cells = new LinkedHashSet<>(changed.cells);
    for (CellKey key : changed.cells) {
      if (CellKind.of(key).equals(Optional.of(CellKind.MEMBER))) {
        cells.add(Cells.seat(Cells.first(key), Cells.second(key))); // it goes with its member
      }
    }
    for (CellLoader loader : loaders(store)) {
      for (CellKey key : cells) {
        if (key.space().equals(loader.kind().space())) {
          refresh(store, key, loader, reading);
        }
      }
    }
    for (long stream : changed.streams) {
      Room room = rooms.get(stream);
      if (room != null) {
        room.tail().beginAt(store.stream(stream).head());
      }
    }
  }

  private static void refresh(ChatStore store, CellKey key, CellLoader loader, Reading reading)
      throws StorageException {
    Optional<Cell> cell = store.cell(key);
    if (cell.isPresent()) {
      reading.read(loader, cell.get());
    } else {
      loader.gone().accept(key);
    }
  }

  private CellLoader announcementLoader() {
    return new CellLoader(
        CellKind.ANNOUNCEMENT,
        (cell, clear) -> announcement.set(Announcement.of(clear)),
        key -> announcement.set(Announcement.NONE));
  }

  /** In the order in which they rely on each other. */
  private List<CellLoader> loaders(ChatStore store) {
    return Stream.of(
            accounts.loaders(),
            List.of(contacts.loader()),
            rooms.loaders(store),
            List.of(invitations.loader(), announcementLoader()))
        .flatMap(List::stream)
        .toList();
  }

  /**
   * A cell has another version with the same content: what is in memory of it follows. Only on the
   * journal's thread.
   */
  void rewritten(CellKey key, long version) {
    Optional<CellKind> kind = CellKind.of(key);
    if (kind.isEmpty()) {
      return;
    }
    switch (kind.get()) {
      case ROOM -> {
        Room room = rooms.get(Cells.id(key.key()));
        if (room != null) {
          room.store(new Versioned<>(room.stored().value(), version));
        }
      }
      case MEMBER, BAN, SEAT -> {
        Room room = rooms.get(Cells.first(key));
        if (room != null) {
          room.rewritten(kind.get(), Cells.second(key), version);
        }
      }
      case ROOM_INVITATION -> invitations.rewritten(key, version);
      case CONTACT -> rewrittenContact(Cells.first(key), Cells.second(key), version);
      case PROFILE -> {
        long account = Cells.id(key.key());
        accounts.profile(account, new Versioned<>(accounts.profile(account).value(), version));
      }
      case HIGHEST -> accounts.ids().rewritten(version);
      case ACCOUNT,
          NAME,
          SKELETON,
          SESSION,
          DEVICE,
          INVITATION,
          RESET,
          SECOND_FACTOR,
          ANNOUNCEMENT,
          SEEN,
          PICTURE,
          TITLE,
          DIRECT,
          PIN,
          TAKEN,
          FAREWELL,
          UPLOAD,
          SHARED_BLOB,
          STAMP,
          REVISION,
          RING,
          KEY,
          PROBE -> {} // nothing in memory relies on their versions
    }
  }

  private void rewrittenContact(long account, long other, long version) {
    contacts.set(account, other, new Versioned<>(contacts.state(account, other).value(), version));
  }
}
