// SPDX-License-Identifier: Apache-2.0
package chat.server.command.room;

import chat.protocol.Content;
import chat.protocol.Cursor;
import chat.protocol.Event;
import chat.protocol.Limits;
import chat.protocol.RoomView;
import chat.server.room.Account;
import chat.server.room.Directory;
import chat.server.room.EntryCodec;
import chat.server.room.EntryPage;
import chat.server.room.Room;
import chat.server.room.RoomQueries;
import chat.server.store.StoreAccess;
import chat.storage.ChatStore;
import chat.storage.Row;
import chat.storage.StorageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What somebody sees of a room in one go. Only on readers' threads. */
public record RoomViews(
    RoomQueries queries, StoreAccess access, Directory directory, ReadMarks marks, Limits limits) {
  private static final Logger LOG = LoggerFactory.getLogger(RoomViews.class);
  private static final long TOLD_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final AtomicLong TOLD_AHEAD = new AtomicLong(System.nanoTime() - TOLD_NANOS);

  /** A room of which nothing is shown yet: there is no more place in the answer. */
  RoomView bare(Account account, Room room, @Nullable Cursor cursor) throws StorageException {
    long head = room.tail().head();
    return new RoomView(
        queries.info(room, account.id()),
        queries.place(room, account),
        first(room.id()),
        head,
        cursor != null && fits(cursor, head),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  private long first(long room) throws StorageException {
    return access.read((store, generation) -> store.stream(room)).first();
  }

  /** About as many bytes as it takes in an answer. */
  static long weight(RoomView view) {
    return Stream.of(view.entries(), view.about(), view.files(), view.pinned())
            .flatMap(List::stream)
            .mapToLong(EntryPage::weight)
            .sum()
        + 256
        + 32L * view.marks().size();
  }

  RoomView view(Account account, Room room, @Nullable Cursor cursor, int messages, int files)
      throws StorageException {
    long head = room.tail().head();
    boolean resumed = cursor != null && fits(cursor, head);
    EntryPage shown = resumed ? EntryPage.NOTHING : newest(room, head, messages);
    List<Event.Entry> newestFiles =
        files == 0
            ? List.of()
            : RoomQueries.ascending(
                queries
                    .entries()
                    .openAll(
                        access.read((store, generation) ->
                            store.before(room.id(), EntryCodec.FILE, head + 1, files))));
    List<Event.Entry> pinned = queries.pinned(room.id());
    EntryPage shownPinned =
        pinned.isEmpty() ? EntryPage.NOTHING : queries.fitting(room.id(), pinned.reversed());
    return new RoomView(
        queries.info(room, account.id()),
        queries.place(room, account),
        first(room.id()),
        head,
        resumed,
        shown.entries(),
        both(shown.about(), shownPinned.about()),
        newestFiles,
        shownPinned.entries(),
        marks.marks(room, account.id()));
  }

  private static List<Event.Entry> both(List<Event.Entry> some, List<Event.Entry> more) {
    Map<Long, Event.Entry> all =
        some.stream().collect(Collectors.toMap(Event.Entry::number, Function.identity()));
    more.forEach(entry -> all.put(entry.number(), entry));
    return RoomQueries.ascending(List.copyOf(all.values()));
  }

  private boolean fits(Cursor cursor, long head) throws StorageException {
    if (cursor.number() > head) {
      ahead(cursor, head);
      return false;
    }
    if (cursor.number() < 1) {
      return false;
    }
    List<Row> rows =
        access.read((store, generation) -> store.after(cursor.room(), cursor.number() - 1, 1));
    return !rows.isEmpty()
        && rows.getFirst() instanceof Row.Entry entry
        && entry.envelope().number() == cursor.number()
        && Cursor.prefix(entry.envelope().id()) == cursor.id();
  }

  /** Somebody has seen what is not there: the end of the store was lost, or the client is wrong. */
  private void ahead(Cursor cursor, long head) {
    long now = System.nanoTime();
    long before = TOLD_AHEAD.get();
    if (now - before > TOLD_NANOS && TOLD_AHEAD.compareAndSet(before, now)) {
      LOG.error(
          "A client has entry {} of room {}, which ends with {}: unless a backup was restored, the"
              + " store lost its end",
          cursor.number(),
          cursor.room(),
          head);
    }
  }

  /** The shortest end of a room that holds this many messages, as far as a page goes. */
  private EntryPage newest(Room room, long head, int messages) throws StorageException {
    if (messages == 0) {
      return EntryPage.NOTHING;
    }
    List<Event.Entry> newest = new ArrayList<>();
    int texts = 0;
    for (long before = head + 1; texts < messages && newest.size() < limits.page(); ) {
      long from = before;
      List<Row> rows =
          access.read((store, generation) ->
              store.before(room.id(), from, Math.min(messages, ChatStore.MAX_ROWS)));
      if (rows.isEmpty()) {
        break;
      }
      List<Event.Entry> opened = queries.openFitting(rows);
      for (Event.Entry entry : opened) {
        if (texts < messages && newest.size() < limits.page()) {
          newest.add(entry);
          texts += entry.content() instanceof Content.Text ? 1 : 0;
        }
      }
      if (opened.size() < rows.size()) {
        break; // one answer holds no more
      }
      before = rows.getLast().number();
    }
    return queries.fitting(room.id(), newest);
  }
}
