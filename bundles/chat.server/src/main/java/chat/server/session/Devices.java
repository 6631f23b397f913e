// SPDX-License-Identifier: Apache-2.0
package chat.server.session;

import chat.protocol.Event;
import chat.server.room.Room;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;

/**
 * The connections of each account, of which it may have so many, and those that hear what happens.
 * May be used from any thread.
 */
public final class Devices {
  private final ConcurrentMap<Long, Set<Device>> devices = new ConcurrentHashMap<>();

  private final ConcurrentMap<Long, Set<Device>> connections = new ConcurrentHashMap<>();
  private final int connectionsPerAccount;

  public Devices(int connectionsPerAccount) {
    this.connectionsPerAccount = connectionsPerAccount;
  }

  /** One more connection is logged in to an account, unless there are too many already. */
  boolean connect(long account, Device device) {
    return connections
        .compute(
            account,
            (a, before) -> {
              Set<Device> all = before == null ? ConcurrentHashMap.newKeySet() : before;
              if (all.size() < connectionsPerAccount) {
                all.add(device);
              }
              return all;
            })
        .contains(device);
  }

  /** A connection that was logged in before the server was exchanged still is. */
  void reconnect(long account, Device device) {
    add(connections, account, device);
  }

  /** A connection is not logged in to an account any more. */
  void disconnect(long account, Device device) {
    remove(connections, account, device);
  }

  /** Every connection that is logged in to an account, whether it hears anything yet or not. */
  public List<Device> connected(long account) {
    return List.copyOf(connections.getOrDefault(account, Set.of()));
  }

  /** Closes connections that are logged in to an account, and tells them why. */
  public void logOut(long account, Predicate<Device> which, String why) {
    connected(account).stream()
        .filter(which)
        .forEach(device -> device.close(new Event.LoggedOut(why)));
  }

  void add(long account, Device device) {
    add(devices, account, device);
  }

  void remove(long account, Device device) {
    remove(devices, account, device);
  }

  private static void add(ConcurrentMap<Long, Set<Device>> sets, long account, Device device) {
    sets.compute(
        account,
        (a, before) -> {
          Set<Device> all = before == null ? ConcurrentHashMap.newKeySet() : before;
          all.add(device);
          return all;
        });
  }

  private static void remove(ConcurrentMap<Long, Set<Device>> sets, long account, Device device) {
    sets.computeIfPresent(
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

  /** Every device that hears anything shall hear it. */
  public void tellAll(StateUpdate news) {
    devices.values().forEach(all -> all.forEach(device -> device.tell(news)));
  }

  /** Every device of every member of a room shall hear it. */
  public void tellMembers(Room room, StateUpdate news) {
    room.members().keySet().forEach(account -> tell(account, news));
  }
}
