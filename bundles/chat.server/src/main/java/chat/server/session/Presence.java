// SPDX-License-Identifier: Apache-2.0
package chat.server.session;

import chat.protocol.Availability;
import chat.protocol.Event;
import chat.protocol.Person;
import chat.protocol.PresenceStatus;
import chat.server.base.Timings;
import chat.server.room.Accounts;
import chat.server.room.Contacts;
import chat.server.room.SharedEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Who is here, and how much. The devices of an account add up: it is as much here as the one that
 * is most, unless one of them says that it does not want to be disturbed or seen. Who comes back
 * within the time of grace was never away. What changed is told to everybody once a tick, and may
 * be missed; who is blocked by somebody hears nothing of them.
 */
public final class Presence {
  /** The most people of one list. */
  static final int LISTED = 1_000;

  /** Somebody with a device here, or who had one a moment ago. */
  private static final class Here {
    final Map<Device, Availability> devices = new HashMap<>();
    long leavingAt;

    /** How it is shown; null if it is not. */
    @Nullable Availability shown() {
      if (devices.isEmpty()) {
        return Availability.ONLINE;
      }
      if (devices.containsValue(Availability.INVISIBLE)) {
        return null;
      }
      if (devices.containsValue(Availability.DO_NOT_DISTURB)) {
        return Availability.DO_NOT_DISTURB;
      }
      return devices.containsValue(Availability.ONLINE) ? Availability.ONLINE : Availability.AWAY;
    }
  }

  /**
   * What everybody was told of somebody last.
   *
   * @param availability null if it is not known: the last server told of it
   */
  private record Told(Person person, @Nullable Availability availability) {}

  private final long graceNanos;
  private final Accounts accounts;
  private final Contacts contacts;
  private final LongConsumer gone;
  private final Map<Long, Here> here = new LinkedHashMap<>();
  private final Map<Long, Told> told = new LinkedHashMap<>();
  private final Set<Long> changed = new LinkedHashSet<>();
  private final Map<Device, Long> listeners = new ConcurrentHashMap<>();

  /**
   * @param gone hears which account has just left
   */
  public Presence(Timings timings, Accounts accounts, Contacts contacts, LongConsumer gone) {
    this.graceNanos = timings.away().toNanos();
    this.accounts = accounts;
    this.contacts = contacts;
    this.gone = gone;
  }

  /** A device entered. */
  void enter(Device device, long account, Availability availability) {
    synchronized (this) {
      Here entry = here.computeIfAbsent(account, a -> new Here());
      entry.devices.put(device, availability);
      entry.leavingAt = 0;
      changed.add(account);
    }
    listeners.put(device, account);
  }

  /** A device is here more, or less, than it was. */
  synchronized void be(Device device, long account, Availability availability) {
    Here entry = here.get(account);
    if (entry != null && entry.devices.replace(device, availability) != null) {
      changed.add(account);
    }
  }

  /** Somebody is to be shown differently. */
  public synchronized void renamed(long account) {
    changed.add(account);
  }

  /** A device is gone, on purpose or because its connection broke. */
  void leave(Device device, long account, boolean onPurpose) {
    listeners.remove(device);
    synchronized (this) {
      Here entry = here.get(account);
      if (entry == null) {
        return;
      }
      boolean unseen = entry.shown() == null;
      entry.devices.remove(device);
      if (entry.devices.isEmpty() && unseen) {
        here.remove(account);
      } else if (entry.devices.isEmpty()) {
        entry.leavingAt = System.nanoTime() + (onPurpose ? 0 : graceNanos);
      }
      changed.add(account);
    }
  }

  /** Somebody who was here when the last server left, and who should come back. */
  public synchronized void expect(long account) {
    Here entry = here.computeIfAbsent(account, a -> new Here());
    if (entry.devices.isEmpty() && entry.leavingAt == 0) {
      entry.leavingAt = System.nanoTime() + graceNanos;
      // Whether the last server told of a display name, a picture or how somebody is here is not
      // known: it is told again.
      Person plain = new Person(account, accounts.person(account).name());
      told.put(account, new Told(plain, null));
    }
  }

  /** Who is gone and still counts as here. */
  public synchronized List<Long> away() {
    return here.entrySet().stream()
        .filter(entry -> entry.getValue().devices.isEmpty())
        .map(Map.Entry::getKey)
        .limit(LISTED)
        .toList();
  }

  /** Who is here, as far as this account may know. */
  public List<Person> online(long account) {
    Set<Long> hidden = contacts.blockers(account);
    synchronized (this) {
      return here.entrySet().stream()
          .filter(entry -> entry.getKey() == account || entry.getValue().shown() != null)
          .map(Map.Entry::getKey)
          .filter(id -> !hidden.contains(id))
          .sorted(Comparator.comparing(id -> id != account))
          .limit(LISTED)
          .map(accounts::person)
          .toList();
    }
  }

  /** Who is here, for the operator; who does not want to be seen is counted and not named. */
  public synchronized List<Person> everybody() {
    return here.entrySet().stream()
        .filter(entry -> entry.getValue().shown() != null)
        .map(entry -> accounts.person(entry.getKey()))
        .limit(LISTED)
        .toList();
  }

  /** How those are here who are not simply online. */
  public List<PresenceStatus> statuses(long account) {
    Set<Long> hidden = contacts.blockers(account);
    synchronized (this) {
      List<PresenceStatus> statuses = new ArrayList<>();
      here.forEach((id, entry) -> {
        Availability shown = entry.shown();
        if (shown != null && shown != Availability.ONLINE && !hidden.contains(id)) {
          statuses.add(new PresenceStatus(id, shown));
        }
      });
      return statuses.stream().limit(LISTED).toList();
    }
  }

  /** Whether this account is here, for one that may know. */
  boolean shows(long account, long viewer) {
    if (contacts.blockers(viewer).contains(account)) {
      return false;
    }
    synchronized (this) {
      Here entry = here.get(account);
      return entry != null && entry.shown() != null;
    }
  }

  /** Whether this account is here and does not want to be seen. */
  public synchronized boolean isInvisible(long account) {
    Here entry = here.get(account);
    return entry != null && entry.shown() == null;
  }

  /** Whether a device of this account is connected. */
  public synchronized boolean hasDevice(long account) {
    Here entry = here.get(account);
    return entry != null && !entry.devices.isEmpty();
  }

  public synchronized int count() {
    return here.size();
  }

  /** One blocks another, or does not any more: the other one sees it go, or come. */
  public void veil(long account, long other, boolean on) {
    if (!shows(account, on ? account : other)) {
      return;
    }
    List<Person> who = List.of(accounts.person(account));
    Event.Presence event =
        on
            ? new Event.Presence(List.of(), who, List.of())
            : new Event.Presence(who, List.of(), List.of());
    SharedEvent shared = new SharedEvent(event);
    listeners.forEach((device, listener) -> {
      if (listener == other) {
        device.send(shared);
      }
    });
  }

  /** Tells everybody what changed. */
  public void tick(long now) {
    List<Long> left = new ArrayList<>();
    Event.Presence news;
    synchronized (this) {
      here.entrySet()
          .removeIf(entry -> {
            Here one = entry.getValue();
            boolean over = one.devices.isEmpty() && one.leavingAt != 0 && now - one.leavingAt >= 0;
            if (over) {
              left.add(entry.getKey());
              changed.add(entry.getKey());
            }
            return over;
          });
      news = news();
    }
    left.forEach(gone::accept);
    if (!news.came().isEmpty() || !news.went().isEmpty() || !news.statuses().isEmpty()) {
      tell(news);
    }
  }

  private Event.Presence news() {
    List<Person> came = new ArrayList<>();
    List<Person> went = new ArrayList<>();
    List<PresenceStatus> statuses = new ArrayList<>();
    List<Long> now = changed.stream().limit(LISTED).toList();
    now.forEach(changed::remove);
    for (long account : now) {
      Here entry = here.get(account);
      Availability shown = entry == null ? null : entry.shown();
      Told before = told.get(account);
      if (shown == null) {
        told.remove(account);
        if (before != null) {
          went.add(before.person());
        }
        continue;
      }
      Told next = new Told(accounts.person(account), shown);
      told.put(account, next);
      if (before == null || !before.person().equals(next.person())) {
        came.add(next.person());
      }
      Availability last = before == null ? Availability.ONLINE : before.availability();
      if (last != shown) {
        statuses.add(new PresenceStatus(account, shown));
      }
    }
    return new Event.Presence(came, went, statuses);
  }

  private void tell(Event.Presence news) {
    SharedEvent shared = new SharedEvent(news);
    listeners.forEach((device, account) -> {
      Set<Long> hidden = contacts.blockers(account);
      device.send(hidden.isEmpty() ? shared : new SharedEvent(without(news, hidden)));
    });
  }

  private static Event.Presence without(Event.Presence news, Set<Long> hidden) {
    return new Event.Presence(
        news.came().stream().filter(person -> !hidden.contains(person.account())).toList(),
        news.went().stream().filter(person -> !hidden.contains(person.account())).toList(),
        news.statuses().stream().filter(status -> !hidden.contains(status.account())).toList());
  }
}
