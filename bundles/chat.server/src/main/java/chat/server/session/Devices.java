// SPDX-License-Identifier: Apache-2.0
package chat.server.session;

import chat.server.room.Room;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The sessions of each account that hear what happens. May be used from any thread. */
public final class Devices {
  private final ConcurrentMap<Long, Set<Session>> sessions = new ConcurrentHashMap<>();

  void add(long account, Session session) {
    sessions.computeIfAbsent(account, a -> ConcurrentHashMap.newKeySet()).add(session);
  }

  void remove(long account, Session session) {
    sessions.computeIfPresent(
        account,
        (a, all) -> {
          all.remove(session);
          return all.isEmpty() ? null : all;
        });
  }

  public Set<Session> of(long account) {
    return sessions.getOrDefault(account, Set.of());
  }

  /** Every device of this account shall hear it, now or as soon as it can. */
  public void tell(long account, StateUpdate news) {
    of(account).forEach(session -> session.tell(news));
  }

  /** Every device of every member of a room shall hear it. */
  public void tellMembers(Room room, StateUpdate news) {
    room.members().keySet().forEach(account -> tell(account, news));
  }
}
