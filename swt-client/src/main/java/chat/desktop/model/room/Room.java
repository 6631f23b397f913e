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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A room as this client knows it. */
public final class Room {
  /** How long somebody who said to be writing is believed. */
  public static final long TYPING_MILLIS = 6_000;

  private final long id;
  private Transcript transcript;
  private final ReadState reading;
  private final LongSupplier self;
  private final List<Row.Filed> files = new ArrayList<>();
  private final TreeSet<Long> pinned = new TreeSet<>();
  private final Map<Long, ReadMark> marks = new LinkedHashMap<>();
  private List<Member> members = List.of();
  private final Map<Long, Writer> typing = new LinkedHashMap<>();
  private RoomInfo info;
  private Intent intent = new Intent.Say();
  private String draft = "";
  private @Nullable Transcript piece;
  private long heard;
  private long received;
  private long active;
  private boolean loading;
  private boolean allFiles;

  /** Somebody who writes, and until when that is believed. */
  private record Writer(Person person, long until) {}

  public Room(long id, LongSupplier self) {
    this.id = id;
    this.self = self;
    this.transcript = new Transcript(self);
    this.reading = new ReadState(self);
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
    return reading.place();
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
    catchUp();
  }

  /** A piece of the past that has got as far as now is the room from there on. */
  public void catchUp() {
    if (piece != null && !piece.hasNewer() && piece.highest() >= transcript.highest()) {
      piece.takeOver(transcript);
      transcript = piece;
      piece = null;
    }
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
    return reading.unread();
  }

  /** Those of them in which this account is named. */
  public int mentions() {
    return reading.mentions();
  }

  public boolean silent() {
    return place().silent();
  }

  /** When something was said here last; 0 if that is not known. */
  public long active() {
    return active;
  }

  /** The number behind which messages are marked as new; -1 if there is nothing to mark. */
  public long freshAfter() {
    return reading.freshAfter();
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

  /** Somebody has become a member, or is none any more; of no account where nobody was asked. */
  private void move(Person person, boolean in) {
    if (!members.isEmpty()) {
      Stream<Member> others =
          members.stream().filter(member -> member.person().account() != person.account());
      Stream<Member> fresh = in ? Stream.of(new Member(person, Rank.MEMBER, 0)) : Stream.of();
      members = Stream.concat(others, fresh).toList();
    }
  }

  /** Who is writing just now. */
  public List<Person> typing() {
    return typing.values().stream().map(Writer::person).toList();
  }

  /** The room as it would be entered now, up to its newest entry, without what stands in it. */
  public RoomView view() {
    return new RoomView(
        info,
        place(),
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
      reading.restart();
    }
    view.pinned().forEach(transcript::hear);
    if (draft.isEmpty()) {
      draft = view.state().draft();
    }
    place(view.info(), view.state());
    // What was told of and did not get there is told again.
    reading.marked(view.state().read());
    reading.markFresh();
  }

  /** The room, or what it is to this account, is different; another device may have read it. */
  public void place(RoomInfo newInfo, RoomState newPlace) {
    info = newInfo;
    reading.place(newPlace, transcript, shown());
    received = Math.max(received, newPlace.read());
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
      piece.hearOfNow(entry);
    }
    addFile(entry);
    switch (entry.content()) {
      case Content.Text _, Content.File _ -> said(entry, seen);
      case Content.Deleted(long about) -> {
        files.removeIf(file -> file.entry().number() == about);
        pinned.remove(about);
        reading.recount(transcript, shown());
      }
      case Content.Pinned(long about, boolean on) when on -> pinned.add(about);
      case Content.Pinned(long about, boolean _) -> pinned.remove(about);
      case Content.Joined _ -> move(entry.author(), true);
      case Content.Left _ -> move(entry.author(), false);
      case Content.Done _ -> members = List.of();
      case Content.Gone _ -> {
        members = List.of();
        files.removeIf(file -> transcript.known().isGone(file.entry().number()));
        pinned.removeIf(transcript.known()::isGone);
        reading.recount(transcript, shown());
      }
      case Content.Erased _,
          Content.Damaged _,
          Content.Edited _,
          Content.Reacted _,
          Content.RoomSet _ -> {}
    }
    if (seen) {
      reading.arrived(transcript);
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
    reading.said(entry, seen, imported);
  }

  /**
   * Whether it was said elsewhere, before something that is here already: times of a room never go
   * back but for what is imported, and that is nothing new.
   */
  public boolean isImported(Event.Entry entry) {
    return entry.time() < active;
  }

  /**
   * These entries, and all between them, are in view; returns whether more is read than was before.
   */
  public boolean see(long first, long last) {
    return reading.see(first, last, shown(), transcript);
  }

  /** Everything is read, seen or not; returns whether anything was unread. */
  public boolean readAll() {
    boolean any = unread() > 0;
    reading.readAll(transcript);
    return any;
  }

  /** A message and what follows is unread again, until the room is opened anew. */
  public void markUnread(long number) {
    reading.markUnread(number, shown(), transcript);
  }

  /** Whether the first unread message is among those that are shown. */
  public boolean hasFirstUnread() {
    return reading.isHere(shown());
  }

  /** The row of the first unread message; -1 if none is unread, or it is not shown. */
  public int firstUnread() {
    return unread() == 0 || !hasFirstUnread() ? -1 : reading.first(shown());
  }

  /** The room is opened: what is seen from now on is read. */
  public void open() {
    reading.release();
    reading.markFresh();
  }

  /** What was new is not new any more. */
  public void leave() {
    reading.leave();
  }

  /** How far it was read. */
  public long readTo() {
    return reading.readTo();
  }

  /** How far the server was told that it was read. */
  public long marked() {
    return reading.marked();
  }

  /** The server was told that it was read so far, and so received. */
  public void marked(long number) {
    reading.marked(number);
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
