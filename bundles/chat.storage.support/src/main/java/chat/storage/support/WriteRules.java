// SPDX-License-Identifier: Apache-2.0
package chat.storage.support;

import chat.storage.StorageException.Fenced;
import chat.storage.StoreState;
import chat.storage.StoreState.Active;
import chat.storage.StoreState.Copying;
import chat.storage.StoreState.Retired;
import chat.storage.StoreState.Successor;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who may write a store, decided from what it says of itself: null while it holds nothing. Whoever
 * asks holds that state in the transaction in which it writes.
 */
public final class WriteRules {
  private WriteRules() {}

  /** The state after an activation. */
  public static StoreState activated(@Nullable StoreState state, UUID id, long generation)
      throws Fenced {
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
    return new StoreState(id, generation, new Active());
  }

  /**
   * The state after a retirement.
   *
   * @param generation under which the caller is active, or 0 if it is not
   */
  public static StoreState retired(@Nullable StoreState state, Successor successor, long generation)
      throws Fenced {
    if (state == null) {
      throw new Fenced("this store was never active");
    }
    Retired retired = new Retired(successor);
    boolean mayRetire =
        switch (state.mode()) {
          case Active() -> generation == 0 || generation == state.generation();
          case Retired before -> before.equals(retired);
          case Copying copying -> false;
        };
    if (!mayRetire) {
      throw new Fenced("this store is " + state + " and can't be retired here");
    }
    return new StoreState(state.id(), state.generation(), retired);
  }

  /** The state of a store that begins to be a copy. */
  public static StoreState receiving(@Nullable StoreState state, UUID id, UUID source)
      throws Fenced {
    if (state != null && (!state.id().equals(id) || state.mode() instanceof Active)) {
      throw new Fenced("this store is " + state + " and can't be a copy under the id " + id);
    }
    return new StoreState(id, state == null ? 0 : state.generation(), new Copying(source));
  }

  public static void checkReceives(@Nullable StoreState state) throws Fenced {
    if (state == null || !(state.mode() instanceof Copying)) {
      throw new Fenced("this store is " + state + ", not a copy in the making");
    }
  }

  public static void checkActive(@Nullable StoreState state, long generation) throws Fenced {
    if (!isActive(state, generation)) {
      throw new Fenced("this store is " + state + ", not active in generation " + generation);
    }
  }

  /** Whether who was activated under this generation may still write. */
  public static boolean isActive(@Nullable StoreState state, long generation) {
    return generation != 0
        && state != null
        && state.generation() == generation
        && state.mode() instanceof Active;
  }
}
