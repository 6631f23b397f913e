// SPDX-License-Identifier: Apache-2.0
package chat.server.command.message;

import chat.protocol.Cursor;
import chat.protocol.Problem;
import chat.server.base.Refusal;
import chat.server.base.SealException;
import chat.server.room.EntryCodec;
import chat.server.room.EntryCodec.StoredFile;
import chat.server.room.RoomQueries;
import chat.server.store.StoreAccess;
import chat.storage.Cell;
import chat.storage.CellKey;
import chat.storage.Row;
import chat.storage.StorageException;
import java.io.IOException;
import java.util.Optional;

/** The messages that commands are about. Only on readers' threads. */
public record MessageTargets(RoomQueries queries, StoreAccess access) {
  /** Of this cell; 0 if it is not there. */
  long version(CellKey key) throws StorageException {
    return access.read((store, generation) -> store.cell(key)).map(Cell::version).orElse(0L);
  }

  /** The message at a target. */
  Row.Entry target(Cursor target) throws Refusal, StorageException {
    Optional<Row.Entry> entry = queries.entry(target.room(), target.number());
    boolean fits =
        entry.isPresent()
            && RoomQueries.MESSAGES.contains(entry.get().envelope().kind())
            && Cursor.prefix(entry.get().envelope().id()) == target.id();
    if (!fits) {
      throw Refusal.denied(Problem.ENTRY_UNKNOWN, "there is no such message any more");
    }
    return entry.get();
  }

  StoredFile file(Row.Entry entry) throws StorageException, SealException, IOException {
    return EntryCodec.file(queries.entries().body(entry));
  }
}
