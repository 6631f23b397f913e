// SPDX-License-Identifier: Apache-2.0
package chat.server.session;

import chat.server.room.Room;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The connections of each account, of which it may have so many, and its sessions that hear what
 * happens. May be used from any thread.
 */
public final class Devices {
  private final ConcurrentMap<Long, Set<Session>> sessions = new ConcurrentHashMap<>();

  private final ConcurrentMap<Long, Set<Session>> connections = new ConcurrentHashMap<>();
  private final int connectionsPerAccount;

  public Devices(int connectionsPerAccount) {
    this.connectionsPerAccount = connectionsPerAccount;
  }

  /** One more connection is logged in to an account, unless there are too many already. */
  boolean connect(long account, Session session) {
    return connections
        .compute(
            account,
            (a, before) -> {
              Set<Session> all = before == null ? ConcurrentHashMap.newKeySet() : before;
              if (all.size() < connectionsPerAccount) {
                all.add(session);
              }
              return all;
            })
        .contains(session);
  }

  /** A connection that was logged in before the server was exchanged still is. */
  void reconnect(long account, Session session) {
    add(connections, account, session);
  }

  /** A connection is not logged in to an account any more. */
  void disconnect(long account, Session session) {
    remove(connections, account, session);
  }

  /** Every connection that is logged in to an account, whether it hears anything yet or not. */
  public List<Session> connected(long account) {
    return List.copyOf(connections.getOrDefault(account, Set.of()));
  }

  void add(long account, Session session) {
    add(sessions, account, session);
  }

  void remove(long account, Session session) {
    remove(sessions, account, session);
  }

  private static void add(ConcurrentMap<Long, Set<Session>> sets, long account, Session session) {
    sets.compute(
        account,
        (a, before) -> {
          Set<Session> all = before == null ? ConcurrentHashMap.newKeySet() : before;
          all.add(session);
          return all;
        });
  }

  private static void remove(
      ConcurrentMap<Long, Set<Session>> sets, long account, Session session) {
    sets.computeIfPresent(
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
