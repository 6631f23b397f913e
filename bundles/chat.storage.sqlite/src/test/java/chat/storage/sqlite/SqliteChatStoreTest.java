// SPDX-License-Identifier: Apache-2.0
package chat.storage.sqlite;

import chat.storage.tck.ChatStoreContract;
import chat.storage.tck.fixture.StoreFixture;
import chat.storage.tck.fixture.TestClock;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class SqliteChatStoreTest implements ChatStoreContract {
  @TempDir Path folder;

  @Override
  public StoreFixture newFixture(TestClock clock) {
    return new SqliteFixture(folder, clock);
  }
}
