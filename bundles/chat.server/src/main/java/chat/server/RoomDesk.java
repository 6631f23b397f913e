// SPDX-License-Identifier: Apache-2.0
package chat.server;

import chat.protocol.Command;
import chat.protocol.Content;
import chat.protocol.Cursor;
import chat.protocol.Event;
import chat.protocol.Member;
import chat.protocol.Person;
import chat.protocol.Problem;
import chat.protocol.ReadMark;
import chat.protocol.Reply;
import chat.protocol.RoomInfo;
import chat.protocol.RoomKind;
import chat.protocol.RoomView;
import chat.storage.CellKey;
import chat.storage.Change.CellVersion;
import chat.storage.Change.CellWrite;
import chat.storage.ChatStore;
import chat.storage.Row;
import chat.storage.StorageException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Entering, reading what was said, and what a room is to oneself. */
record RoomDesk(Services services, Gate gate, Reading reading) {
  private static final long ENTERED_BYTES = 512 << 10;
  private static final int DRAFT_BYTES = 16 << 10;

  /** Members of the largest room in which it is told who is writing. */
  private static final int TYPING = 200;

  /** Shows every room and follows it, in one go. */
  void enter(Call call, Command.Enter enter) {
    if (!pageable(call, enter.messages()) || !pageable(call, enter.files())) {
      return;
    }
    Map<Long, Cursor> cursors =
        enter.cursors().stream()
            .collect(Collectors.toMap(Cursor::room, Function.identity(), (a, b) -> b));
    call.read(() -> {
      call.session().listen();
      List<RoomView> views = new ArrayList<>();
      List<Feed> feeds = new ArrayList<>();
      long left = ENTERED_BYTES;
      for (Room room : services.rooms().of(call.who())) {
        Cursor cursor = cursors.get(room.id());
        RoomView view =
            left > 0
                ? view(call.account(), room, cursor, enter.messages(), enter.files())
                : bare(call.account(), room, cursor);
        left -= weight(view);
        views.add(view);
        long from = cursor != null && view.resumed() ? cursor.number() : view.head();
        feeds.add(new Feed(call.session(), room, from));
      }
      call.answer(
          new Reply.Entered(
              views,
              withSelf(call.who()),
              services.presence().standings(call.who()),
              services.contacts().of(call.who()).keySet().stream()
                  .map(other -> services.contacts().shown(call.who(), other, services.accounts()))
                  .toList()));
      call.session().follow(feeds, enter.availability());
    });
  }

  private List<Person> withSelf(long self) {
    List<Person> online = services.presence().online(self);
    if (online.stream().anyMatch(person -> person.account() == self)) {
      return online;
    }
    List<Person> all = new ArrayList<>(online);
    all.add(services.accounts().person(self));
    return all;
  }

  /** Shows one room and follows it. */
  void open(Call call, Command.Open open) {
    if (!pageable(call, open.messages()) || !pageable(call, open.files())) {
      return;
    }
    Room room = gate.room(call, open.room());
    if (room != null) {
      call.read(() -> {
        RoomView view = view(call.account(), room, null, open.messages(), open.files());
        if (room.member(call.who()) == null) {
          call.fail(Problem.ROOM_UNKNOWN, "there is no such room");
          return;
        }
        call.answer(new Reply.Opened(view));
        call.session().follow(new Feed(call.session(), room, view.head()));
      });
    }
  }

  /** A room of which nothing is shown yet: there is no more place in the answer. */
  private RoomView bare(Account account, Room room, @Nullable Cursor cursor)
      throws StorageException {
    long head = room.tail().head();
    return new RoomView(
        reading.info(room, account.id()),
        reading.place(room, account),
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
    return services.read((store, generation) -> store.stream(room)).first();
  }

  private static long weight(RoomView view) {
    return Stream.of(view.entries(), view.about(), view.files(), view.pinned())
            .flatMap(List::stream)
            .mapToLong(Shown::weight)
            .sum()
        + 256
        + 32L * view.marks().size();
  }

  private boolean pageable(Call call, int wanted) {
    int page = services.limits().page();
    if (wanted < 0 || wanted > page) {
      call.fail(Problem.TOO_LARGE, "0 to " + page + " entries");
      return false;
    }
    return true;
  }

  private RoomView view(
      Account account, Room room, @Nullable Cursor cursor, int messages, int files)
      throws StorageException {
    long head = room.tail().head();
    boolean resumed = cursor != null && fits(cursor, head);
    Shown shown = resumed ? Shown.NOTHING : newest(room, head, messages);
    List<Event.Entry> newestFiles =
        files == 0
            ? List.of()
            : Reading.ascending(
                services
                    .entries()
                    .openAll(
                        services.read((store, generation) ->
                            store.before(room.id(), Bodies.FILE, head + 1, files))));
    List<Event.Entry> pinned = reading.pinned(room.id());
    Shown shownPinned =
        pinned.isEmpty() ? Shown.NOTHING : reading.fitting(room.id(), pinned.reversed());
    return new RoomView(
        reading.info(room, account.id()),
        reading.place(room, account),
        first(room.id()),
        head,
        resumed,
        shown.entries(),
        both(shown.about(), shownPinned.about()),
        newestFiles,
        shownPinned.entries(),
        marks(room, account.id()));
  }

  private static List<Event.Entry> both(List<Event.Entry> some, List<Event.Entry> more) {
    Map<Long, Event.Entry> all =
        some.stream().collect(Collectors.toMap(Event.Entry::number, Function.identity()));
    more.forEach(entry -> all.put(entry.number(), entry));
    return Reading.ascending(List.copyOf(all.values()));
  }

  private List<ReadMark> marks(Room room, long viewer) {
    if (room.members().size() > RoomView.MARKS) {
      return List.of();
    }
    return room.members().keySet().stream()
        .filter(account -> account != viewer && showsRead(account) && !walled(room, account))
        .map(account -> mark(room, account))
        .toList();
  }

  private boolean showsRead(long account) {
    return services.accounts().self(account).value().showRead();
  }

  private static ReadMark mark(Room room, long account) {
    Seat seat = room.seat(account).value();
    return new ReadMark(account, seat.received(), seat.read());
  }

  private boolean fits(Cursor cursor, long head) throws StorageException {
    if (cursor.number() < 1 || cursor.number() > head) {
      return false;
    }
    List<Row> rows =
        services.read((store, generation) -> store.after(cursor.room(), cursor.number() - 1, 1));
    return !rows.isEmpty()
        && rows.getFirst() instanceof Row.Entry entry
        && entry.envelope().number() == cursor.number()
        && Cursor.prefix(entry.envelope().id()) == cursor.id();
  }

  /** The shortest end of a room that holds this many messages, as far as a page goes. */
  private Shown newest(Room room, long head, int messages) throws StorageException {
    if (messages == 0) {
      return Shown.NOTHING;
    }
    List<Event.Entry> newest = new ArrayList<>();
    int texts = 0;
    for (long before = head + 1; texts < messages && newest.size() < services.limits().page(); ) {
      long from = before;
      List<Row> rows =
          services.read((store, generation) ->
              store.before(room.id(), from, Math.min(messages, ChatStore.MAX_ROWS)));
      if (rows.isEmpty()) {
        break;
      }
      for (Event.Entry entry : services.entries().openAll(rows)) {
        if (texts < messages && newest.size() < services.limits().page()) {
          newest.add(entry);
          texts += entry.content() instanceof Content.Text ? 1 : 0;
        }
      }
      before = rows.getLast().number();
    }
    return reading.fitting(room.id(), newest);
  }

  void history(Call call, Command.History history) {
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

  void files(Call call, Command.Files files) {
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
    if (limit < 1 || limit > services.limits().page()) {
      call.fail(Problem.TOO_LARGE, "1 to " + services.limits().page() + " entries");
      return;
    }
    call.read(() -> {
      List<Event.Entry> entries =
          services.entries().openAll(services.read((store, generation) -> rows.of(store)));
      Shown shown = reading.fitting(roomId, entries);
      if (room.member(call.who()) == null) {
        call.fail(Problem.ROOM_UNKNOWN, "there is no such room");
        return;
      }
      call.answer(
          new Reply.Page(
              roomId, first(roomId), room.tail().head(), shown.entries(), shown.about()));
    });
  }

  void people(Call call, Command.People people) {
    Room room = gate.room(call, people.room());
    if (room == null) {
      return;
    }
    int limit = Math.clamp(people.limit(), 1, services.limits().page());
    List<Member> page =
        room.members().entrySet().stream()
            .map(entry ->
                new Member(
                    services.accounts().person(entry.getKey()),
                    entry.getValue().value().rank(),
                    entry.getValue().value().mutedUntil()))
            .filter(member -> member.person().name().compareTo(people.after()) > 0)
            .sorted(Comparator.comparing(member -> member.person().name()))
            .limit(limit + 1L)
            .toList();
    call.answer(
        new Reply.PeoplePage(page.subList(0, Math.min(limit, page.size())), page.size() > limit));
  }

  /** The public rooms. */
  void rooms(Call call, Command.Rooms rooms) {
    String words = Tokens.fold(rooms.words());
    String after = Tokens.fold(rooms.after());
    int limit = Math.clamp(rooms.limit(), 1, services.limits().page());
    List<RoomInfo> page =
        services.rooms().all().stream()
            .filter(room -> room.settings().kind() == RoomKind.PUBLIC)
            .filter(room -> !room.settings().archived())
            .filter(room -> Tokens.fold(room.settings().name()).compareTo(after) > 0)
            .filter(room ->
                Tokens.fold(room.settings().name() + "\n" + room.settings().topic())
                    .contains(words))
            .sorted(Comparator.comparing(room -> Tokens.fold(room.settings().name())))
            .limit(limit + 1L)
            .map(room -> reading.info(room, call.who()))
            .toList();
    call.answer(
        new Reply.RoomsPage(page.subList(0, Math.min(limit, page.size())), page.size() > limit));
  }

  void mark(Call call, Command.Mark mark) {
    seat(
        call,
        mark.room(),
        again -> mark(again, mark),
        room -> {
          long head = room.tail().head();
          return seat ->
              seat.withMarks(Math.min(mark.received(), head), Math.min(mark.read(), head));
        },
        room -> {
          services.devices().tell(call.who(), new News.OfRoom(room.id()));
          tellMark(room, call.who());
        });
  }

  private boolean walled(Room room, long account) {
    return room.settings().kind() == RoomKind.DIRECT
        && services.contacts().blocks(account, room.settings().peerOf(account));
  }

  private void tellMark(Room room, long account) {
    boolean few = room.members().size() <= RoomView.MARKS;
    if (few && showsRead(account) && !walled(room, account)) {
      SharedEvent marked = new SharedEvent(new Event.Marked(room.id(), mark(room, account)));
      room.feeds().forEach(feed -> feed.tell(account, marked));
    }
  }

  void silence(Call call, Command.Silence silence) {
    seat(
        call,
        silence.room(),
        again -> silence(again, silence),
        room -> seat -> seat.withSilent(silence.silent()),
        room -> services.devices().tell(call.who(), new News.OfRoom(room.id())));
  }

  void draft(Call call, Command.Draft draft) {
    Texts.Fault fault = Texts.faultOfAny(draft.text(), DRAFT_BYTES);
    if (fault != null) {
      call.fail(fault.problem(), fault.detail());
      return;
    }
    seat(
        call,
        draft.room(),
        again -> draft(again, draft),
        room -> seat -> seat.withDraft(draft.text()),
        room -> services.devices().tell(call.who(), new News.OfRoom(room.id())));
  }

  /** Changes what a room is to the caller; nothing is written if nothing changes. */
  private void seat(
      Call call,
      long roomId,
      Consumer<Call> again,
      Function<Room, UnaryOperator<Seat>> change,
      Consumer<Room> told) {
    Room room = gate.room(call, roomId);
    if (room == null || !gate.pace(call, RateLimits.Kind.SIGN)) {
      return;
    }
    Room.Known<Seat> before = room.seat(call.who());
    Seat after = change.apply(room).apply(before.value());
    if (after.equals(before.value())) {
      call.answer(new Reply.Done());
      return;
    }
    Room.Known<Room.Membership> member = room.member(call.who());
    CellKey key = Cells.seat(room.id(), call.who());
    call.write(
        List.of(
            new CellVersion(key, before.version()),
            new CellVersion(
                Cells.member(room.id(), call.who()), member == null ? -1 : member.version())),
        List.of(new CellWrite(key, services.seals().sealCell(key, after.bytes()))),
        () -> {
          room.seat(call.who(), new Room.Known<>(after, before.version() + 1));
          told.accept(room);
        },
        again);
  }

  void typing(Call call, Command.Typing typing) {
    Room room = gate.room(call, typing.room(), Right.WRITE);
    if (room != null && gate.pace(call, RateLimits.Kind.SIGN)) {
      if (room.members().size() <= TYPING) {
        SharedEvent event =
            new SharedEvent(new Event.Typing(room.id(), services.accounts().person(call.who())));
        room.feeds().forEach(feed -> feed.tell(call.who(), event));
      }
      call.answer(new Reply.Done());
    }
  }

  private static long orHead(long number) {
    return number == 0 ? Long.MAX_VALUE : number;
  }
}
