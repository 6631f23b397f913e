// SPDX-License-Identifier: Apache-2.0
package chat.server.command.account;

import chat.protocol.Content;
import chat.protocol.Event;
import chat.protocol.Rank;
import chat.protocol.RoomKind;
import chat.server.base.CellKind;
import chat.server.base.Cells;
import chat.server.base.SealException;
import chat.server.base.Seals;
import chat.server.base.Tokens;
import chat.server.command.message.SharedBlobs;
import chat.server.command.message.SharedBlobs.Sharing;
import chat.server.room.Directory;
import chat.server.room.Entries;
import chat.server.room.EntryCodec;
import chat.server.room.NewEntries;
import chat.server.room.Room;
import chat.server.room.Room.Membership;
import chat.server.room.Room.Versioned;
import chat.server.room.Rooms;
import chat.server.session.Devices;
import chat.server.session.StateUpdate;
import chat.server.store.Journal;
import chat.server.store.StoreAccess;
import chat.storage.Cell;
import chat.storage.CellKey;
import chat.storage.Change;
import chat.storage.Change.CellVersion;
import chat.storage.Change.CellWrite;
import chat.storage.Change.Condition;
import chat.storage.Change.Erasure;
import chat.storage.Change.NewEntry;
import chat.storage.ChatStore;
import chat.storage.Outcome;
import chat.storage.Row;
import chat.storage.StorageException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Erases what those wrote whose accounts were deleted, room by room, in parts. It goes on after a
 * crash, a swap or a restart until the note of the deletion is gone.
 */
public record AccountErasure(
    StoreAccess access,
    Directory directory,
    Seals seals,
    Entries entries,
    Devices devices,
    SharedBlobs shared) {
  private static final Logger LOG = LoggerFactory.getLogger(AccountErasure.class);

  /**
   * Erases what those said who are no more, on a reader's thread. What does not come to its end is
   * taken up by the next sweep.
   */
  public void sweepSoon() {
    access
        .readers()
        .lane(1)
        .submit(() -> {
          try {
            sweep();
          } catch (StorageException e) {
            LOG.warn("What was said before is erased later: {}", e.getMessage());
          }
        });
  }

  private void sweep() throws StorageException {
    List<Long> gone = new ArrayList<>();
    String space = CellKind.FAREWELL.space();
    for (Cell cell :
        access.read((store, generation) -> store.cells(space, "", ChatStore.MAX_ROWS))) {
      try {
        seals.openCell(cell);
        gone.add(Cells.id(cell.key().key()));
      } catch (SealException e) {
        seals.integrity().leftOut(space + " " + cell.key().key(), e);
      }
    }
    for (long account : gone) {
      for (Room room : directory.rooms().all()) {
        leave(room, account);
        erase(room, account);
      }
      eraseSessions(account);
      access.settle(Change.write(List.of(), new CellWrite(Cells.farewell(account), null)));
      LOG.info("What account {} said is erased", account);
    }
  }

  /** Ends a membership, or an invitation, that began in the same moment as the account ended. */
  private void leave(Room room, long account) throws StorageException {
    if (directory.invitations().get(room.id(), account) != null) {
      access.settle(
          Change.write(List.of(), new CellWrite(Cells.roomInvitation(room.id(), account), null)));
      directory.invitations().remove(room.id(), account);
    }
    if (room.member(account) != null) {
      access.settle(
          Change.write(
              List.of(),
              new CellWrite(Cells.member(room.id(), account), null),
              new CellWrite(Cells.seat(room.id(), account), null)));
      directory.rooms().removeMember(room, account);
    }
  }

  private void erase(Room room, long account) throws StorageException {
    List<Long> from = List.of(seals.token(room.id(), Tokens.from(account)));
    boolean told = false;
    while (true) {
      List<Row> rows =
          access.read((store, generation) ->
              store.search(room.id(), from, Long.MAX_VALUE, ChatStore.MAX_ROWS));
      List<Erasure> erasures = new ArrayList<>();
      Map<UUID, Integer> files = new HashMap<>();
      for (Row row : rows) {
        erasures.add(new Erasure(room.id(), row.number()));
        if (row instanceof Row.Entry entry && entry.envelope().kind() == EntryCodec.FILE) {
          blob(entry).ifPresent(blob -> files.merge(blob, 1, Integer::sum));
        }
      }
      if (erasures.isEmpty()) {
        return;
      }
      if (!told) {
        // Before the first erasure: else after a crash nothing would show that there is one to
        // tell.
        told = true;
        tell(room, account);
      }
      // Refused if somebody forwards one of the files just now: the next round reads that anew.
      if (access.settle(erasing(erasures, files)) instanceof Outcome.Committed) {
        erasures.forEach(erasure -> room.tail().forget(erasure.number()));
      }
    }
  }

  private Change erasing(List<Erasure> erasures, Map<UUID, Integer> files) throws StorageException {
    List<Condition> conditions = new ArrayList<>();
    List<CellWrite> cells = new ArrayList<>();
    List<UUID> drops = new ArrayList<>();
    for (Map.Entry<UUID, Integer> file : files.entrySet()) {
      try {
        Sharing sharing = shared.of(file.getKey());
        conditions.add(sharing.unchanged());
        if (sharing.isLast(file.getValue())) {
          drops.add(file.getKey());
        }
        if (sharing.version() > 0) {
          cells.add(sharing.fewer(file.getValue()));
        }
      } catch (SealException e) {
        LOG.error(
            "Who else shows file {} can't be read, it stays: {}", file.getKey(), e.getMessage());
      }
    }
    return new Change(conditions, null, cells, List.of(), erasures, drops);
  }

  private Optional<UUID> blob(Row.Entry entry) throws StorageException {
    try {
      return Optional.of(EntryCodec.file(entries.body(entry)).blob());
    } catch (SealException | IOException e) {
      LOG.error("File {} can't be opened and stays: {}", entry.number(), e.getMessage());
      return Optional.empty();
    }
  }

  /** Everybody in the room hears that what this account said is gone. */
  private void tell(Room room, long account) throws StorageException {
    UUID id = new UUID(room.id(), account);
    NewEntry entry =
        NewEntries.of(seals, room.id(), id, account, EntryCodec.empty(EntryCodec.GONE));
    heir(room);
    access
        .journal()
        .submit(
            Change.append(entry),
            new Journal.Completion() {
              @Override
              public void decided(Outcome outcome) {
                if (outcome instanceof Outcome.Committed(long number, long time)) {
                  room.add(
                      new Event.Entry(
                          room.id(),
                          number,
                          id,
                          directory.accounts().person(account),
                          time,
                          new Content.Gone()));
                }
              }

              @Override
              public void dropped() {}

              @Override
              public void undecided() {} // The next server goes on with the erasure.
            });
  }

  /** A room that has lost its last owner belongs to who has been in it longest. */
  private void heir(Room room) throws StorageException {
    if (Rooms.owners(room) > 0 || room.id() == Room.LOBBY || room.kind() == RoomKind.DIRECT) {
      return;
    }
    Optional<Map.Entry<Long, Versioned<Membership>>> heir =
        room.members().entrySet().stream()
            .min(
                Comparator.comparing(
                        (Map.Entry<Long, Versioned<Membership>> e) -> e.getValue().value().rank())
                    .reversed()
                    .thenComparingLong(e -> e.getValue().value().since()));
    if (heir.isPresent()) {
      long next = heir.get().getKey();
      Versioned<Membership> before = heir.get().getValue();
      Membership after =
          new Membership(Rank.OWNER, before.value().mutedUntil(), before.value().since());
      CellKey key = Cells.member(room.id(), next);
      access
          .journal()
          .submit(
              Change.write(
                  List.of(new CellVersion(key, before.version())), seals.write(key, after.bytes())),
              new Journal.Completion() {
                @Override
                public void decided(Outcome outcome) {
                  if (outcome instanceof Outcome.Committed) {
                    directory
                        .rooms()
                        .putMember(room, next, new Versioned<>(after, before.version() + 1));
                    devices.tell(next, new StateUpdate.OfRoom(room.id()));
                  }
                }

                @Override
                public void dropped() {}

                @Override
                public void undecided() {} // The next server goes on with the erasure.
              });
    }
  }

  private void eraseSessions(long account) throws StorageException {
    String after = "";
    while (true) {
      String from = after;
      List<Cell> page =
          access.read((store, generation) ->
              store.cells(CellKind.SESSION.space(), from, ChatStore.MAX_ROWS));
      if (page.isEmpty()) {
        return;
      }
      for (Cell cell : page) {
        after = cell.key().key();
        try {
          if (Cells.number(seals.openCell(cell)) == account) {
            access.settle(
                Change.write(
                    List.of(),
                    new CellWrite(cell.key(), null),
                    new CellWrite(
                        Cells.device(account, HexFormat.of().parseHex(cell.key().key())), null)));
          }
        } catch (SealException e) {
          LOG.error("A session can't be opened: {}", e.getMessage());
        }
      }
    }
  }
}
