// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.room;

import chat.protocol.Content;
import chat.protocol.Event;
import chat.protocol.Member;
import chat.protocol.Person;
import chat.protocol.Rank;
import chat.protocol.ReadMark;
import chat.protocol.RoomInfo;
import chat.protocol.RoomKind;
import chat.protocol.RoomSettings;
import chat.protocol.RoomState;
import chat.protocol.RoomView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A room as this client knows it. */
public final class Room {
  /** How long somebody who said to be writing is believed. */
  public static final long TYPING_MILLIS = 6_000;

  private static final RoomState NOWHERE = new RoomState(Rank.MEMBER, 0, 0, 0, 0, 0, false, "");

  private final long id;
  private final Transcript transcript;
  private final LongSupplier self;
  private final List<Row.Filed> files = new ArrayList<>();
  private final TreeSet<Long> pinned = new TreeSet<>();
  private final Map<Long, ReadMark> marks = new LinkedHashMap<>();
  private List<Member> members = List.of();
  private final Map<Long, Writer> typing = new LinkedHashMap<>();
  private RoomInfo info;
  private RoomState place = NOWHERE;
  private Intent intent = new Intent.Say();
  private String draft = "";
  private @Nullable Transcript piece;
  private long readTo;
  private long marked;
  private long heard;
  private long received;
  private long freshAfter = -1;
  private int freshUnread;
  private int freshMentions;
  private long active;
  private boolean loading;
  private boolean allFiles;

  /** Somebody who writes, and until when that is believed. */
  private record Writer(Person person, long until) {}

  public Room(long id, LongSupplier self) {
    this.id = id;
    this.self = self;
    this.transcript = new Transcript(self);
    this.info = new RoomInfo(id, RoomKind.PUBLIC, RoomSettings.of("", ""), 0, 0, new Person(0, ""));
  }

  public long id() {
    return id;
  }

  public RoomInfo info() {
    return info;
  }

  /** What the room is to this account. */
  public RoomState place() {
    return place;
  }

  public RoomKind kind() {
    return info.kind();
  }

  /** Whether one can cease to be a member. */
  public boolean mayLeave() {
    return !direct() && id != RoomInfo.LOBBY;
  }

  public boolean direct() {
    return info.kind() == RoomKind.DIRECT;
  }

  /** What people call it: its name, or that of the other one. */
  public String name() {
    return name(info);
  }

  public static String name(RoomInfo info) {
    return info.kind() == RoomKind.DIRECT ? info.peer().shown() : info.name();
  }

  /** The name with the sign of a room where it is one. */
  public String title() {
    return direct() ? name() : "# " + name();
  }

  public String topic() {
    return info.settings().topic();
  }

  /** The room from where it was entered to now. */
  public Transcript transcript() {
    return transcript;
  }

  /** What is shown of the room: now, or a piece of its past. */
  public Transcript shown() {
    return piece == null ? transcript : piece;
  }

  /** Whether a piece of the past is shown. */
  public boolean past() {
    return piece != null;
  }

  public void piece(@Nullable Transcript newPiece) {
    piece = newPiece;
  }

  /** What the next text in the compose box is meant to be. */
  public Intent intent() {
    return intent;
  }

  public void intent(Intent newIntent) {
    intent = newIntent;
  }

  /** What was begun in the compose box. */
  public String draft() {
    return draft;
  }

  public void draft(String text) {
    draft = text;
  }

  /** The files known so far, newest first. */
  public List<Row.Filed> files() {
    return Collections.unmodifiableList(files);
  }

  /** Whether all files of the room are known. */
  public boolean allFiles() {
    return allFiles;
  }

  /** The messages that are pinned, the newest first, as an answer would quote them. */
  public List<Row.Quote> pinned() {
    return pinned.descendingSet().stream().map(transcript.known()::quote).toList();
  }

  /** Messages of others that nobody has looked at. */
  public int unread() {
    return freshUnread + (readTo >= place.counted() ? 0 : place.unread());
  }

  /** Those of them in which this account is named. */
  public int mentions() {
    return freshMentions + (readTo >= place.counted() ? 0 : place.mentions());
  }

  public boolean silent() {
    return place.silent();
  }

  /** When something was said here last; 0 if that is not known. */
  public long active() {
    return active;
  }

  /** The number behind which messages are marked as new; -1 if there is nothing to mark. */
  public long freshAfter() {
    return freshAfter;
  }

  /** The others who are known to have read up to a number. */
  public long readers(long number) {
    return marks.values().stream().filter(mark -> mark.read() >= number).count();
  }

  /** How far an own message has got; empty where nobody tells. */
  public Optional<Delivery> delivery(long number) {
    if (readers(number) > 0) {
      return Optional.of(Delivery.READ);
    }
    if (!direct()) {
      return marks.isEmpty() ? Optional.empty() : Optional.of(Delivery.SENT);
    }
    boolean there = marks.values().stream().anyMatch(mark -> mark.received() >= number);
    return Optional.of(there ? Delivery.DELIVERED : Delivery.SENT);
  }

  /** How far others have got; empty in a large room. */
  public Collection<ReadMark> marks() {
    return Collections.unmodifiableCollection(marks.values());
  }

  /** The members as far as they were asked for. */
  public List<Member> members() {
    return members;
  }

  public void members(List<Member> known) {
    members = List.copyOf(known);
  }

  /** Who is writing just now. */
  public List<Person> typing() {
    return typing.values().stream().map(Writer::person).toList();
  }

  /** The room as it would be entered now, up to its newest entry, without what stands in it. */
  public RoomView view() {
    return new RoomView(
        info,
        place,
        1,
        transcript.highest(),
        true,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  public void enter(RoomView view, int filesWanted) {
    info = view.info();
    marks.clear();
    view.marks().forEach(this::mark);
    pinned.clear();
    view.pinned().forEach(entry -> pinned.add(entry.number()));
    if (!view.resumed()) {
      transcript.restart(view.first(), view.head(), view.entries(), view.about());
      files.clear();
      addFiles(view.files(), filesWanted);
      view.entries().forEach(this::hear);
      active = view.entries().stream().mapToLong(Event.Entry::time).reduce(active, Math::max);
      freshUnread = 0;
      freshMentions = 0;
    }
    view.pinned().forEach(transcript::hear);
    if (draft.isEmpty()) {
      draft = view.state().draft();
    }
    place(view.info(), view.state());
    if (unread() > 0 && freshAfter < 0) {
      freshAfter = Math.max(place.read(), readTo);
    }
  }

  /** The room, or what it is to this account, is different; another device may have read it. */
  public void place(RoomInfo newInfo, RoomState newPlace) {
    info = newInfo;
    place = newPlace;
    readTo = Math.max(readTo, newPlace.read());
    marked = Math.max(marked, newPlace.read());
    received = Math.max(received, marked);
    recount();
  }

  private void recount() {
    long from = Math.max(place.counted(), readTo);
    int unreadBefore = freshUnread;
    int mentionsBefore = freshMentions;
    freshUnread = 0;
    freshMentions = 0;
    long latest = 0;
    for (Row row : transcript.rows()) {
      if (row instanceof Row.MessageRow told) {
        Event.Entry entry = told.entry();
        if (entry.number() > from && !told.own() && entry.time() >= latest) {
          freshUnread++;
          freshMentions += names(entry.content()) ? 1 : 0;
        }
        latest = Math.max(latest, entry.time());
      }
    }
    if (transcript.trimmed()) {
      // Unread ones may be among those that were given up.
      freshUnread = Math.max(freshUnread, unreadBefore);
      freshMentions = Math.max(freshMentions, mentionsBefore);
    }
  }

  /** Takes in a page of files; a page that is not full was the last one. */
  public void addFiles(List<Event.Entry> page, int wanted) {
    page.forEach(this::addFile);
    allFiles = page.size() < wanted;
  }

  /**
   * @param seen whether the user looks at it as it comes
   */
  public void add(Event.Entry entry, boolean seen) {
    transcript.add(entry);
    hear(entry);
    if (piece != null) {
      piece.hear(entry);
    }
    addFile(entry);
    switch (entry.content()) {
      case Content.Text _, Content.File _ -> said(entry, seen);
      case Content.Deleted(long about) -> {
        files.removeIf(file -> file.entry().number() == about);
        pinned.remove(about);
        recount();
      }
      case Content.Pinned(long about, boolean on) when on -> pinned.add(about);
      case Content.Pinned(long about, boolean _) -> pinned.remove(about);
      case Content.Joined _, Content.Left _, Content.Done _ -> members = List.of();
      case Content.Gone _ -> {
        members = List.of();
        files.removeIf(file -> transcript.known().isGone(file.entry().number()));
        pinned.removeIf(transcript.known()::isGone);
        recount();
      }
      case Content.Erased _,
          Content.Damaged _,
          Content.Edited _,
          Content.Reacted _,
          Content.RoomSet _ -> {}
    }
  }

  private void hear(Event.Entry entry) {
    if (entry.author().account() != self.getAsLong()) {
      heard = Math.max(heard, entry.number());
    }
  }

  private void said(Event.Entry entry, boolean seen) {
    boolean imported = isImported(entry);
    active = Math.max(active, entry.time());
    typing.remove(entry.author().account());
    if (entry.author().account() == self.getAsLong()) {
      freshAfter = -1;
    } else if (!seen && !imported && entry.number() > Math.max(place.counted(), readTo)) {
      if (unread() == 0) {
        freshAfter = entry.number() - 1;
      }
      freshUnread++;
      freshMentions += names(entry.content()) ? 1 : 0;
    }
  }

  /**
   * Whether it was said elsewhere, before something that is here already: times of a room never go
   * back but for what is imported, and that is nothing new.
   */
  public boolean isImported(Event.Entry entry) {
    return entry.time() < active;
  }

  private boolean names(Content content) {
    return content instanceof Content.Text text && text.mentions().contains(self.getAsLong());
  }

  /** Everything was looked at; returns whether anything was unread. */
  public boolean read() {
    boolean any = unread() > 0;
    readTo = Math.max(transcript.highest(), place.counted());
    freshUnread = 0;
    freshMentions = 0;
    return any;
  }

  /** What was new is not new any more. */
  public void leave() {
    if (unread() == 0) {
      freshAfter = -1;
    }
  }

  /** How far it was read. */
  public long readTo() {
    return readTo;
  }

  /** How far the server was told that it was read. */
  public long marked() {
    return marked;
  }

  /** The server was told that it was read so far, and so received. */
  public void marked(long number) {
    marked = number;
    received = Math.max(received, number);
  }

  /** The newest that somebody else has put here. */
  public long heard() {
    return heard;
  }

  /** How far the server was told that it is here. */
  public long received() {
    return received;
  }

  public void received(long number) {
    received = number;
  }

  public void mark(ReadMark mark) {
    marks.put(mark.account(), mark);
  }

  public void typing(Person person, long now) {
    typing.put(person.account(), new Writer(person, now + TYPING_MILLIS));
  }

  /** Forgets who has not said for a while to be writing. */
  public void stillTyping(long now) {
    typing.values().removeIf(writer -> writer.until() <= now);
  }

  public boolean loading() {
    return loading;
  }

  public void loading(boolean now) {
    loading = now;
  }

  /** Whether the file of an upload stands in the room. */
  public boolean hasFile(UUID file) {
    return files.stream().anyMatch(known -> known.entry().id().equals(file));
  }

  private void addFile(Event.Entry entry) {
    MessageState fate = transcript.known().later(entry.number());
    if (entry.content() instanceof Content.File file && !hasFile(entry.id()) && !fate.deleted()) {
      files.add(new Row.Filed(entry, file, fate, entry.author().account() == self.getAsLong()));
      files.sort(Comparator.comparingLong((Row.Filed f) -> f.entry().number()).reversed());
    }
  }
}
