// SPDX-License-Identifier: Apache-2.0
package chat.server.room;

import chat.protocol.Contact;
import chat.protocol.Relation;
import chat.server.base.BinaryCodec;
import chat.server.base.CellKind;
import chat.server.base.Cells;
import chat.server.room.Room.Versioned;
import chat.server.store.CellLoader;
import chat.storage.Cell;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * How people stand to each other: for each pair what the one is to the other, from both sides. May
 * be read from any thread; the journal's thread alone changes it.
 */
public final class Contacts {
  /** How one stands to another. */
  public record ContactState(Relation relation, boolean blocks) {
    static final ContactState NONE = new ContactState(Relation.NONE, false);

    public byte[] bytes() {
      return BinaryCodec.bytes(out -> {
        out.writeByte(relation.ordinal());
        out.writeBoolean(blocks);
      });
    }

    static ContactState of(byte[] bytes) throws IOException {
      return BinaryCodec.read(
          bytes,
          in ->
              new ContactState(
                  BinaryCodec.choice(Relation.values(), in.readByte()), in.readBoolean()));
    }
  }

  private static final Versioned<ContactState> NOTHING = new Versioned<>(ContactState.NONE, 0);

  private final ConcurrentMap<Long, ConcurrentMap<Long, Versioned<ContactState>>> ties =
      new ConcurrentHashMap<>();
  private final ConcurrentMap<Long, Set<Long>> blockers = new ConcurrentHashMap<>();

  CellLoader loader() {
    return new CellLoader(
        CellKind.CONTACT,
        (cell, clear) -> load(cell, ContactState.of(clear)),
        leftOut -> load(leftOut, ContactState.NONE),
        key -> remove(Cells.first(key), Cells.second(key)));
  }

  private void remove(long account, long other) {
    set(account, other, NOTHING);
    of(account).remove(other);
  }

  private void load(Cell cell, ContactState state) {
    set(Cells.first(cell.key()), Cells.second(cell.key()), new Versioned<>(state, cell.version()));
  }

  /** How one stands to another, with the version of its cell. */
  public Versioned<ContactState> state(long account, long other) {
    return of(account).getOrDefault(other, NOTHING);
  }

  public void set(long account, long other, Versioned<ContactState> tie) {
    ties.computeIfAbsent(account, a -> new ConcurrentHashMap<>()).put(other, tie);
    Set<Long> blocking = blockers.computeIfAbsent(other, a -> ConcurrentHashMap.newKeySet());
    if (tie.value().blocks()) {
      blocking.add(account);
    } else {
      blocking.remove(account);
    }
  }

  /** Nobody has anything with this account any more. */
  public void forget(long account) {
    of(account)
        .keySet()
        .forEach(other -> {
          Map<Long, Versioned<ContactState>> theirs = ties.get(other);
          if (theirs != null) {
            theirs.remove(account);
          }
        });
    ties.remove(account);
    blockers.remove(account);
  }

  /** Everybody this account stands to in some way. */
  public Map<Long, Versioned<ContactState>> of(long account) {
    ConcurrentMap<Long, Versioned<ContactState>> known = ties.get(account);
    return known == null ? Map.of() : known;
  }

  /** Who has blocked this account. */
  public Set<Long> blockers(long account) {
    return blockers.getOrDefault(account, Set.of());
  }

  public boolean blocks(long account, long other) {
    return state(account, other).value().blocks();
  }

  /** How one stands to another, as it is shown to the first. */
  public Contact shown(long account, long other, Accounts accounts) {
    ContactState state = state(account, other).value();
    return new Contact(accounts.person(other), state.relation(), state.blocks());
  }
}
