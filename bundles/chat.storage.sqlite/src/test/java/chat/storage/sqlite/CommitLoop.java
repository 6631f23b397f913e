// SPDX-License-Identifier: Apache-2.0
package chat.storage.sqlite;

import chat.storage.Change;
import chat.storage.Change.BlobCommit;
import chat.storage.Change.NewEntry;
import chat.storage.StoreState;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A process that commits until it is killed, and says what was acknowledged. */
final class CommitLoop {
  static final int BATCH = 5;
  static final int BLOB = 9_000;

  private CommitLoop() {}

  public static void main(String[] arguments) throws Exception {
    try (SqliteChatStore store =
        SqliteChatStore.open(Path.of(arguments[0]), InstantSource.system())) {
      long generation = store.state().map(StoreState::generation).orElse(0L) + 1;
      store.activate(new UUID(1, 2), generation);
      long number = store.stream(1).head();
      while (true) {
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
          number++;
          if (i == 0) {
            store.stage(id(number), 0, new byte[BLOB]);
          }
          List<BlobCommit> blobs = i == 0 ? List.of(new BlobCommit(id(number), BLOB)) : List.of();
          changes.add(new Change(List.of(), entry(number), List.of(), blobs, List.of()));
        }
        store.commit(generation, changes);
        System.out.println(number);
      }
    }
  }

  static NewEntry entry(long number) {
    return new NewEntry(1, id(number), 1, 7, 300, number, new byte[(int) (number % 400)]);
  }

  static UUID id(long number) {
    return new UUID(5, number);
  }
}
