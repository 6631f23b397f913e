// SPDX-License-Identifier: Apache-2.0
package chat.server.room;

import chat.protocol.Content;
import chat.protocol.Event;
import chat.protocol.Person;
import chat.protocol.RoomInfo;
import chat.protocol.RoomInvitation;
import chat.protocol.RoomKind;
import chat.protocol.RoomSettings;
import chat.protocol.RoomState;
import chat.server.base.CellKind;
import chat.server.base.Cells;
import chat.server.base.SealException;
import chat.server.base.Seals;
import chat.server.base.Tokens;
import chat.server.room.Room.Membership;
import chat.server.room.Room.Versioned;
import chat.server.store.StoreAccess;
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
public record RoomQueries(StoreAccess access, Directory directory, Entries entries, Seals seals) {
  /** What people wrote or sent; everything else is about it, or about the room. */
  public static final Set<Integer> MESSAGES =
      Set.of(EntryCodec.TEXT, EntryCodec.MESSAGE, EntryCodec.FILE, EntryCodec.TOLD);

  /** What counts as unread: what was said elsewhere and imported is nothing new. */
  private static final Set<Integer> NEWS =
      Set.of(EntryCodec.TEXT, EntryCodec.MESSAGE, EntryCodec.FILE);

  /** The reactions and what else may be said about one message. */
  public static final int MOST_REACTIONS = 2_000;

  /** With its changes, and with what was taken back, this is all that may be said about it. */
  public static final int MOST_ABOUT = 2 * MOST_REACTIONS;

  /** An answer is about this heavy; what was said about its entries may weigh as much again. */
  private static final long ANSWER_BYTES = 256 << 10;

  /** Messages this near to each other are read in one go. */
  private static final int NEAR = 20;

  private static final int MENTIONS = 100;
  private static final int MOST_PINNED = 50;
  private static final Person NOBODY = new Person(0, "");

  /** An entry of a room that can be shown; empty if there is none, or it was erased. */
  public Optional<Row.Entry> entry(long room, long number) throws StorageException {
    if (number < 1) {
      return Optional.empty();
    }
    List<Row> rows = access.read((store, generation) -> store.after(room, number - 1, 1));
    return !rows.isEmpty()
            && rows.getFirst() instanceof Row.Entry entry
            && entry.number() == number
            && entry.body() != null
            && entries.isOurs(entry.envelope())
        ? Optional.of(entry)
        : Optional.empty();
  }

  /** The next entries of a room behind a number, opened; at most a page. */
  public List<Event.Entry> after(long room, long number) throws StorageException {
    return entries.openAll(
        access.read((store, generation) -> store.after(room, number, ChatStore.MAX_ROWS)));
  }

  /** What was said about a message, ascending, unopened. */
  public List<Row> about(long room, long number) throws StorageException {
    return about(room, number, number, 0, Integer.MAX_VALUE);
  }

  /**
   * What was said behind {@code after} about entries between two numbers, both included; ascending,
   * unopened. Ends with the page in which there are {@code enough}.
   */
  private List<Row> about(long room, long first, long last, long after, int enough)
      throws StorageException {
    List<Row> all = new ArrayList<>();
    for (long next = after; ; next = all.getLast().number()) {
      long from = next;
      List<Row> page =
          access.read(
              (store, generation) -> store.about(room, first, last, from, ChatStore.MAX_ROWS));
      all.addAll(page);
      if (page.size() < ChatStore.MAX_ROWS || all.size() >= enough) {
        return all;
      }
    }
  }

  /** Whether the text of a message was changed behind a number. */
  public boolean isChanged(long room, long message, long after) throws StorageException {
    return about(room, message, message, after, Integer.MAX_VALUE).stream()
        .anyMatch(
            row -> row instanceof Row.Entry entry && entry.envelope().kind() == EntryCodec.EDITED);
  }

  /**
   * Opens entries, nearest first, until one answer holds no more of them; at least one. The others
   * would be opened for nothing.
   */
  public List<Event.Entry> openFitting(List<Row> nearestFirst) throws StorageException {
    List<Event.Entry> opened = new ArrayList<>();
    long left = ANSWER_BYTES;
    for (Row row : nearestFirst) {
      Event.Entry entry = entries.open(row);
      left -= EntryPage.weight(entry);
      if (left < 0 && !opened.isEmpty()) {
        break;
      }
      opened.add(entry);
    }
    return opened;
  }

  /**
   * As many of these entries as one answer holds together with what was said about them: from the
   * first one on, and at least that one.
   */
  public EntryPage fitting(long room, List<Event.Entry> nearestFirst) throws StorageException {
    List<Event.Entry> fitting = new ArrayList<>();
    long left = ANSWER_BYTES;
    for (Event.Entry entry : nearestFirst) {
      left -= EntryPage.weight(entry);
      if (left < 0 && !fitting.isEmpty()) {
        break;
      }
      fitting.add(entry);
    }
    while (true) {
      Optional<EntryPage> shown = shown(room, fitting);
      if (shown.isPresent()) {
        return shown.get();
      }
      fitting.subList(fitting.size() / 2, fitting.size()).clear();
    }
  }

  /** These entries with what was said about them; empty if that is too much for one answer. */
  public Optional<EntryPage> shown(long room, List<Event.Entry> entries) throws StorageException {
    List<Row> rows = about(room, entries);
    boolean lone = entries.size() == 1;
    if (rows.size() > MOST_ABOUT && !lone) {
      return Optional.empty();
    }
    List<Event.Entry> about = this.entries.openAll(rows);
    EntryPage shown = new EntryPage(ascending(entries), lone ? withoutOldVersions(about) : about);
    return lone || shown.weight() <= 2 * ANSWER_BYTES ? Optional.of(shown) : Optional.empty();
  }

  /** Old versions of a text are left out as far as one answer has no place for them. */
  private static List<Event.Entry> withoutOldVersions(List<Event.Entry> about) {
    long left = ANSWER_BYTES;
    List<Event.Entry> kept = new ArrayList<>();
    for (Event.Entry entry : about.reversed()) {
      boolean version = entry.content() instanceof Content.Edited;
      left -= version ? EntryPage.weight(entry) : 0;
      if (!version || left >= 0) {
        kept.add(entry);
      }
    }
    return kept.reversed();
  }

  public static List<Event.Entry> ascending(List<Event.Entry> entries) {
    return entries.stream().sorted(Comparator.comparingLong(Event.Entry::number)).toList();
  }

  /** What was said later about these entries of a room, ascending; enough is enough. */
  private List<Row> about(long room, Collection<Event.Entry> entries) throws StorageException {
    TreeSet<Long> numbers = new TreeSet<>();
    entries.stream().filter(RoomQueries::isMessage).forEach(entry -> numbers.add(entry.number()));
    List<Row> rows = new ArrayList<>();
    while (!numbers.isEmpty() && rows.size() <= MOST_ABOUT) {
      long first = numbers.removeFirst();
      long last = first;
      while (!numbers.isEmpty() && numbers.first() <= last + NEAR) {
        last = numbers.removeFirst();
      }
      rows.addAll(about(room, first, last, 0, MOST_ABOUT + 1));
    }
    Set<Long> asked = Set.copyOf(entries.stream().map(Event.Entry::number).toList());
    rows.removeIf(
        row -> row instanceof Row.Entry entry && !asked.contains(entry.envelope().about()));
    rows.sort(Comparator.comparingLong(Row::number));
    return rows;
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
  public String currentText(Row.Entry entry) throws StorageException {
    String text = text(entries.open(entry).content());
    for (Row row : about(entry.envelope().stream(), entry.number())) {
      if (row instanceof Row.Entry change
          && change.envelope().kind() == EntryCodec.EDITED
          && change.body() != null) {
        text = text(entries.open(change).content());
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
  public List<Event.Entry> pinned(long room) throws StorageException {
    List<Row> rows = new ArrayList<>();
    for (long number : pins(room)) {
      entry(room, number).ifPresent(rows::add);
    }
    return entries.openAll(rows);
  }

  /** The numbers of the pinned messages of a room, ascending. */
  public List<Long> pins(long room) throws StorageException {
    String prefix = Cells.hex(room) + "/";
    List<Cell> cells =
        access.read((store, generation) -> store.cells(CellKind.PIN.space(), prefix, MOST_PINNED));
    return cells.stream()
        .filter(cell -> cell.key().key().startsWith(prefix) && isOurs(cell))
        .map(cell -> Cells.second(cell.key()))
        .toList();
  }

  private boolean isOurs(Cell cell) {
    try {
      seals.openCell(cell);
      return true;
    } catch (SealException e) {
      seals.integrity().leftOut(cell.key().space() + " " + cell.key().key(), e);
      return false;
    }
  }

  public static boolean full(List<Long> pins) {
    return pins.size() >= MOST_PINNED;
  }

  /** What is known of a room by one of its members, or by anybody if it is public. Any thread. */
  public RoomInfo info(Room room, long viewer) {
    StoredRoom stored = room.stored().value();
    Person peer =
        stored.kind() == RoomKind.DIRECT
            ? directory.accounts().person(stored.peerOf(viewer))
            : NOBODY;
    return new RoomInfo(
        room.id(), stored.kind(), stored.settings(), stored.picture(), room.members().size(), peer);
  }

  /** What may be seen of a room by whoever is asked to come in: what it is about, only inside. */
  private static RoomInfo outside(RoomInfo info) {
    return info.kind() == RoomKind.PUBLIC
        ? info
        : new RoomInfo(
            info.room(),
            info.kind(),
            RoomSettings.Change.NONE.withTopic("").appliedTo(info.settings()),
            0,
            info.members(),
            info.peer());
  }

  /** Whether somebody has blocked a viewer, who then sees nothing of what is not said aloud. */
  public boolean hidesFrom(long account, long viewer) {
    return directory.contacts().blocks(account, viewer);
  }

  /** To which rooms somebody was asked, by people who are not blocked; the oldest first. */
  public List<RoomInvitation> invitations(long account) {
    List<RoomInvitation> shown = new ArrayList<>();
    directory
        .invitations()
        .of(account)
        .forEach((id, pending) -> {
          long by = pending.value().by();
          Room room = directory.rooms().get(id);
          if (room != null && !directory.contacts().blocks(account, by)) {
            shown.add(
                new RoomInvitation(
                    outside(info(room, account)),
                    directory.accounts().person(by),
                    pending.value().time()));
          }
        });
    shown.sort(Comparator.comparingLong(RoomInvitation::time));
    return shown;
  }

  /** What a room is to a member. */
  public RoomState place(Room room, Account account) throws StorageException {
    long who = account.id();
    long head = room.tail().head();
    Versioned<Membership> member = room.member(who);
    MemberState state = room.state(who).value();
    long read = state.read();
    int unread = 0;
    int mentions = 0;
    if (read < head) {
      unread =
          access.read(
              (store, generation) -> store.count(room.id(), NEWS, who, read, RoomState.COUNTED));
    }
    if (unread > 0) {
      List<Long> named = List.of(seals.token(room.id(), Tokens.mention(who)));
      List<Row> hits =
          access.read(
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
    return new RoomState(
        room.rank(account),
        member == null ? 0 : member.value().mutedUntil(),
        read,
        head,
        unread,
        mentions,
        state.silent(),
        state.draft());
  }
}
