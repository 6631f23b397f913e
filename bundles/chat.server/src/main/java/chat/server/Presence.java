package chat.server;

import chat.protocol.Event;
import chat.protocol.Person;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who is here. Several devices of an account count once, and who comes back within the time of
 * grace was never away. What changed is told to everybody once a tick, and may be missed.
 */
final class Presence {
  /** The most people of one list. */
  static final int LISTED = 1_000;

  private final long graceNanos;
  private final Map<Long, Person> here = new LinkedHashMap<>();
  private final Map<Long, Integer> devices = new HashMap<>();
  private final Map<Long, Long> leavingAt = new HashMap<>();
  private final Map<Long, Person> came = new LinkedHashMap<>();
  private final Map<Long, Person> went = new LinkedHashMap<>();
  private final Set<Session> listeners = ConcurrentHashMap.newKeySet();

  Presence(Timings timings) {
    this.graceNanos = timings.away().toNanos();
  }

  /** A device entered. */
  void enter(Session session, Person person) {
    synchronized (this) {
      devices.merge(person.account(), 1, Integer::sum);
      leavingAt.remove(person.account());
      if (here.put(person.account(), person) == null && went.remove(person.account()) == null) {
        came.put(person.account(), person);
      }
    }
    listeners.add(session);
  }

  /** A device is gone, on purpose or because its connection broke. */
  void leave(Session session, Person person, boolean onPurpose) {
    listeners.remove(session);
    synchronized (this) {
      int left = devices.merge(person.account(), -1, Integer::sum);
      if (left <= 0) {
        devices.remove(person.account());
        leavingAt.put(person.account(), System.nanoTime() + (onPurpose ? 0 : graceNanos));
      }
    }
  }

  /** Somebody who was here when the last server left, and who should come back. */
  synchronized void expect(Person person) {
    if (here.put(person.account(), person) == null) {
      leavingAt.put(person.account(), System.nanoTime() + graceNanos);
    }
  }

  /** Who is gone and still counts as here. */
  synchronized List<Long> away() {
    return leavingAt.keySet().stream().limit(LISTED).toList();
  }

  synchronized List<Person> online() {
    return here.values().stream().limit(LISTED).toList();
  }

  synchronized int count() {
    return here.size();
  }

  /** Tells everybody what changed. */
  void tick(long now) {
    Event.Presence news;
    synchronized (this) {
      for (Iterator<Map.Entry<Long, Long>> i = leavingAt.entrySet().iterator(); i.hasNext(); ) {
        Map.Entry<Long, Long> leaving = i.next();
        if (now - leaving.getValue() >= 0) {
          i.remove();
          Person gone = here.remove(leaving.getKey());
          if (gone != null && came.remove(gone.account()) == null) {
            went.put(gone.account(), gone);
          }
        }
      }
      if (came.isEmpty() && went.isEmpty()) {
        return;
      }
      news = new Event.Presence(some(came), some(went));
    }
    SharedEvent shared = new SharedEvent(news);
    listeners.forEach(session -> session.send(shared));
  }

  private static List<Person> some(Map<Long, Person> people) {
    List<Person> some = new ArrayList<>();
    for (Iterator<Person> i = people.values().iterator(); i.hasNext() && some.size() < LISTED; ) {
      some.add(i.next());
      i.remove();
    }
    return some;
  }
}
