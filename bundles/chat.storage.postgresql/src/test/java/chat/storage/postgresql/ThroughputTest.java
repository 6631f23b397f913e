// SPDX-License-Identifier: Apache-2.0
package chat.storage.postgresql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.storage.Change;
import chat.storage.ChatStore;
import chat.storage.tck.SearchPace;
import chat.storage.tck.fixture.TestClock;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Says how fast this machine commits and searches; no test depends on the figures. */
@Tag("slow")
final class ThroughputTest {

  @Test
  void changesPerSecond() throws Exception {
    for (int batch : new int[] {1, 10, 100, 1_000}) {
      PostgresqlFixture fixture = new PostgresqlFixture(new TestClock());
      try (ChatStore store = Texts.active(fixture.database(), 1)) {
        int rows = Math.clamp(batch * 20L, 300, 20_000);
        commit(store, 2, rows, batch);
        long start = System.nanoTime();
        commit(store, 1, rows, batch);
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf("batch %d: %.0f changes/s%n", batch, rows / seconds);
        assertEquals(rows, store.stream(1).head());
      } finally {
        fixture.close();
      }
    }
  }

  @Test
  void searchInALongStream() throws Exception {
    int entries = Integer.getInteger("chat.storage.entries", 10_000);
    PostgresqlFixture fixture = new PostgresqlFixture(new TestClock());
    try (ChatStore store = Texts.active(fixture.database(), 1)) {
      System.out.print("PostgreSQL, " + SearchPace.measure(store, 1, entries));
      assertEquals(entries, store.stream(1).head());
    } finally {
      fixture.close();
    }
  }

  private static void commit(ChatStore store, long stream, int rows, int batch) throws Exception {
    for (int row = 1; row <= rows; row += batch) {
      store.commit(1, Texts.batch(stream, row, batch, 200));
    }
  }

  /** What a database at the other end of a network makes dear. */
  @Test
  void aBatchWaitsForFewAnswers() throws Exception {
    PostgresqlFixture fixture = new PostgresqlFixture(new TestClock());
    try (Wire wire = new Wire(PostgresServer.get().port());
        ChatStore store = Texts.active(fixture.database(wire), 1)) {
      int one = turns(wire, store, Texts.batch(1, 1, 1, 200));
      int thousand = turns(wire, store, Texts.batch(1, 2, 1_000, 200));
      System.out.printf("round trips: %d for 1 change, %d for 1000%n", one, thousand);
      assertTrue(one <= 8, one + " for one change");
      assertTrue(thousand <= 30, thousand + " for a thousand");
    } finally {
      fixture.close();
    }
  }

  private static int turns(Wire wire, ChatStore store, List<Change> changes) throws Exception {
    int before = wire.turns();
    store.commit(1, changes);
    return wire.turns() - before;
  }
}
