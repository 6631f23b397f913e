package chat.desktop.model;

import chat.client.ClientEvent;
import chat.client.ClientEvent.Transfer;
import chat.protocol.Content;
import chat.protocol.Event;
import chat.protocol.Person;
import java.util.ArrayList;
import java.util.Collections;
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
 */
public final class Transcript {
  private final List<Row> rows = new ArrayList<>();
  private final List<TranscriptListener> listeners = new CopyOnWriteArrayList<>();
  private final LongSupplier self;
  private int settled;
  private long lowest = Long.MAX_VALUE;
  private long first;

  /**
   * @param self the account whose texts are own ones
   */
  Transcript(LongSupplier self) {
    this.self = self;
  }

  public List<Row> rows() {
    return Collections.unmodifiableList(rows);
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

  /** The lowest number shown; what is older comes before it. */
  long lowest() {
    return lowest;
  }

  /** Shows a room anew; what is on its way there stays. */
  void restart(long roomFirst, long head, List<Event.Entry> newest) {
    rows.subList(0, settled).clear();
    List<Row> fresh = newest.stream().flatMap(this::row).toList();
    rows.addAll(0, fresh);
    settled = fresh.size();
    first = roomFirst;
    lowest = newest.isEmpty() ? head + 1 : newest.getFirst().number();
    tell(TranscriptListener::reset);
  }

  void prepend(long roomFirst, List<Event.Entry> older) {
    first = roomFirst;
    List<Event.Entry> missing = older.stream().filter(e -> e.number() < lowest).toList();
    if (missing.isEmpty()) {
      first = Math.max(first, lowest);
      return;
    }
    List<Row> fresh = missing.stream().flatMap(this::row).toList();
    rows.addAll(0, fresh);
    settled += fresh.size();
    lowest = missing.getFirst().number();
    tell(l -> l.inserted(0, fresh.size()));
  }

  void add(Event.Entry entry) {
    removeUnsettled(entry.id());
    lowest = Math.min(lowest, entry.number());
    row(entry).forEach(this::settle);
  }

  void notice(Row.Notice.Kind kind, Person about, long time) {
    settle(new Row.Notice(kind, about, time));
  }

  /** Takes away the line that says that somebody came, if it is as young as that. */
  void forgetComing(Person person, long since) {
    for (int i = settled - 1; i >= 0 && rows.get(i).time() >= since; i--) {
      if (rows.get(i) instanceof Row.Notice(Row.Notice.Kind kind, Person about, long _)
          && kind == Row.Notice.Kind.CAME
          && about.account() == person.account()) {
        int at = i;
        settled--;
        rows.remove(at);
        tell(l -> l.removed(at));
        return;
      }
    }
  }

  void pending(ClientEvent.Pending pending, long now) {
    int at = unsettled(pending.id());
    long time = at < 0 ? now : rows.get(at).time();
    put(at, new Row.Unsent(pending.id(), pending.text(), pending.refused(), time));
  }

  void sending(Transfer transfer, long now) {
    int at = unsettled(transfer.id());
    put(at, new Row.Sending(transfer, at < 0 ? now : rows.get(at).time()));
  }

  boolean hasUnsettled(UUID id) {
    return unsettled(id) >= 0;
  }

  void removeUnsettled(UUID id) {
    int at = unsettled(id);
    if (at >= 0) {
      rows.remove(at);
      tell(l -> l.removed(at));
    }
  }

  /** Something outside the row that it shows is different, for example how far a download is. */
  void touch(UUID entry) {
    for (int i = settled - 1; i >= 0; i--) {
      if (rows.get(i) instanceof Row.Filed filed && filed.entry().id().equals(entry)) {
        int at = i;
        tell(l -> l.changed(at));
        return;
      }
    }
  }

  /** How many own texts are not in the room yet. */
  int unsent() {
    return (int)
        rows.subList(settled, rows.size()).stream().filter(Row.Unsent.class::isInstance).count();
  }

  private void settle(Row row) {
    int at = settled++;
    rows.add(at, row);
    tell(l -> l.inserted(at, 1));
  }

  private void put(int at, Row row) {
    if (at < 0) {
      rows.add(row);
      tell(l -> l.inserted(rows.size() - 1, 1));
    } else {
      rows.set(at, row);
      tell(l -> l.changed(at));
    }
  }

  private int unsettled(UUID id) {
    for (int i = settled; i < rows.size(); i++) {
      if (rows.get(i) instanceof Row.Outgoing outgoing && outgoing.id().equals(id)) {
        return i;
      }
    }
    return -1;
  }

  /** The row that an entry is; none if it only changes how others look. */
  private Stream<Row> row(Event.Entry entry) {
    boolean own = entry.author().account() == self.getAsLong();
    return switch (entry.content()) {
      case Content.Text text -> Stream.of(new Row.Said(entry, text.text(), own));
      case Content.File file -> Stream.of(new Row.Filed(entry, file, own));
      case Content.Joined _ -> Stream.of(notice(Row.Notice.Kind.JOINED, entry));
      case Content.Left _, Content.Gone _ -> Stream.of(notice(Row.Notice.Kind.LEFT, entry));
      case Content.Erased(long about) ->
          about == 0 ? Stream.of(notice(Row.Notice.Kind.ERASED, entry)) : Stream.of();
      case Content.Damaged _ -> Stream.of(notice(Row.Notice.Kind.DAMAGED, entry));
      case Content.Edited _,
          Content.Deleted _,
          Content.Reacted _,
          Content.Pinned _,
          Content.RoomSet _,
          Content.Done _ ->
          Stream.of();
    };
  }

  private static Row notice(Row.Notice.Kind kind, Event.Entry entry) {
    return new Row.Notice(kind, entry.author(), entry.time());
  }

  private void tell(Consumer<TranscriptListener> what) {
    listeners.forEach(what);
  }
}
