// SPDX-License-Identifier: Apache-2.0
package chat.server.room;

import chat.server.base.BinaryCodec;
import chat.server.base.CellKind;
import chat.server.base.Cells;
import chat.server.room.Room.Versioned;
import chat.server.store.CellLoader;
import chat.storage.CellKey;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who was asked to come into which room and has not answered yet. May be read from any thread; the
 * journal's thread alone changes it.
 */
public final class RoomInvitations {
  /**
   * An invitation.
   *
   * @param by the account that asked
   * @param time UTC milliseconds
   */
  public record Pending(long by, long time) {
    public byte[] bytes() {
      return BinaryCodec.bytes(out -> {
        out.writeLong(by);
        out.writeLong(time);
      });
    }

    static Pending of(byte[] bytes) throws IOException {
      return BinaryCodec.read(bytes, in -> new Pending(in.readLong(), in.readLong()));
    }
  }

  private final ConcurrentMap<Long, ConcurrentMap<Long, Versioned<Pending>>> ofAccount =
      new ConcurrentHashMap<>();

  CellLoader loader() {
    return new CellLoader(
        CellKind.ROOM_INVITATION,
        (cell, clear) ->
            put(
                Cells.first(cell.key()),
                Cells.second(cell.key()),
                new Versioned<>(Pending.of(clear), cell.version())),
        key -> remove(Cells.first(key), Cells.second(key)));
  }

  public @Nullable Versioned<Pending> get(long room, long account) {
    return of(account).get(room);
  }

  /** The invitations of an account, by room. */
  public Map<Long, Versioned<Pending>> of(long account) {
    ConcurrentMap<Long, Versioned<Pending>> known = ofAccount.get(account);
    return known == null ? Map.of() : known;
  }

  /** Those that one account sent to another, by room. */
  public Map<Long, Versioned<Pending>> of(long account, long by) {
    return of(account).entrySet().stream()
        .filter(each -> each.getValue().value().by() == by)
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  public void put(long room, long account, Versioned<Pending> pending) {
    ofAccount.computeIfAbsent(account, a -> new ConcurrentHashMap<>()).put(room, pending);
  }

  public void remove(long room, long account) {
    ofAccount.computeIfPresent(
        account,
        (a, rooms) -> {
          rooms.remove(room);
          return rooms.isEmpty() ? null : rooms;
        });
  }

  void rewritten(CellKey key, long version) {
    Versioned<Pending> known = get(Cells.first(key), Cells.second(key));
    if (known != null) {
      put(Cells.first(key), Cells.second(key), new Versioned<>(known.value(), version));
    }
  }
}
