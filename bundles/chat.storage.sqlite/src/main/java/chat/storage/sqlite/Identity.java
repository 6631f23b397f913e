// SPDX-License-Identifier: Apache-2.0
package chat.storage.sqlite;

import chat.storage.StorageException;
import chat.storage.StorageException.Damaged;
import chat.storage.StoreState;
import chat.storage.StoreState.Active;
import chat.storage.StoreState.Copying;
import chat.storage.StoreState.Mode;
import chat.storage.StoreState.Retired;
import chat.storage.StoreState.Successor;
import chat.storage.support.KeyCodec;
import chat.storage.support.WriteRules;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The one row that says who this store is and whether it may be written. The columns of the
 * successor are empty in an active store; a copy in the making has its source there, without a
 * generation.
 */
record Identity(Link link) {

  @Nullable StoreState state() throws SQLException, Damaged {
    Integer[] checksum = new Integer[1];
    StoreState state =
        link.first(
            "SELECT id, generation, successor, successor_generation, checksum FROM store",
            row -> {
              checksum[0] = row.getInt(5);
              return new StoreState(Codec.id(row.getBytes(1)), row.getLong(2), mode(row));
            });
    if (state != null && checksum[0] != checksum(state)) {
      throw new Damaged("the row that says who this store is is damaged" + Failures.RESTORE);
    }
    return state;
  }

  private static Mode mode(ResultSet row) throws SQLException {
    byte[] other = row.getBytes(3);
    long generation = row.getLong(4);
    if (other == null) {
      return new Active();
    }
    return row.wasNull()
        ? new Copying(Codec.id(other))
        : new Retired(new Successor(Codec.id(other), generation));
  }

  private void put(StoreState state) throws SQLException {
    Other other = Other.of(state.mode());
    link.update(
        "INSERT OR REPLACE INTO store"
            + " (one, id, generation, successor, successor_generation, checksum)"
            + " VALUES (1, ?, ?, ?, ?, ?)",
        state.id(),
        state.generation(),
        other.id(),
        other.generation(),
        checksum(state));
  }

  /** The other store that a mode names, and as what. */
  private record Other(int mark, @Nullable UUID id, @Nullable Long generation) {

    static Other of(Mode mode) {
      return switch (mode) {
        case Active() -> new Other(0, null, null);
        case Retired(Successor successor) -> new Other(1, successor.id(), successor.generation());
        case Copying(UUID source) -> new Other(2, source, null);
      };
    }
  }

  private static int checksum(StoreState state) {
    Other other = Other.of(state.mode());
    UUID id = other.id() == null ? new UUID(0, 0) : other.id();
    return KeyCodec.checksum(
        state.id().getMostSignificantBits(),
        state.id().getLeastSignificantBits(),
        state.generation(),
        other.mark(),
        id.getMostSignificantBits(),
        id.getLeastSignificantBits(),
        other.generation() == null ? 0 : other.generation());
  }

  void activate(UUID id, long generation) throws SQLException, StorageException {
    put(WriteRules.activated(state(), id, generation));
  }

  /**
   * @param generation under which the caller is active, or 0 if it only opened the store
   */
  void retire(Successor successor, long generation) throws SQLException, StorageException {
    put(WriteRules.retired(state(), successor, generation));
  }

  void receive(UUID id, UUID source) throws SQLException, StorageException {
    put(WriteRules.receiving(state(), id, source));
  }

  void checkReceiving() throws SQLException, StorageException {
    WriteRules.checkReceives(state());
  }

  void checkActive(long generation) throws SQLException, StorageException {
    WriteRules.checkActive(state(), generation);
  }
}
