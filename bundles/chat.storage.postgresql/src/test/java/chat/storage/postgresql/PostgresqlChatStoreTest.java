// SPDX-License-Identifier: Apache-2.0
package chat.storage.postgresql;

import chat.storage.tck.ChatStoreContract;
import chat.storage.tck.fixture.StoreFixture;
import chat.storage.tck.fixture.TestClock;
import org.junit.jupiter.api.Tag;

@Tag("slow")
final class PostgresqlChatStoreTest implements ChatStoreContract {

  @Override
  public StoreFixture newFixture(TestClock clock) {
    return new PostgresqlFixture(clock);
  }
}
