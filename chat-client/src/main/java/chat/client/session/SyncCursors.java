// SPDX-License-Identifier: Apache-2.0
package chat.client.session;

import chat.protocol.Cursor;
import chat.protocol.Event;
import chat.protocol.RoomView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How far each room has got: what has been received, which decides what comes next, and what the
 * listener has heard, which is what may be kept. What is kept may lag behind: after a crash the
 * server sends again what the listener may not have heard.
 *
 * <p>The id at a position is unknown after a jump to a head that was never seen; until it is
 * learned, or the next entry comes, there is no cursor for that room.
 *
 * <p><b>Threads.</b> Any.
 */
final class SyncCursors {

  /** What an entry is to its room. */
  enum Step {
    /** The next one. */
    NEXT,
    /** One that was received before. */
    KNOWN,
    /** Something is missing before it: what comes from this connection is not to be relied on. */
    TORN
  }

  private record Position(long number, @Nullable Long id) {
    Optional<Cursor> cursor(long room) {
      return Optional.ofNullable(id).map(prefix -> new Cursor(room, number, prefix));
    }
  }

  private final Map<Long, Position> received = new ConcurrentHashMap<>();
  private final Map<Long, Position> heard = new HashMap<>();
  private final Set<Long> changed = new HashSet<>();
  private final Set<Long> gone = new HashSet<>();

  /** Goes on where an earlier process was. */
  synchronized void restore(List<Cursor> cursors) {
    for (Cursor cursor : cursors) {
      received.put(cursor.room(), new Position(cursor.number(), cursor.id()));
    }
  }

  synchronized Step receive(Event.Entry entry) {
    Position last = received.get(entry.room());
    if (last != null && entry.number() <= last.number()) {
      return Step.KNOWN;
    }
    if (last != null && entry.number() != last.number() + 1) {
      return Step.TORN;
    }
    received.put(entry.room(), new Position(entry.number(), Cursor.prefix(entry.id())));
    return Step.NEXT;
  }

  /** The number of the last entry that was received or skipped; 0 if there is none. */
  long number(long room) {
    Position position = received.get(room);
    return position == null ? 0 : position.number();
  }

  /** The server's view at the moment of entering: rooms not resumed go on after their head. */
  synchronized void entered(Collection<RoomView> views) {
    Set<Long> rooms = views.stream().map(RoomView::room).collect(Collectors.toSet());
    gone.addAll(received.keySet());
    gone.addAll(heard.keySet());
    gone.removeAll(rooms);
    received.keySet().retainAll(rooms);
    heard.keySet().retainAll(rooms);
    for (RoomView view : views) {
      if (!view.resumed()) {
        received.put(view.room(), head(view));
      }
    }
  }

  /** One room is shown anew: it goes on after its head. */
  synchronized void opened(RoomView view) {
    gone.remove(view.room());
    received.put(view.room(), head(view));
  }

  /** Whether a room is one of those that go on. */
  boolean knows(long room) {
    return received.containsKey(room);
  }

  /** A room is nobody's here any more. */
  synchronized void forget(long room) {
    received.remove(room);
    heard.remove(room);
    changed.remove(room);
    gone.add(room);
  }

  private static Position head(RoomView view) {
    for (Event.Entry entry : view.entries()) {
      if (entry.number() == view.head()) {
        return new Position(view.head(), Cursor.prefix(entry.id()));
      }
    }
    return new Position(view.head(), null);
  }

  /** Skips what is up to this head. */
  synchronized void jump(long room, long head) {
    received.put(room, new Position(head, null));
  }

  /** Rooms that stand at an entry whose id is not known. */
  synchronized List<Long> nameless() {
    return received.entrySet().stream()
        .filter(room -> room.getValue().id() == null && room.getValue().number() > 0)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The id of an entry; of use if that is where the room stands. */
  synchronized void learned(long room, long number, UUID id) {
    Position named = new Position(number, Cursor.prefix(id));
    Position nameless = new Position(number, null);
    received.replace(room, nameless, named);
    if (heard.replace(room, nameless, named)) {
      changed.add(room);
    }
  }

  /** The listener has heard an entry. */
  synchronized void heard(Event.Entry entry) {
    heard(entry.room(), new Position(entry.number(), Cursor.prefix(entry.id())));
  }

  /** The listener has heard that a room goes on after this head. */
  synchronized void heard(long room, long head) {
    Position now = received.get(room);
    heard(room, now != null && now.number() == head ? now : new Position(head, null));
  }

  private void heard(long room, Position position) {
    // Else it is the echo of an account that has left.
    if (received.containsKey(room)) {
      heard.put(room, position);
      changed.add(room);
    }
  }

  /** One cursor for each room that has one. */
  synchronized List<Cursor> cursors() {
    List<Cursor> cursors = new ArrayList<>();
    received.forEach((room, position) -> position.cursor(room).ifPresent(cursors::add));
    return cursors;
  }

  /** What is to be kept since the last call. */
  synchronized List<Cursor> takeChanged() {
    List<Cursor> cursors = new ArrayList<>();
    for (long room : changed) {
      Position position = heard.get(room);
      if (position != null) {
        position.cursor(room).ifPresent(cursors::add);
      }
    }
    changed.clear();
    return cursors;
  }

  /** The rooms to be forgotten since the last call. */
  synchronized List<Long> takeGone() {
    List<Long> rooms = List.copyOf(gone);
    gone.clear();
    return rooms;
  }

  /** Another account begins. */
  synchronized void clear() {
    received.clear();
    heard.clear();
    changed.clear();
    gone.clear();
  }
}
