// SPDX-License-Identifier: Apache-2.0
package chat.storage.postgresql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.storage.StorageException.Fenced;
import chat.storage.StorageException.Unavailable;
import chat.storage.tck.fixture.TestClock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One server at a time; what a server lost must not keep the next one out. */
@Tag("slow")
@Timeout(60)
final class OccupancyTest {
  private final PostgresServer server = PostgresServer.get();
  private final PostgresqlFixture fixture = new PostgresqlFixture(new TestClock());

  @AfterEach
  void close() throws Exception {
    fixture.close();
  }

  private PostgresqlChatStore active(String process, long generation) throws Exception {
    return Texts.active(fixture.database(process), generation);
  }

  private void cut(String process) throws Exception {
    server.sql(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            + " WHERE application_name = 'chatroom "
            + process
            + "'");
  }

  @Test
  void aSecondServerIsRefusedAndTheFirstOneGoesOn() throws Exception {
    try (var first = active("4711@anna", 1);
        var second = Texts.open(fixture.database("815@berta"))) {
      Unavailable refused = assertThrows(Unavailable.class, () -> second.activate(Texts.STORE, 2));
      assertTrue(refused.getMessage().contains("4711@anna"), refused.getMessage());

      first.commit(1, Texts.batch(1, 1, 2, 10));
      assertEquals(1, first.state().orElseThrow().generation());
    }
  }

  @Test
  void aServerThatEndedKeepsNobodyOut() throws Exception {
    active("4711@anna", 1).close();

    try (var second = active("815@berta", 2)) {
      second.commit(2, Texts.batch(1, 1, 2, 10));
    }
  }

  @Test
  void theEndOfAKilledServerIsWaitedFor() throws Exception {
    try (var first = active("4711@anna", 1)) {
      CompletableFuture<Void> end =
          CompletableFuture.runAsync(
              () -> {
                try {
                  cut("4711@anna");
                } catch (Exception e) {
                  throw new AssertionError(e);
                }
              },
              CompletableFuture.delayedExecutor(700, TimeUnit.MILLISECONDS));
      try (var second = active("815@berta", 2)) {
        second.commit(2, Texts.batch(1, 1, 2, 10));
      }
      end.join();
      assertThrows(Unavailable.class, () -> first.commit(1, Texts.batch(1, 3, 1, 10)));
      assertThrows(Fenced.class, () -> first.commit(1, Texts.batch(1, 3, 1, 10)));
    }
  }

  @Test
  void aServerThatWasReplacedLeavesNoSign() throws Exception {
    try (var first = active("4711@anna", 1)) {
      cut("4711@anna");
      try (var second = active("815@berta", 2)) {
        assertThrows(Unavailable.class, () -> first.commit(1, Texts.batch(1, 1, 1, 10)));
        assertThrows(Fenced.class, () -> first.commit(1, Texts.batch(1, 1, 1, 10)));
        second.commit(2, Texts.batch(1, 1, 1, 10));
      }
      try (var third = active("12@clara", 3)) {
        third.commit(3, Texts.batch(1, 2, 1, 10));
      }
    }
  }

  @Test
  void aLostConnectionPutsTheSignUpAgain() throws Exception {
    try (var first = active("4711@anna", 1);
        var second = Texts.open(fixture.database("815@berta"))) {
      cut("4711@anna");
      assertThrows(Unavailable.class, () -> first.commit(1, Texts.batch(1, 1, 1, 10)));
      first.commit(1, Texts.batch(1, 1, 1, 10));

      assertThrows(Unavailable.class, () -> second.activate(Texts.STORE, 2));
    }
  }
}
