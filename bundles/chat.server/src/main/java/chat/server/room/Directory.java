// SPDX-License-Identifier: Apache-2.0
package chat.server.room;

import chat.server.base.CellKind;
import chat.server.base.Cells;
import chat.server.room.Room.Versioned;
import chat.storage.CellKey;
import java.util.Optional;

/** Who and what there is: accounts, how they stand to each other, rooms. */
public record Directory(Accounts accounts, Contacts contacts, Rooms rooms) {

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
      case CONTACT -> rewrittenContact(Cells.first(key), Cells.second(key), version);
      case PROFILE -> {
        long account = Cells.id(key.key());
        accounts.profile(account, new Versioned<>(accounts.profile(account).value(), version));
      }
      case ACCOUNT,
          NAME,
          SKELETON,
          SESSION,
          DEVICE,
          INVITATION,
          RESET,
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
