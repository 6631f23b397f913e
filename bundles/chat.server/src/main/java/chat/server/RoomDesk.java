package chat.server;

import chat.protocol.Command;
import chat.protocol.Command.Direction;
import chat.protocol.Content;
import chat.protocol.Cursor;
import chat.protocol.Event;
import chat.protocol.Person;
import chat.protocol.Problem;
import chat.protocol.Reply;
import chat.protocol.RoomView;
import chat.storage.Change;
import chat.storage.Change.NewEntry;
import chat.storage.ChatStore;
import chat.storage.Row;
import chat.storage.StorageException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Entering, saying something, and reading what was said. */
record RoomDesk(Services services) {
  private static final Logger LOG = LoggerFactory.getLogger(RoomDesk.class);
  private static final long AGAIN_MILLIS = 2_000;
  private static final long REPLY_BYTES = 256 << 10;

  void post(Session session, int correlation, Account account, Command.Post post) {
    Room room = services.rooms().of(account.id(), post.room());
    String text = post.text().replace("\r\n", "\n").replace('\r', '\n');
    byte[] body = Bodies.text(text);
    if (room == null) {
      session.fail(correlation, Problem.ROOM_UNKNOWN, "there is no such room");
    } else if (text.isBlank()) {
      session.fail(correlation, Problem.TEXT_EMPTY, "there is nothing in it");
    } else if (body.length > services.limits().text()) {
      session.fail(
          correlation, Problem.TOO_LARGE, "at most " + services.limits().text() + " bytes");
    } else if (text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t')) {
      session.fail(correlation, Problem.TEXT_INVALID, "control characters");
    } else if (allowed(session, correlation, account)) {
      submit(session, correlation, account, room, post, new Content.Text(text), body);
    }
  }

  /** Whether this account may write now; answers if not. */
  private boolean allowed(Session session, int correlation, Account account) {
    if (services.unavailable()) {
      session.fail(correlation, Problem.UNAVAILABLE, "the store is away", AGAIN_MILLIS);
      return false;
    }
    long wait = services.rates().message(account.id());
    if (wait > 0) {
      session.fail(correlation, Problem.TOO_MANY, "too many messages", wait);
      return false;
    }
    return true;
  }

  private void submit(
      Session session,
      int correlation,
      Account account,
      Room room,
      Command.Post post,
      Content.Text content,
      byte[] body) {
    Seals seals = services.seals();
    NewEntry entry =
        new NewEntry(
            room.id(),
            post.id(),
            Bodies.TEXT,
            account.id(),
            body.length,
            seals.hash(room.id(), Bodies.TEXT, body),
            seals.sealBody(room.id(), post.id(), Bodies.TEXT, account.id(), body));
    services
        .journal()
        .submit(
            Change.append(entry, new Change.CellPresent(Cells.member(room.id(), account.id()))),
            new Decision(session, correlation) {
              @Override
              void done(long number, long time) {
                room.add(
                    new Event.Entry(room.id(), number, post.id(), account.person(), time, content));
                session.answer(correlation, new Reply.Posted(post.id(), room.id(), number, time));
              }
            });
  }

  /** Shows every room and follows it, in one go. */
  void enter(Session session, int correlation, Account account, Command.Enter enter) {
    int page = services.limits().page();
    if (enter.messages() < 0
        || enter.files() < 0
        || enter.messages() > page
        || enter.files() > page) {
      session.fail(correlation, Problem.TOO_LARGE, "0 to " + page + " entries");
      return;
    }
    Map<Long, Cursor> cursors =
        enter.cursors().stream()
            .collect(Collectors.toMap(Cursor::room, Function.identity(), (a, b) -> b));
    reading(
        session,
        correlation,
        () -> {
          List<RoomView> views = new ArrayList<>();
          List<Feed> feeds = new ArrayList<>();
          for (Room room : services.rooms().of(account.id())) {
            Cursor cursor = cursors.get(room.id());
            RoomView view = view(room, cursor, enter);
            views.add(view);
            long from = cursor != null && view.resumed() ? cursor.number() : view.head();
            feeds.add(new Feed(session, room, from));
          }
          session.answer(correlation, new Reply.Entered(views, withSelf(account.person())));
          session.follow(feeds);
        });
  }

  private List<Person> withSelf(Person self) {
    List<Person> online = services.presence().online();
    if (online.contains(self)) {
      return online;
    }
    List<Person> all = new ArrayList<>(online);
    all.add(self);
    return all;
  }

  private RoomView view(Room room, @Nullable Cursor cursor, Command.Enter enter)
      throws StorageException {
    long head = room.tail().head();
    boolean resumed = cursor != null && fits(cursor, head);
    List<Row> files =
        enter.files() == 0
            ? List.of()
            : services.read((store, generation) ->
                store.before(room.id(), Bodies.FILE, head + 1, enter.files()));
    return new RoomView(
        room.id(),
        room.settings().name(),
        room.settings().topic(),
        services.read((store, generation) -> store.stream(room.id())).first(),
        head,
        room.members().size(),
        resumed,
        resumed ? List.of() : newest(room, head, enter.messages()),
        ascending(services.entries().openAll(files)));
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
  private List<Event.Entry> newest(Room room, long head, int messages) throws StorageException {
    if (messages == 0) {
      return List.of();
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
    return fitting(ascending(newest), Direction.BEFORE);
  }

  void history(Session session, int correlation, Account account, Command.History history) {
    page(
        session,
        correlation,
        account,
        history.room(),
        history.limit(),
        history.direction(),
        store ->
            switch (history.direction()) {
              case BEFORE ->
                  store.before(history.room(), orHead(history.number()), history.limit());
              case AFTER -> store.after(history.room(), history.number(), history.limit());
            });
  }

  void files(Session session, int correlation, Account account, Command.Files files) {
    page(
        session,
        correlation,
        account,
        files.room(),
        files.limit(),
        Direction.BEFORE,
        store -> store.before(files.room(), Bodies.FILE, orHead(files.before()), files.limit()));
  }

  private interface PageOf {
    List<Row> of(ChatStore store) throws StorageException;
  }

  private void page(
      Session session,
      int correlation,
      Account account,
      long roomId,
      int limit,
      Direction direction,
      PageOf rows) {
    Room room = services.rooms().of(account.id(), roomId);
    if (room == null) {
      session.fail(correlation, Problem.ROOM_UNKNOWN, "there is no such room");
      return;
    }
    if (limit < 1 || limit > services.limits().page()) {
      session.fail(correlation, Problem.TOO_LARGE, "1 to " + services.limits().page() + " entries");
      return;
    }
    reading(
        session,
        correlation,
        () -> {
          List<Event.Entry> entries =
              services.entries().openAll(services.read((store, generation) -> rows.of(store)));
          long first = services.read((store, generation) -> store.stream(roomId)).first();
          session.answer(
              correlation,
              new Reply.Page(
                  roomId, first, room.tail().head(), fitting(ascending(entries), direction)));
        });
  }

  void people(Session session, int correlation, Account account, Command.People people) {
    Room room = services.rooms().of(account.id(), people.room());
    if (room == null) {
      session.fail(correlation, Problem.ROOM_UNKNOWN, "there is no such room");
      return;
    }
    int limit = Math.clamp(people.limit(), 1, services.limits().page());
    List<Person> page =
        room.members().stream()
            .map(services.accounts()::person)
            .filter(person -> person.name().compareTo(people.after()) > 0)
            .sorted(Comparator.comparing(Person::name))
            .limit(limit + 1L)
            .toList();
    session.answer(
        correlation,
        new Reply.PeoplePage(page.subList(0, Math.min(limit, page.size())), page.size() > limit));
  }

  private interface Reading {
    void run() throws StorageException;
  }

  private static void reading(Session session, int correlation, Reading task) {
    session.read(
        correlation,
        () -> {
          try {
            task.run();
          } catch (StorageException.Damaged e) {
            LOG.error("A read met damage: {}", e.getMessage());
            session.fail(correlation, Problem.INTERNAL, "the store is damaged here");
          } catch (StorageException e) {
            LOG.warn("A read failed: {}", e.getMessage());
            session.fail(correlation, Problem.UNAVAILABLE, "the store is away", AGAIN_MILLIS);
          }
        });
  }

  private static long orHead(long number) {
    return number == 0 ? Long.MAX_VALUE : number;
  }

  /** As many entries as a reply holds, those nearest to where the reader comes from. */
  private static List<Event.Entry> fitting(List<Event.Entry> ascending, Direction direction) {
    List<Event.Entry> fitting = new ArrayList<>();
    long left = REPLY_BYTES;
    for (Event.Entry entry : direction == Direction.BEFORE ? ascending.reversed() : ascending) {
      left -=
          256 + (entry.content() instanceof Content.Text(String text) ? 3L * text.length() : 1024);
      if (left < 0 && !fitting.isEmpty()) {
        break;
      }
      fitting.add(entry);
    }
    return ascending(fitting);
  }

  private static List<Event.Entry> ascending(List<Event.Entry> entries) {
    return entries.stream().sorted(Comparator.comparingLong(Event.Entry::number)).toList();
  }
}
