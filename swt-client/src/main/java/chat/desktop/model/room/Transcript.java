// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.room;

import chat.client.ClientEvent;
import chat.client.ClientEvent.Transfer;
import chat.protocol.Content;
import chat.protocol.Event;
import chat.protocol.Reply;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * What a room's window shows: first what is in the room, in its order, then what is still on its
 * way there. The entries shown are one piece of the room without a hole; what comes before it is
 * fetched when somebody looks there.
 *
 * <p>An entry that is about an earlier one has no row: the row of the earlier one is made anew, and
 * so are the rows of its answers, which quote it. What is known about a message is kept by number,
 * so it may come before the message does. Whoever ended an account has deleted all that was said
 * before.
 *
 * <p><b>Bound.</b> About as many rows as {@link #KEPT} are kept, or as the room was entered with:
 * the oldest are given up while nobody looks there, and fetched again like all that is older.
 */
public final class Transcript {
  /** Rows that stay when the oldest are given up, */
  private static final int KEPT = 1_000;

  /** and how many more there may be before they are. */
  private static final int SLACK = 500;

  private final RowList rows = new RowList();
  private final KnownEntries known = new KnownEntries();
  private final List<TranscriptListener> listeners = new CopyOnWriteArrayList<>();
  private final LongSupplier self;

  private int kept = KEPT;
  private boolean trimmed;
  private long lowest = Long.MAX_VALUE;
  private long highest;
  private long first;
  private long head;

  /**
   * @param self the account whose texts are own ones
   */
  public Transcript(LongSupplier self) {
    this.self = self;
  }

  public List<Row> rows() {
    return rows.all();
  }

  public void listen(TranscriptListener listener) {
    listeners.add(listener);
  }

  public void forget(TranscriptListener listener) {
    listeners.remove(listener);
  }

  /** Whether the room has entries before those shown. */
  public boolean hasOlder() {
    return lowest != Long.MAX_VALUE && lowest > Math.max(1, first);
  }

  /** Whether the room has entries behind those shown. */
  public boolean hasNewer() {
    return highest < head;
  }

  /** The lowest number shown; what is older comes before it. */
  public long lowest() {
    return lowest;
  }

  /** The highest number shown, or known to be behind it without a row of its own. */
  public long highest() {
    return highest;
  }

  /** The row of a message; -1 if it is not shown. */
  public int indexOf(long number) {
    return rows.indexOf(number);
  }

  /** The row of an entry, or of the next one that has a row; -1 if there is none. */
  public int indexFrom(long number) {
    int message = indexOf(number);
    for (int i = 0; i < rows.settled() && message < 0; i++) {
      message = rows.get(i).place() >= number ? i : -1;
    }
    return message;
  }

  /** Shows a room anew; what is on its way there stays. */
  public void restart(
      long roomFirst, long roomHead, List<Event.Entry> newest, List<Event.Entry> about) {
    rows.removeFirst(rows.settled());
    known.clear();
    kept = Math.max(KEPT, newest.size());
    trimmed = false;
    known.learn(newest);
    known.learn(about);
    rows.prepend(rows(newest));
    first = roomFirst;
    head = roomHead;
    highest = roomHead;
    lowest = newest.isEmpty() ? roomHead + 1 : newest.getFirst().number();
    tell(TranscriptListener::reset);
  }

  /** Begins with two pages that meet: what is before a number, and what is from there on. */
  public void begin(Reply.Page before, Reply.Page after) {
    known.learn(before.about());
    known.learn(after.about());
    restart(before.first(), 0, before.entries(), List.of());
    highest = before.entries().isEmpty() ? 0 : before.entries().getLast().number();
    append(after);
  }

  /** Puts older entries before those shown. */
  public void prepend(Reply.Page page) {
    first = page.first();
    known.learn(page.about());
    List<Event.Entry> missing = page.entries().stream().filter(e -> e.number() < lowest).toList();
    if (missing.isEmpty()) {
      first = Math.max(first, lowest);
      return;
    }
    known.learn(missing);
    List<Row> fresh = rows(missing);
    if (rows.settled() > 0
        && !fresh.isEmpty()
        && fresh.getLast() instanceof Row.Notice run
        && rows.get(0) instanceof Row.Notice next
        && run.takes(next)) {
      fresh.removeLast();
      change(0, run.with(next));
    }
    rows.prepend(fresh);
    lowest = missing.getFirst().number();
    tell(l -> l.inserted(0, fresh.size()));
    missing.forEach(entry -> refreshAnswers(entry.number()));
  }

  /** Puts newer entries behind those shown. */
  public void append(Reply.Page page) {
    head = page.head();
    known.learn(page.about());
    List<Event.Entry> missing = page.entries().stream().filter(e -> e.number() > highest).toList();
    known.learn(missing);
    List<Row> fresh = rows(missing);
    if (!fresh.isEmpty() && isFolded(fresh.getFirst())) {
      fresh.removeFirst();
    }
    int at = rows.settled();
    rows.settle(fresh);
    highest = missing.isEmpty() ? head : missing.getLast().number();
    lowest = missing.isEmpty() ? lowest : Math.min(lowest, missing.getFirst().number());
    tell(l -> l.inserted(at, fresh.size()));
    missing.forEach(entry -> changeTarget(entry));
    trim();
  }

  /** Gives up the oldest rows if there are too many and nobody looks at them. */
  public void trim() {
    int first = rows.settled() - kept;
    if (first < SLACK || !listeners.stream().allMatch(l -> l.spares(first))) {
      return;
    }
    trimmed = true;
    lowest = rows.get(first).place();
    rows.removeFirst(first);
    known.forgetBefore(lowest);
    tell(l -> l.removed(0, first));
  }

  /** Whether rows were given up that are not back. */
  boolean trimmed() {
    return trimmed;
  }

  void add(Event.Entry entry) {
    removeUnsettled(entry.id());
    lowest = Math.min(lowest, entry.number());
    highest = Math.max(highest, entry.number());
    head = Math.max(head, highest);
    known.learn(entry);
    row(entry).filter(row -> !isFolded(row)).forEach(this::settle);
    changeTarget(entry);
  }

  /** Whether a row has become a part of the last one, which tells the same. */
  private boolean isFolded(Row next) {
    int last = rows.settled() - 1;
    if (last >= 0
        && rows.get(last) instanceof Row.Notice run
        && next instanceof Row.Notice notice
        && run.takes(notice)) {
      change(last, run.with(notice));
      return true;
    }
    return false;
  }

  /** Names everybody of whom a line tells, or only counts them again. */
  public void turn(Row.Notice notice) {
    int at = rows().indexOf(notice);
    if (at >= 0) {
      change(at, notice.turned());
    }
  }

  private void change(int at, Row row) {
    rows.set(at, row);
    tell(l -> l.changed(at));
  }

  private List<Row> rows(List<Event.Entry> entries) {
    return Row.Notice.folded(entries.stream().flatMap(this::row).toList());
  }

  /** Takes in what is said about a message, without being its place in the room. */
  public void hear(Event.Entry entry) {
    known.want(entry);
    changeTarget(entry);
  }

  /** The same of a piece of the past, for an entry behind it. */
  void hearOfNow(Event.Entry entry) {
    hear(entry);
    head = Math.max(head, entry.number());
  }

  /** Goes on for another piece of the same room: with what is on its way there, and is known. */
  void takeOver(Transcript other) {
    known.takeOver(other.known);
    other.rows().stream()
        .filter(Row.Outgoing.class::isInstance)
        .map(Row.Outgoing.class::cast)
        .forEach(row -> put(-1, row));
  }

  private void changeTarget(Event.Entry entry) {
    long target = entry.content().about();
    if (target > 0) {
      refresh(target);
      refreshAnswers(target);
    }
    if (entry.content() instanceof Content.Gone) {
      known
          .by(entry.author())
          .forEach(number -> {
            refresh(number);
            refreshAnswers(number);
          });
    }
  }

  private void refresh(long number) {
    int at = indexOf(number);
    Event.Entry entry = known.get(number);
    if (at >= 0 && entry != null) {
      row(entry)
          .forEach(row -> {
            change(at, row);
          });
    }
  }

  private void refreshAnswers(long number) {
    known.answers(number).forEach(this::refresh);
  }

  public void pending(ClientEvent.Pending pending, long now) {
    int at = rows.unsettled(pending.id());
    long time = at < 0 ? now : rows.get(at).time();
    put(at, new Row.Unsent(pending, known.answered(pending.reply()), time));
  }

  public void sending(Transfer transfer, long now) {
    int at = rows.unsettled(transfer.id());
    put(at, new Row.Sending(transfer, at < 0 ? now : rows.get(at).time()));
  }

  public boolean hasUnsettled(UUID id) {
    return rows.unsettled(id) >= 0;
  }

  public void removeUnsettled(UUID id) {
    int at = rows.unsettled(id);
    if (at >= 0) {
      rows.remove(at);
      tell(l -> l.removed(at, 1));
    }
  }

  /** Something outside the row that it shows is different, for example how far a download is. */
  public void touch(UUID entry) {
    int at = rows.indexOf(entry);
    if (at >= 0) {
      tell(l -> l.changed(at));
    }
  }

  /** How many own texts are not in the room yet. */
  public int unsent() {
    return (int)
        rows().subList(rows.settled(), rows.size()).stream()
            .filter(Row.Unsent.class::isInstance)
            .count();
  }

  private void settle(Row row) {
    int at = rows.settled();
    rows.settle(List.of(row));
    tell(l -> l.inserted(at, 1));
    trim();
  }

  private void put(int at, Row.Outgoing row) {
    if (at < 0) {
      rows.add(row);
      tell(l -> l.inserted(rows.size() - 1, 1));
    } else {
      change(at, row);
    }
  }

  /** The row that an entry is; none if it only changes how others look. */
  private Stream<Row> row(Event.Entry entry) {
    boolean own = entry.author().account() == self.getAsLong();
    MessageState fate = known.later(entry.number());
    return switch (entry.content()) {
      case Content.Text _, Content.File _ when fate.deleted() || known.gone(entry) ->
          Stream.of(new Row.Deleted(entry, own));
      case Content.Text text ->
          Stream.of(new Row.Said(entry, text, fate, known.answered(text.reply()), own));
      case Content.File file -> Stream.of(new Row.Filed(entry, file, fate, own));
      case Content.Joined _ -> Stream.of(notice(Row.Notice.Kind.JOINED, entry));
      case Content.Left _ -> Stream.of(notice(Row.Notice.Kind.LEFT, entry));
      case Content.Gone _ ->
          Stream.of(
              new Row.Notice(
                  Row.Notice.Kind.GONE,
                  known.remembered(entry.author()),
                  entry.time(),
                  entry.number()));
      case Content.Erased(long about) ->
          about == 0 ? Stream.of(new Row.Deleted(entry, own)) : Stream.of();
      case Content.Damaged _ -> Stream.of(notice(Row.Notice.Kind.DAMAGED, entry));
      case Content.RoomSet _, Content.Done _ -> Stream.of(new Row.Managed(entry));
      case Content.Edited _, Content.Deleted _, Content.Reacted _, Content.Pinned _ -> Stream.of();
    };
  }

  /** What is known of the room's messages, shown or not. */
  KnownEntries known() {
    return known;
  }

  private static Row notice(Row.Notice.Kind kind, Event.Entry entry) {
    return new Row.Notice(kind, entry.author(), entry.time(), entry.number());
  }

  private void tell(Consumer<TranscriptListener> what) {
    listeners.forEach(what);
  }
}
