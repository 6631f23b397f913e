// SPDX-License-Identifier: Apache-2.0
package chat.storage.postgresql;

import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.storage.Change;
import chat.storage.Change.Erasure;
import chat.storage.ChatStore;
import chat.storage.tck.fixture.TestClock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class VacuumTest {

  @Test
  void erasedBytesGoWhileTheStoreIsOpen() throws Exception {
    PostgresqlFixture fixture = new PostgresqlFixture(new TestClock());
    AtomicBoolean due = new AtomicBoolean();
    try (ChatStore store = Texts.active(fixture.database(), 1);
        Vacuum vacuum = new Vacuum(fixture.database(), due, Duration.ofMillis(50))) {
      byte[] body = Arrays.copyOf(Texts.entry(1, 1, 500).body(), 16);
      store.commit(1, Texts.batch(1, 1, 3, 500));
      store.commit(
          1,
          List.of(new Change(List.of(), null, List.of(), List.of(), List.of(new Erasure(1, 1)))));
      assertTrue(fixture.holds(body), "the old version of the row is there for a while");

      due.set(true);

      while (fixture.holds(body)) {
        Thread.sleep(10);
      }
    } finally {
      fixture.close();
    }
  }
}
