// SPDX-License-Identifier: Apache-2.0
package chat.storage.memory;

import chat.storage.tck.ChatStoreContract;
import chat.storage.tck.fixture.StoreFixture;
import chat.storage.tck.fixture.TestClock;

final class MemoryChatStoreTest implements ChatStoreContract {
  @Override
  public StoreFixture newFixture(TestClock clock) {
    return new MemoryFixture(clock);
  }
}
