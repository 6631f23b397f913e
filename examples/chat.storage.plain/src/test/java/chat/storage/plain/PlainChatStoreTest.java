// SPDX-License-Identifier: Apache-2.0
package chat.storage.plain;

import chat.storage.tck.ChatStoreContract;
import chat.storage.tck.fixture.StoreFixture;
import chat.storage.tck.fixture.TestClock;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.io.TempDir;

/** All that a store of one's own has to pass. */
final class PlainChatStoreTest implements ChatStoreContract {
  @TempDir Path temporary;

  @Override
  public StoreFixture newFixture(TestClock clock) {
    return new PlainFixture(temporary.resolve(UUID.randomUUID().toString()), clock);
  }
}
