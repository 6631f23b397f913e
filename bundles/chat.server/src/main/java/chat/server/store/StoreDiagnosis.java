// SPDX-License-Identifier: Apache-2.0
package chat.server.store;

import chat.server.store.ActiveFile.Named;
import chat.server.store.ActiveStore.StoreCandidate;
import chat.storage.StorageException;
import chat.storage.StoreState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why none of the stores that are there is the one, told to an operator: what is wrong in which
 * file, and the commands that help. The server decides nothing itself here: each way out may lose
 * what another one keeps.
 *
 * @param file names the store that is the truth
 * @param first the name of the store that a new server begins with
 */
record StoreDiagnosis(List<StoreCandidate> offers, ActiveFile file, String first) {

  /** What the file says is not known, because it is damaged. */
  String ofDamagedFile(String damage) {
    return damage + lines(offers, null);
  }

  /** The file names another store, or none where more than one could be meant. */
  String ofMissingStore(Optional<Named> named) {
    if (named.isEmpty()) {
      return ("%s is missing, and which of the stores is the one can't be told; a new server has"
                  + " one named %s")
              .formatted(file.path(), first)
          + lines(offers, null);
    }
    return "%s names the store %s in generation %d, which is not there"
            .formatted(file.path(), named.get().id(), named.get().generation())
        + lines(offers, named.get());
  }

  private String lines(List<StoreCandidate> candidates, @Nullable Named named) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    for (StoreCandidate candidate : candidates) {
      lines.add(line(candidate, named));
    }
    lines.add("Put what is missing back from its copy, or run");
    lines.add("  chatroom restore FILE   for the last backup in its place");
    if (named != null && candidates.stream().allMatch(StoreDiagnosis::isEmpty)) {
      lines.add("  rm '%s'   to begin anew, without any of it".formatted(file.path()));
    }
    return String.join("\n", lines);
  }

  private static boolean isEmpty(StoreCandidate candidate) {
    try {
      return candidate.store().state().isEmpty();
    } catch (StorageException e) {
      return false;
    }
  }

  private String line(StoreCandidate candidate, @Nullable Named named) {
    String where = candidate.store().description();
    try {
      Optional<StoreState> state = candidate.store().state();
      if (state.isEmpty()) {
        return where + " is missing or empty";
      }
      String what =
          "%s holds the store %s in generation %d"
              .formatted(where, state.get().id(), state.get().generation());
      return switch (state.get().mode()) {
        case StoreState.Active active -> what + older(state.get(), named) + choose(state.get());
        case StoreState.Retired(var successor) ->
            what + ", which was followed by " + successor.id();
        case StoreState.Copying copying -> what + ", an unfinished copy";
      };
    } catch (StorageException e) {
      return where + ": " + e.getMessage();
    }
  }

  private static String older(StoreState state, @Nullable Named named) {
    return named != null && named.id().equals(state.id()) ? ", an older copy of it" : "";
  }

  private String choose(StoreState state) {
    return "; to go on with it, run: echo '%s %d' > '%s'"
        .formatted(state.id(), state.generation(), file.path());
  }
}
