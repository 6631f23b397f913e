// SPDX-License-Identifier: Apache-2.0
package chat.server.session;

import chat.server.room.Room;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The connections of each account, of which it may have so many, and those that hear what happens.
 * May be used from any thread.
 */
public final class Devices {
  private final ConcurrentMap<Long, Set<Device>> devices = new ConcurrentHashMap<>();

  private final ConcurrentMap<Long, Integer> connections = new ConcurrentHashMap<>();
  private final int connectionsPerAccount;

  public Devices(int connectionsPerAccount) {
    this.connectionsPerAccount = connectionsPerAccount;
  }

  /** One more connection is logged in to an account, unless there are too many already. */
  boolean connect(long account) {
    boolean admitted = connections.merge(account, 1, Integer::sum) <= connectionsPerAccount;
    if (!admitted) {
      disconnect(account);
    }
    return admitted;
  }

  /** A connection that was logged in before the server was exchanged still is. */
  void reconnect(long account) {
    connections.merge(account, 1, Integer::sum);
  }

  /** A connection is not logged in to an account any more. */
  void disconnect(long account) {
    connections.computeIfPresent(account, (a, before) -> before == 1 ? null : before - 1);
  }

  void add(long account, Device device) {
    devices.computeIfAbsent(account, a -> ConcurrentHashMap.newKeySet()).add(device);
  }

  void remove(long account, Device device) {
    devices.computeIfPresent(
        account,
        (a, all) -> {
          all.remove(device);
          return all.isEmpty() ? null : all;
        });
  }

  public Set<Device> of(long account) {
    return devices.getOrDefault(account, Set.of());
  }

  /** Every device of this account shall hear it, now or as soon as it can. */
  public void tell(long account, StateUpdate news) {
    of(account).forEach(device -> device.tell(news));
  }

  /** Every device of every member of a room shall hear it. */
  public void tellMembers(Room room, StateUpdate news) {
    room.members().keySet().forEach(account -> tell(account, news));
  }
}
