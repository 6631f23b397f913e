// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.room;

import chat.protocol.Content;
import chat.protocol.Event;
import chat.protocol.Rank;
import chat.protocol.RoomState;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * How far a room was read, and what of it is not. There is one mark, the same on all devices, and
 * it moves through what was in view: what was passed over stays unread. The server counts what is
 * behind its mark up to a number; what came behind that number, and what was seen since, is counted
 * here.
 */
final class ReadState {
  static final RoomState NOWHERE = new RoomState(Rank.MEMBER, 0, 0, 0, 0, 0, false, "");

  private final LongSupplier self;
  private RoomState place = NOWHERE;
  private long readTo;
  private long marked;
  private boolean held;
  private int passed;
  private int passedMentions;
  private int fresh;
  private int freshMentions;
  private long freshAfter = -1;

  ReadState(LongSupplier self) {
    this.self = self;
  }

  RoomState place() {
    return place;
  }

  int unread() {
    return fresh + (readTo >= place.counted() ? 0 : Math.max(0, place.unread() - passed));
  }

  int mentions() {
    return freshMentions
        + (readTo >= place.counted() ? 0 : Math.max(0, place.mentions() - passedMentions));
  }

  long readTo() {
    return readTo;
  }

  long marked() {
    return marked;
  }

  void marked(long number) {
    marked = number;
  }

  /** The number behind which messages are marked as new; -1 if there is nothing to mark. */
  long freshAfter() {
    return freshAfter;
  }

  /** The room is shown anew: what came since it was counted stands in its transcript. */
  void restart() {
    fresh = 0;
    freshMentions = 0;
  }

  /** Marks what is unread as new, unless it is marked so already. */
  void markFresh() {
    if (unread() > 0 && freshAfter < 0) {
      freshAfter = Math.max(place.read(), readTo);
    }
  }

  /** The server tells what the room is; a mark that goes back was taken back by somebody. */
  void place(RoomState next, Transcript transcript, Transcript shown) {
    if (next.read() < place.read()) {
      goBack(next.read());
    } else {
      readTo = Math.max(readTo, next.read());
      marked = Math.max(marked, next.read());
    }
    place = next;
    recount(transcript, shown);
  }

  private void goBack(long read) {
    readTo = read;
    marked = read;
    freshAfter = read;
    held = true;
  }

  /** A message and what follows is unread again, until the room is opened anew. */
  void markUnread(long number, Transcript shown, Transcript transcript) {
    goBack(number - 1);
    int unread = 0;
    int mentions = 0;
    long counted = Math.max(shown.highest(), place.counted());
    for (Row row : shown.rows()) {
      if (isOfOthers(row) && row.number() > readTo) {
        unread++;
        mentions += names(row) ? 1 : 0;
      }
    }
    place =
        new RoomState(
            place.rank(),
            place.mutedUntil(),
            readTo,
            counted,
            unread,
            mentions,
            place.silent(),
            place.draft());
    recount(transcript, shown);
  }

  /** What is seen counts again. */
  void release() {
    held = false;
  }

  /** Everything is read, seen or not. */
  void readAll(Transcript transcript) {
    held = false;
    readTo = end(transcript);
    restart();
    freshAfter = -1;
  }

  private long end(Transcript transcript) {
    return Math.max(transcript.highest(), place.counted());
  }

  /** Counts anew what came behind what the server has counted, and what was seen of that. */
  void recount(Transcript transcript, Transcript shown) {
    int unreadBefore = fresh;
    int mentionsBefore = freshMentions;
    restart();
    passed = 0;
    passedMentions = 0;
    long from = Math.max(place.counted(), readTo);
    long latest = 0;
    for (Row row : transcript.rows()) {
      if (row instanceof Row.MessageRow told) {
        if (isOfOthers(row) && row.number() > from && told.time() >= latest) {
          fresh++;
          freshMentions += names(row) ? 1 : 0;
        }
        latest = Math.max(latest, told.time());
      }
    }
    pass(shown, place.read(), Math.min(readTo, place.counted()));
    if (transcript.trimmed()) {
      // Unread ones may be among those that were given up.
      fresh = Math.max(fresh, unreadBefore);
      freshMentions = Math.max(freshMentions, mentionsBefore);
    }
  }

  private void pass(Transcript shown, long from, long to) {
    for (Row row : shown.rows()) {
      if (isOfOthers(row) && row.number() > from && row.number() <= to) {
        passed++;
        passedMentions += names(row) ? 1 : 0;
      }
    }
  }

  /**
   * These numbers, and all between them, are in view.
   *
   * @param shown where they are seen
   * @param live the room up to now
   * @return whether the mark has moved
   */
  boolean see(long first, long last, Transcript shown, Transcript live) {
    boolean whole = shown == live && last >= lastOf(shown);
    long to = whole ? Math.max(last, end(live)) : last;
    if (held || to <= readTo || isPassingOver(first, shown)) {
      return false;
    }
    readTo = to;
    recount(live, shown);
    if (whole) {
      restart();
    }
    return true;
  }

  private static long lastOf(Transcript shown) {
    List<Row> rows = shown.rows();
    for (int i = rows.size() - 1; i >= 0; i--) {
      if (rows.get(i).place() > 0) {
        return rows.get(i).place();
      }
    }
    return 0;
  }

  /** Whether something unread, or not even here, stands between the mark and a number. */
  private boolean isPassingOver(long first, Transcript shown) {
    int here = 0;
    boolean between = false;
    List<Row> rows = shown.rows();
    for (int i = rows.size() - 1; i >= 0; i--) {
      Row row = rows.get(i);
      if (row.place() > 0 && row.place() <= readTo) {
        break;
      }
      if (isOfOthers(row)) {
        here++;
        between |= row.number() < first;
      }
    }
    return between || !reachesMark(shown) && here < unread();
  }

  /** Whether nothing is missing between the mark and what is here. */
  boolean reachesMark(Transcript shown) {
    return !shown.hasOlder() || shown.lowest() <= readTo + 1;
  }

  /** The row of the first unread message; -1 if none is here. */
  int first(Transcript shown) {
    int first = -1;
    List<Row> rows = shown.rows();
    for (int i = rows.size() - 1; i >= 0; i--) {
      if (rows.get(i).place() > 0 && rows.get(i).place() <= readTo) {
        break;
      }
      first = isOfOthers(rows.get(i)) ? i : first;
    }
    return first;
  }

  /** Whether the first unread message is here. */
  boolean isHere(Transcript shown) {
    if (reachesMark(shown)) {
      return true;
    }
    long here =
        shown.rows().stream().filter(row -> isOfOthers(row) && row.number() > readTo).count();
    return here >= unread();
  }

  /**
   * Something was said.
   *
   * @param seen whether it is looked at as it comes
   */
  void said(Event.Entry entry, boolean seen, boolean imported) {
    if (entry.author().account() == self.getAsLong()) {
      freshAfter = unread() == 0 ? -1 : freshAfter;
    } else if (!imported
        && !(seen && isUpToDate())
        && entry.number() > Math.max(place.counted(), readTo)) {
      if (unread() == 0) {
        freshAfter = entry.number() - 1;
      }
      fresh++;
      freshMentions += names(entry.content()) ? 1 : 0;
    }
  }

  /** Something came and is looked at: it is read if nothing before it is unread. */
  void arrived(Transcript transcript) {
    if (isUpToDate()) {
      readTo = Math.max(readTo, end(transcript));
    }
  }

  private boolean isUpToDate() {
    return !held && unread() == 0;
  }

  /** The room is left: what is still unread is new when it is opened again. */
  void leave() {
    freshAfter = unread() == 0 ? -1 : readTo;
  }

  private boolean isOfOthers(Row row) {
    return row instanceof Row.MessageRow told && !told.own();
  }

  private boolean names(Row row) {
    return row instanceof Row.MessageRow told && names(told.entry().content());
  }

  private boolean names(Content content) {
    return content instanceof Content.Text text && text.mentions().contains(self.getAsLong());
  }
}
