// SPDX-License-Identifier: Apache-2.0
package chat.storage.sqlite;

import chat.storage.Change;
import chat.storage.Change.NewEntry;
import chat.storage.StorageException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Stores and entries for the tests of this engine. */
final class Texts {
  static final UUID STORE = new UUID(1, 2);

  /** A token of every entry. */
  static final long COMMON = 1L << 40;

  private Texts() {}

  static SqliteChatStore active(Path folder, long generation) throws StorageException {
    SqliteChatStore store = SqliteChatStore.open(folder, InstantSource.system());
    store.activate(STORE, generation);
    return store;
  }

  /** Entry n of a stream; the same whenever it is asked for. */
  static NewEntry entry(long stream, long number, int length) {
    Random random = new Random(stream * 1_000_003 + number);
    byte[] body = new byte[length];
    random.nextBytes(body);
    return new NewEntry(
        stream,
        new UUID(stream, number),
        1,
        7,
        length,
        number,
        body,
        number % 10 == 0 ? number - 5 : 0,
        List.of(COMMON, number % 7, random.nextLong()));
  }

  static List<Change> batch(long stream, long first, int count, int length) {
    List<Change> changes = new ArrayList<>();
    for (long number = first; number < first + count; number++) {
      changes.add(Change.append(entry(stream, number, length)));
    }
    return changes;
  }
}
