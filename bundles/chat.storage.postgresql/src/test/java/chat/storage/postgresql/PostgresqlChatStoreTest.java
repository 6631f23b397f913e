// SPDX-License-Identifier: Apache-2.0
package chat.storage.postgresql;

import chat.storage.tck.ChatStoreContract;
import chat.storage.tck.StoreFixture;
import chat.storage.tck.TestClock;

final class PostgresqlChatStoreTest implements ChatStoreContract {

  @Override
  public StoreFixture newFixture(TestClock clock) {
    return new PostgresqlFixture(clock);
  }
}
