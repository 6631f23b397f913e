// SPDX-License-Identifier: Apache-2.0
package chat.server.command.message;

import chat.protocol.Command;
import chat.protocol.Event;
import chat.protocol.Limits;
import chat.protocol.Problem;
import chat.protocol.Reply;
import chat.server.base.Refusal;
import chat.server.command.AccessGuard;
import chat.server.command.Request;
import chat.server.room.EntryCodec;
import chat.server.room.EntryPage;
import chat.server.room.Room;
import chat.server.room.RoomQueries;
import chat.server.store.StoreAccess;
import chat.storage.ChatStore;
import chat.storage.Row;
import chat.storage.StorageException;
import java.util.List;

/** Pages of what was said and sent. */
public record HistoryHandler(
    AccessGuard guard, RoomQueries queries, StoreAccess access, Limits limits) {
  private long first(long room) throws StorageException {
    return access.read((store, generation) -> store.stream(room)).first();
  }

  public void history(Request request, Command.History history) throws Refusal {
    page(
        request,
        history.room(),
        history.limit(),
        store ->
            switch (history.direction()) {
              case BEFORE ->
                  store.before(history.room(), orHead(history.number()), history.limit());
              case AFTER -> store.after(history.room(), history.number(), history.limit());
            });
  }

  public void files(Request request, Command.Files files) throws Refusal {
    page(
        request,
        files.room(),
        files.limit(),
        store ->
            store.before(files.room(), EntryCodec.FILE, orHead(files.before()), files.limit()));
  }

  private interface PageOf {
    List<Row> of(ChatStore store) throws StorageException;
  }

  /** The rows nearest to where the reader comes from are the first. */
  private void page(Request request, long roomId, int limit, PageOf rows) throws Refusal {
    Room room = guard.room(request, roomId);
    if (limit < 1 || limit > limits.page()) {
      throw Refusal.invalid(Problem.TOO_LARGE, "1 to " + limits.page() + " entries");
    }
    request.read(() -> {
      List<Event.Entry> entries =
          queries.openFitting(access.read((store, generation) -> rows.of(store)));
      EntryPage shown = queries.fitting(roomId, entries);
      if (room.member(request.accountId()) == null) {
        throw AccessGuard.noSuchRoom();
      }
      request.answer(
          new Reply.Page(
              roomId, first(roomId), room.tail().head(), shown.entries(), shown.about()));
    });
  }

  private static long orHead(long number) {
    return number == 0 ? Long.MAX_VALUE : number;
  }
}
