// SPDX-License-Identifier: Apache-2.0
package chat.server.store;

import chat.server.store.ActiveFile.Named;
import chat.server.store.ActiveStore.StoreCandidate;
import chat.storage.StorageException;
import chat.storage.StoreState;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which of the stores that are offered is the truth, by the rule at {@link ActiveStore}.
 *
 * @param named the one that {@code data/active} names; empty if the server is new
 * @param first the name of the store that a new server begins with
 */
record StoreChoice(List<StoreCandidate> offers, Optional<Named> named, String first) {
  private static final Logger LOG = LoggerFactory.getLogger(StoreChoice.class);

  /** Reads the file, and follows from retired stores to those that took over from them. */
  static StoreChoice among(List<StoreCandidate> offers, ActiveFile file, String first)
      throws StorageException, IOException {
    Optional<Named> named = file.read();
    for (int followed = 0; followed < offers.size(); followed++) {
      Optional<Named> next = successor(offers, named);
      if (next.isEmpty()) {
        break;
      }
      file.write(next.get());
      named = next;
    }
    return new StoreChoice(offers, named, first);
  }

  private static Optional<Named> successor(List<StoreCandidate> offers, Optional<Named> named)
      throws StorageException {
    for (StoreCandidate candidate : offers) {
      Optional<StoreState> state = candidate.store().state();
      if (state.isPresent()
          && named.isPresent()
          && named.get().id().equals(state.get().id())
          && state.get().mode() instanceof StoreState.Retired(var successor)) {
        LOG.info("Store {} was followed by {}", state.get().id(), successor.id());
        return Optional.of(new Named(successor.id(), successor.generation()));
      }
    }
    return Optional.empty();
  }

  /** The name under which a store becomes active; empty if it is not the one. */
  Optional<Named> nameOf(StoreCandidate candidate) throws StorageException {
    Optional<StoreState> state = candidate.store().state();
    if (state.isEmpty()) {
      boolean begins = named.isEmpty() && candidate.name().equals(first) && allEmpty();
      return begins ? Optional.of(new Named(UUID.randomUUID(), 1)) : Optional.empty();
    }
    UUID id = state.get().id();
    long generation = state.get().generation();
    boolean isTheOne =
        switch (state.get().mode()) {
          case StoreState.Active active ->
              named.isPresent()
                  ? named.get().id().equals(id) && generation >= named.get().generation()
                  : offers.size() == 1;
          case StoreState.Retired retired -> false;
          case StoreState.Copying copying -> false;
        };
    return isTheOne ? Optional.of(new Named(id, generation + 1)) : Optional.empty();
  }

  private boolean allEmpty() throws StorageException {
    for (StoreCandidate candidate : offers) {
      if (candidate.store().state().isPresent()) {
        return false;
      }
    }
    return true;
  }

  /** What is missing if none of the stores is the one. */
  String waitingFor() {
    return named
        .map(missing ->
            "waiting for store " + missing.id() + " of generation " + missing.generation())
        .orElse("waiting for a store named " + first);
  }
}
