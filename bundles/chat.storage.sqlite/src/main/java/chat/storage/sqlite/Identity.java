package chat.storage.sqlite;

import chat.storage.StorageException;
import chat.storage.StorageException.Damaged;
import chat.storage.StorageException.Fenced;
import chat.storage.StoreState;
import chat.storage.StoreState.Active;
import chat.storage.StoreState.Mode;
import chat.storage.StoreState.Retired;
import chat.storage.StoreState.Successor;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The one row that says who this store is and whether it may be written. */
record Identity(Link link) {

  @Nullable StoreState state() throws SQLException, Damaged {
    Integer[] checksum = new Integer[1];
    StoreState state =
        link.first(
            "SELECT id, generation, successor, successor_generation, checksum FROM store",
            row -> {
              checksum[0] = row.getInt(5);
              byte[] successor = row.getBytes(3);
              Mode mode =
                  successor == null
                      ? new Active()
                      : new Retired(new Successor(Codec.id(successor), row.getLong(4)));
              return new StoreState(Codec.id(row.getBytes(1)), row.getLong(2), mode);
            });
    if (state != null && checksum[0] != checksum(state)) {
      throw new Damaged("the row that says who this store is is damaged; restore a backup");
    }
    return state;
  }

  private void put(StoreState state) throws SQLException {
    Successor successor = successor(state.mode());
    link.update(
        "INSERT OR REPLACE INTO store"
            + " (one, id, generation, successor, successor_generation, checksum)"
            + " VALUES (1, ?, ?, ?, ?, ?)",
        state.id(),
        state.generation(),
        successor == null ? null : successor.id(),
        successor == null ? null : successor.generation(),
        checksum(state));
  }

  private static @Nullable Successor successor(Mode mode) {
    return switch (mode) {
      case Active() -> null;
      case Retired(Successor successor) -> successor;
    };
  }

  private static int checksum(StoreState state) {
    Successor successor = successor(state.mode());
    ByteBuffer next = ByteBuffer.allocate(16);
    if (successor != null) {
      next.put(Codec.bytes(successor.id())).flip();
    }
    return Codec.checksum(
        state.id().getMostSignificantBits(),
        state.id().getLeastSignificantBits(),
        state.generation(),
        successor == null ? 0 : 1,
        next.getLong(0),
        next.getLong(8),
        successor == null ? 0 : successor.generation());
  }

  void activate(UUID id, long generation) throws SQLException, StorageException {
    StoreState state = state();
    if (state != null) {
      if (!state.id().equals(id)) {
        throw new Fenced("this store is " + state.id() + ", not " + id);
      }
      if (state.mode() instanceof Retired(Successor successor)) {
        throw new Fenced("this store was retired, " + successor + " took over");
      }
      if (state.generation() >= generation) {
        throw new Fenced("this store has generation " + state.generation() + " already");
      }
    }
    put(new StoreState(id, generation, new Active()));
  }

  /**
   * @param generation under which the caller is active, or 0 if it only opened the store
   */
  void retire(Successor successor, long generation) throws SQLException, StorageException {
    StoreState state = state();
    if (state == null) {
      throw new Fenced("this store was never active");
    }
    Retired retired = new Retired(successor);
    boolean mayRetire =
        switch (state.mode()) {
          case Active() -> generation == 0 || generation == state.generation();
          case Retired before -> before.equals(retired);
        };
    if (!mayRetire) {
      throw new Fenced("this store is " + state + " and can't be retired here");
    }
    put(new StoreState(state.id(), state.generation(), retired));
  }

  void checkActive(long generation) throws SQLException, StorageException {
    StoreState state = state();
    if (generation == 0
        || state == null
        || state.generation() != generation
        || !(state.mode() instanceof Active)) {
      throw new Fenced("this store is " + state + ", not active in generation " + generation);
    }
  }
}
