// SPDX-License-Identifier: Apache-2.0
package chat.server.command.administration;

import chat.operations.AccountReceiver;
import chat.operations.ExportedMessage;
import chat.protocol.Content;
import chat.protocol.Event;
import chat.protocol.RoomKind;
import chat.server.base.SealException;
import chat.server.base.Seals;
import chat.server.base.Tokens;
import chat.server.room.EntryCodec;
import chat.server.room.Room;
import chat.server.room.RoomQueries;
import chat.server.store.SealedBlob;
import chat.server.store.StoreAccess;
import chat.storage.ChatStore;
import chat.storage.Row;
import chat.storage.StorageException;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Tells what an account said, wherever it did. It is found by the token of its author, as by a
 * search, so that rooms of others cost nothing.
 *
 * <p><b>Threads.</b> Operators'; calls wait for the disk.
 */
public record AccountExporter(StoreAccess access, RoomQueries queries, Seals seals) {

  /** Tells all messages of an account. */
  public void messages(long account, AccountReceiver receiver)
      throws StorageException, SealException, IOException {
    for (Room room : queries.directory().rooms().all()) {
      messages(room, account, receiver);
    }
  }

  private void messages(Room room, long account, AccountReceiver receiver)
      throws StorageException, SealException, IOException {
    List<Long> author = List.of(seals.token(room.id(), Tokens.from(account)));
    long before = Long.MAX_VALUE;
    while (true) {
      long from = before;
      List<Row> rows =
          access.read(
              (store, generation) -> store.search(room.id(), author, from, ChatStore.MAX_ROWS));
      if (rows.isEmpty()) {
        return;
      }
      for (Row row : rows) {
        if (row instanceof Row.Entry entry && entry.envelope().author() == account) {
          message(room, account, entry, receiver);
        }
      }
      before = rows.getLast().number();
    }
  }

  private void message(Room room, long account, Row.Entry row, AccountReceiver receiver)
      throws StorageException, SealException, IOException {
    Event.Entry entry = queries.entries().open(row);
    Optional<ExportedMessage> message = message(name(room, account), entry);
    if (message.isPresent()) {
      receiver.message(message.get());
      if (entry.content() instanceof Content.File) {
        try (OutputStream out = receiver.file(message.get())) {
          copy(row, out);
        }
      }
    }
  }

  private static Optional<ExportedMessage> message(String room, Event.Entry entry) {
    return switch (entry.content()) {
      case Content.Text text -> Optional.of(message(room, entry, "text", text.text()));
      case Content.Edited edited -> Optional.of(message(room, entry, "edit", edited.text()));
      case Content.File file -> Optional.of(message(room, entry, "file", file.name()));
      case Content.Joined _,
          Content.Left _,
          Content.Erased _,
          Content.Damaged _,
          Content.Deleted _,
          Content.Reacted _,
          Content.Pinned _,
          Content.RoomSet _,
          Content.Done _,
          Content.Gone _ ->
          Optional.empty();
    };
  }

  private static ExportedMessage message(String room, Event.Entry entry, String kind, String text) {
    return new ExportedMessage(
        entry.room(), room, entry.number(), Instant.ofEpochMilli(entry.time()), kind, text);
  }

  private String name(Room room, long account) {
    return room.kind() == RoomKind.DIRECT
        ? queries.directory().accounts().person(room.peerOf(account)).name()
        : room.settings().name();
  }

  private void copy(Row.Entry row, OutputStream out)
      throws StorageException, SealException, IOException {
    EntryCodec.StoredFile file = EntryCodec.file(queries.entries().body(row));
    SealedBlob blob = new SealedBlob(file.blob(), file.key(), file.shown().size());
    for (long piece = 0; piece < blob.pieces(); piece++) {
      out.write(blob.read(access, piece));
    }
  }
}
