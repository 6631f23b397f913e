// SPDX-License-Identifier: Apache-2.0
package chat.server.command.importer;

import chat.protocol.Content;
import chat.protocol.Event;
import chat.server.base.Cells;
import chat.server.base.SealException;
import chat.server.base.Seals;
import chat.server.command.SearchTokens;
import chat.server.room.EntryCodec;
import chat.server.room.EntryCodec.Body;
import chat.server.room.NewEntries;
import chat.server.room.Room;
import chat.server.room.RoomQueries;
import chat.server.store.StoreAccess;
import chat.storage.Change;
import chat.storage.Change.CellPresent;
import chat.storage.Change.Erasure;
import chat.storage.Change.NewEntry;
import chat.storage.Outcome;
import chat.storage.Row;
import chat.storage.StorageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Puts imported messages into their order. A message can't move: it is erased, and appended again
 * in the same change under an id that follows from the one it had, so that the same again finds it
 * there.
 *
 * <p><b>Threads.</b> Operators'; calls wait for the disk.
 */
record MessageOrder(StoreAccess access, RoomQueries queries, Seals seals) {

  /** A message, by the id under which it was imported. */
  record Imported(long author, UUID id) {}

  /** What stands where a message is now, after it was appended again; empty if it is not here. */
  private record Found(UUID id, Row.Entry row) {}

  private Optional<Found> find(Imported message) throws StorageException {
    UUID id = message.id();
    Optional<Found> found = entry(message.author(), id);
    for (Optional<Found> next = found; next.isPresent(); next = entry(message.author(), id)) {
      found = next;
      id = again(id);
    }
    return found;
  }

  private Optional<Found> entry(long author, UUID id) throws StorageException {
    return access
        .read((store, generation) -> store.find(author, id))
        .filter(Row.Entry.class::isInstance)
        .map(row -> new Found(id, (Row.Entry) row));
  }

  private static UUID again(UUID id) {
    return UUID.nameUUIDFromBytes((id + " again").getBytes(StandardCharsets.UTF_8));
  }

  /** Whether a message had to be put behind another one; empty if it is not here. */
  Optional<Boolean> place(Imported message, Optional<Imported> behind)
      throws StorageException, SealException, IOException {
    Optional<Found> found = find(message);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Row.Entry row = found.get().row();
    Optional<Found> before = behind.isEmpty() ? Optional.empty() : find(behind.get());
    boolean stands =
        row.body() == null
            || before.isEmpty()
            || before.get().row().envelope().stream() != row.envelope().stream()
            || before.get().row().number() < row.number();
    return Optional.of(!stands && isAppended(found.get()));
  }

  private boolean isAppended(Found found) throws StorageException, SealException, IOException {
    Row.Entry row = found.row();
    Room room = queries.directory().rooms().get(row.envelope().stream());
    if (room == null) {
      return false;
    }
    Event.Entry shown = queries.entries().open(row);
    UUID id = again(found.id());
    return switch (shown.content()) {
      case Content.Text _ -> {
        Content.Text text = new Content.Text(queries.currentText(row));
        yield isAppended(room, row, text(room, row, id, text, shown.time()), with(id, text, shown));
      }
      case Content.File file ->
          isAppended(room, row, file(room, row, id, file), with(id, file, shown));
      case Content.Joined _,
          Content.Left _,
          Content.Erased _,
          Content.Damaged _,
          Content.Edited _,
          Content.Deleted _,
          Content.Reacted _,
          Content.Pinned _,
          Content.RoomSet _,
          Content.Done _,
          Content.Gone _ ->
          false;
    };
  }

  private NewEntry text(Room room, Row.Entry row, UUID id, Content.Text text, long said) {
    long author = row.envelope().author();
    return NewEntries.of(
        seals,
        room.id(),
        id,
        author,
        EntryCodec.told(text.text(), said),
        text.text().getBytes(StandardCharsets.UTF_8),
        0,
        SearchTokens.ofText(seals, room.id(), author, text.text(), List.of()));
  }

  private NewEntry file(Room room, Row.Entry row, UUID id, Content.File file)
      throws StorageException, SealException {
    long author = row.envelope().author();
    return NewEntries.of(
        seals,
        room.id(),
        id,
        author,
        new Body(EntryCodec.FILE, queries.entries().body(row)),
        EntryCodec.label(file),
        0,
        SearchTokens.ofFile(seals, room.id(), author, file));
  }

  private static Event.Entry with(UUID id, Content content, Event.Entry shown) {
    return new Event.Entry(shown.room(), 0, id, shown.author(), shown.time(), content);
  }

  /** In one change: never are both there, nor none. */
  private boolean isAppended(Room room, Row.Entry row, NewEntry entry, Event.Entry shown)
      throws StorageException {
    Change change =
        new Change(
            List.of(new CellPresent(Cells.member(room.id(), entry.author()))),
            entry,
            List.of(),
            List.of(),
            List.of(new Erasure(room.id(), row.number())));
    return access.await(
            access.commit(
                change,
                committed -> {
                  room.tail().forget(row.number());
                  room.add(
                      new Event.Entry(
                          room.id(),
                          committed.number(),
                          shown.id(),
                          shown.author(),
                          Math.min(shown.time(), committed.time()),
                          shown.content()));
                }))
        instanceof Outcome.Committed;
  }
}
