// SPDX-License-Identifier: Apache-2.0
package chat.storage.postgresql;

import chat.storage.Change;
import chat.storage.Change.NewEntry;
import chat.storage.StorageException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Stores and entries for the tests of this engine. */
final class Texts {
  static final UUID STORE = new UUID(1, 2);

  private Texts() {}

  static PostgresqlChatStore open(Database database) throws StorageException {
    return PostgresqlChatStore.open(database, InstantSource.system());
  }

  static PostgresqlChatStore active(Database database, long generation) throws StorageException {
    PostgresqlChatStore store = open(database);
    store.activate(STORE, generation);
    return store;
  }

  /** Entry n of a stream; the same whenever it is asked for. */
  static NewEntry entry(long stream, long number, int length) {
    byte[] body = new byte[length];
    new Random(stream * 1_000_003 + number).nextBytes(body);
    return new NewEntry(stream, new UUID(stream, number), 1, 7, length, number, body);
  }

  static List<Change> batch(long stream, long first, int count, int length) {
    List<Change> changes = new ArrayList<>();
    for (long number = first; number < first + count; number++) {
      changes.add(Change.append(entry(stream, number, length)));
    }
    return changes;
  }
}
