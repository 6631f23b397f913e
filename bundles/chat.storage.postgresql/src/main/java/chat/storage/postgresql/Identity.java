// SPDX-License-Identifier: Apache-2.0
package chat.storage.postgresql;

import chat.storage.StorageException;
import chat.storage.StorageException.Damaged;
import chat.storage.StorageException.Fenced;
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

/** The one row that says who this store is and whether it may be written. */
record Identity(Link link) {
  private static final String SELECT =
      "SELECT id, generation, successor, successor_generation, source, checksum FROM store";

  private record Kept(StoreState state, int checksum) {

    static Kept of(ResultSet row) throws SQLException {
      UUID successor = row.getObject(3, UUID.class);
      UUID source = row.getObject(5, UUID.class);
      Mode mode =
          successor != null
              ? new Retired(new Successor(successor, row.getLong(4)))
              : source != null ? new Copying(source) : new Active();
      return new Kept(
          new StoreState(row.getObject(1, UUID.class), row.getLong(2), mode), row.getInt(6));
    }

    StoreState checked() throws Damaged {
      if (checksum != Columns.of(state).checksum()) {
        throw new Damaged("the row that says who this store is is damaged; restore a backup");
      }
      return state;
    }
  }

  /** A state as columns. */
  private record Columns(
      UUID id,
      long generation,
      @Nullable UUID successor,
      @Nullable Long successorGeneration,
      @Nullable UUID source) {

    static Columns of(StoreState state) {
      return switch (state.mode()) {
        case Active() -> new Columns(state.id(), state.generation(), null, null, null);
        case Retired(Successor(UUID next, long generation)) ->
            new Columns(state.id(), state.generation(), next, generation, null);
        case Copying(UUID source) ->
            new Columns(state.id(), state.generation(), null, null, source);
      };
    }

    int checksum() {
      return KeyCodec.checksum(
          id.getMostSignificantBits(),
          id.getLeastSignificantBits(),
          generation,
          successor == null ? 0 : successor.getMostSignificantBits(),
          successor == null ? 0 : successor.getLeastSignificantBits(),
          successorGeneration == null ? 0 : successorGeneration,
          source == null ? 0 : source.getMostSignificantBits(),
          source == null ? 0 : source.getLeastSignificantBits(),
          (successor == null ? 0 : 1) + (source == null ? 0 : 2));
    }
  }

  @Nullable StoreState state() throws SQLException, Damaged {
    Kept kept = link.first(SELECT, Kept::of);
    return kept == null ? null : kept.checked();
  }

  /** The state, which stays what it is until this transaction ends. */
  private @Nullable StoreState lock() throws SQLException, Damaged {
    Kept kept = link.first(SELECT + " FOR UPDATE", Kept::of);
    return kept == null ? null : kept.checked();
  }

  private void put(StoreState state) throws SQLException {
    Columns row = Columns.of(state);
    link.update(
        "INSERT INTO store (one, version, id, generation, successor, successor_generation, source,"
            + " checksum) VALUES (1, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (one) DO UPDATE SET"
            + " id = excluded.id, generation = excluded.generation,"
            + " successor = excluded.successor,"
            + " successor_generation = excluded.successor_generation, source = excluded.source,"
            + " checksum = excluded.checksum",
        Schema.VERSION,
        row.id(),
        row.generation(),
        row.successor(),
        row.successorGeneration(),
        row.source(),
        row.checksum());
  }

  void activate(UUID id, long generation) throws SQLException, StorageException {
    put(WriteRules.activated(lock(), id, generation));
  }

  /**
   * @param generation under which the caller is active, or 0 if it is not
   */
  void retire(Successor successor, long generation) throws SQLException, StorageException {
    put(WriteRules.retired(lock(), successor, generation));
  }

  void receive(UUID id, UUID source) throws SQLException, StorageException {
    put(WriteRules.receiving(lock(), id, source));
  }

  /** Also keeps it so until this transaction ends. */
  void checkActive(long generation) throws SQLException, StorageException {
    WriteRules.checkActive(lock(), generation);
  }

  /** Also keeps it so until this transaction ends. */
  void checkReceives() throws SQLException, StorageException {
    WriteRules.checkReceives(lock());
  }

  /** Staged bytes are nobody's truth yet, so that a look is enough. */
  void checkMayStage(Role role) throws SQLException, StorageException {
    StoreState state = state();
    boolean may =
        switch (role) {
          case Role.Onlooker() -> false;
          case Role.Writer(long generation) -> WriteRules.isActive(state, generation);
          case Role.Receiver() -> state != null && state.mode() instanceof Copying;
        };
    if (!may) {
      throw new Fenced("this store is " + state + " and takes no bytes from here");
    }
  }
}
