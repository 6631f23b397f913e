package chat.server;

import chat.protocol.Content;
import chat.protocol.Event;
import chat.protocol.Person;
import chat.protocol.Place;
import chat.protocol.RoomInfo;
import chat.protocol.RoomKind;
import chat.server.Room.Known;
import chat.server.Room.Membership;
import chat.storage.Cell;
import chat.storage.ChatStore;
import chat.storage.Row;
import chat.storage.StorageException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What several commands read. Only on readers' threads, apart from what says otherwise. */
record Reading(Services services) {
  /** What people wrote or sent; everything else is about it, or about the room. */
  static final Set<Integer> MESSAGES = Set.of(Bodies.TEXT, Bodies.MESSAGE, Bodies.FILE);

  /** The most that may be said about one message. */
  static final int MOST_ABOUT = 2_000;

  /** Messages this near to each other are read in one go. */
  private static final int NEAR = 20;

  private static final int MENTIONS = 100;
  private static final int MOST_PINNED = 50;
  private static final Person NOBODY = new Person(0, "");

  /** An entry of a room that can be shown; empty if there is none, or it was erased. */
  Optional<Row.Entry> entry(long room, long number) throws StorageException {
    if (number < 1) {
      return Optional.empty();
    }
    List<Row> rows = services.read((store, generation) -> store.after(room, number - 1, 1));
    return !rows.isEmpty()
            && rows.getFirst() instanceof Row.Entry entry
            && entry.number() == number
            && entry.body() != null
        ? Optional.of(entry)
        : Optional.empty();
  }

  /** What was said about entries between two numbers, both included; ascending, unopened. */
  List<Row> about(long room, long first, long last) throws StorageException {
    List<Row> all = new ArrayList<>();
    long after = 0;
    while (true) {
      long from = after;
      List<Row> page =
          services.read(
              (store, generation) -> store.about(room, first, last, from, ChatStore.MAX_ROWS));
      all.addAll(page);
      if (page.size() < ChatStore.MAX_ROWS) {
        return all;
      }
      after = page.getLast().number();
    }
  }

  /** What was said later about these entries of a room, ascending. */
  List<Event.Entry> about(long room, Collection<Event.Entry> entries) throws StorageException {
    TreeSet<Long> numbers = new TreeSet<>();
    entries.stream().filter(Reading::isMessage).forEach(entry -> numbers.add(entry.number()));
    List<Row> rows = new ArrayList<>();
    while (!numbers.isEmpty()) {
      long first = numbers.removeFirst();
      long last = first;
      while (!numbers.isEmpty() && numbers.first() <= last + NEAR) {
        last = numbers.removeFirst();
      }
      rows.addAll(about(room, first, last));
    }
    Set<Long> asked = Set.copyOf(entries.stream().map(Event.Entry::number).toList());
    rows.removeIf(
        row -> row instanceof Row.Entry entry && !asked.contains(entry.envelope().about()));
    rows.sort(Comparator.comparingLong(Row::number));
    return services.entries().openAll(rows);
  }

  private static boolean isMessage(Event.Entry entry) {
    return switch (entry.content()) {
      case Content.Text t -> true;
      case Content.File f -> true;
      case Content.Erased e -> e.about() == 0;
      default -> false;
    };
  }

  /** How a text reads now, after its last change. */
  String currentText(Row.Entry entry) throws StorageException {
    String text = text(services.entries().open(entry).content());
    for (Row row : about(entry.envelope().stream(), entry.number(), entry.number())) {
      if (row instanceof Row.Entry change
          && change.envelope().kind() == Bodies.EDITED
          && change.body() != null) {
        text = text(services.entries().open(change).content());
      }
    }
    return text;
  }

  private static String text(Content content) {
    return switch (content) {
      case Content.Text said -> said.text();
      case Content.Edited edited -> edited.text();
      default -> "";
    };
  }

  /** The pinned messages of a room, ascending. */
  List<Event.Entry> pinned(long room) throws StorageException {
    List<Row> rows = new ArrayList<>();
    for (long number : pins(room)) {
      entry(room, number).ifPresent(rows::add);
    }
    return services.entries().openAll(rows);
  }

  /** The numbers of the pinned messages of a room, ascending. */
  List<Long> pins(long room) throws StorageException {
    String prefix = Cells.hex(room) + "/";
    List<Cell> cells =
        services.read((store, generation) -> store.cells(Cells.PIN, prefix, MOST_PINNED));
    return cells.stream()
        .filter(cell -> cell.key().key().startsWith(prefix))
        .map(cell -> Cells.second(cell.key()))
        .toList();
  }

  static boolean full(List<Long> pins) {
    return pins.size() >= MOST_PINNED;
  }

  /** What is known of a room by one of its members, or by anybody if it is public. Any thread. */
  RoomInfo info(Room room, long viewer) {
    Room.Settings settings = room.settings();
    Person peer =
        settings.kind() == RoomKind.DIRECT
            ? services.accounts().person(settings.peerOf(viewer))
            : NOBODY;
    return new RoomInfo(
        room.id(),
        settings.kind(),
        settings.name(),
        settings.topic(),
        settings.picture(),
        settings.readOnly(),
        settings.archived(),
        room.members().size(),
        peer);
  }

  /** What a room is to a member. */
  Place place(Room room, Account account) throws StorageException {
    long who = account.id();
    long head = room.tail().head();
    Known<Membership> member = room.member(who);
    Seat seat = room.seat(who).value();
    long read = seat.read();
    int unread = 0;
    int mentions = 0;
    if (read < head) {
      unread =
          services.read(
              (store, generation) -> store.count(room.id(), MESSAGES, who, read, Place.COUNTED));
    }
    if (unread > 0) {
      List<Long> named = List.of(services.seals().token(room.id(), Tokens.mention(who)));
      List<Row> hits =
          services.read(
              (store, generation) -> store.search(room.id(), named, Long.MAX_VALUE, MENTIONS));
      mentions =
          (int)
              hits.stream()
                  .filter(hit ->
                      hit instanceof Row.Entry entry
                          && entry.number() > read
                          && entry.envelope().about() == 0
                          && entry.envelope().author() != who)
                  .count();
    }
    return new Place(
        new Gate(services).rank(room, account),
        member == null ? 0 : member.value().mutedUntil(),
        read,
        head,
        unread,
        mentions,
        seat.silent(),
        seat.draft());
  }
}
