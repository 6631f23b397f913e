// SPDX-License-Identifier: Apache-2.0
package chat.server.command.message;

import chat.protocol.Command;
import chat.protocol.Event;
import chat.protocol.Limits;
import chat.protocol.Problem;
import chat.protocol.Reply;
import chat.server.command.Call;
import chat.server.command.Gate;
import chat.server.room.Bodies;
import chat.server.room.Reading;
import chat.server.room.Room;
import chat.server.room.Shown;
import chat.server.store.StoreAccess;
import chat.storage.ChatStore;
import chat.storage.Row;
import chat.storage.StorageException;
import java.util.List;

/** Pages of what was said and sent. */
public record HistoryHandler(Gate gate, Reading queries, StoreAccess access, Limits limits) {
  private long first(long room) throws StorageException {
    return access.read((store, generation) -> store.stream(room)).first();
  }

  public void history(Call call, Command.History history) {
    page(
        call,
        history.room(),
        history.limit(),
        store ->
            switch (history.direction()) {
              case BEFORE ->
                  store.before(history.room(), orHead(history.number()), history.limit());
              case AFTER -> store.after(history.room(), history.number(), history.limit());
            });
  }

  public void files(Call call, Command.Files files) {
    page(
        call,
        files.room(),
        files.limit(),
        store -> store.before(files.room(), Bodies.FILE, orHead(files.before()), files.limit()));
  }

  private interface PageOf {
    List<Row> of(ChatStore store) throws StorageException;
  }

  /** The rows nearest to where the reader comes from are the first. */
  private void page(Call call, long roomId, int limit, PageOf rows) {
    Room room = gate.room(call, roomId);
    if (room == null) {
      return;
    }
    if (limit < 1 || limit > limits.page()) {
      call.fail(Problem.TOO_LARGE, "1 to " + limits.page() + " entries");
      return;
    }
    call.read(() -> {
      List<Event.Entry> entries =
          queries.entries().openAll(access.read((store, generation) -> rows.of(store)));
      Shown shown = queries.fitting(roomId, entries);
      if (room.member(call.who()) == null) {
        call.fail(Problem.ROOM_UNKNOWN, "there is no such room");
        return;
      }
      call.answer(
          new Reply.Page(
              roomId, first(roomId), room.tail().head(), shown.entries(), shown.about()));
    });
  }

  private static long orHead(long number) {
    return number == 0 ? Long.MAX_VALUE : number;
  }
}
