// SPDX-License-Identifier: Apache-2.0
package chat.storage.postgresql;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.storage.Change;
import chat.storage.Change.NewEntry;
import chat.storage.ChatStore;
import chat.storage.Outcome;
import chat.storage.Outcome.Committed;
import chat.storage.Outcome.Repeated;
import chat.storage.Row;
import chat.storage.StorageException.Unavailable;
import chat.storage.StorageException.Uncertain;
import chat.storage.tck.fixture.TestClock;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The database or the way to it goes away: nothing is lost, nothing doubled, it goes on by itself.
 */
@Tag("slow")
@Timeout(120)
final class LossTest {
  private static final int BATCH = 5;

  private final PostgresServer server = PostgresServer.get();
  private final PostgresqlFixture fixture = new PostgresqlFixture(new TestClock());
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicBoolean enough = new AtomicBoolean();

  @AfterEach
  void close() throws Exception {
    fixture.close();
  }

  /** Commits as the server does: whatever was not acknowledged is offered again. */
  private long commit(ChatStore store) throws Exception {
    long failures = 0;
    while (!enough.get()) {
      List<Change> batch = Texts.batch(1, acknowledged.get() + 1, BATCH, 300);
      try {
        List<Outcome> outcomes = store.commit(1, batch);
        for (int i = 0; i < BATCH; i++) {
          long number =
              switch (outcomes.get(i)) {
                case Committed(long fresh, _) -> fresh;
                case Repeated(long known, _) -> known;
                case Outcome.Refused refused -> throw new AssertionError(refused);
              };
          assertEquals(acknowledged.get() + i + 1, number);
        }
        acknowledged.addAndGet(BATCH);
      } catch (Unavailable e) {
        failures++;
        Thread.sleep(5);
      }
    }
    return failures;
  }

  private void awaitMore(Future<Long> committing) throws Exception {
    long before = acknowledged.get();
    while (acknowledged.get() < before + 10 * BATCH) {
      if (committing.isDone()) {
        committing.get();
      }
      Thread.sleep(1);
    }
  }

  @FunctionalInterface
  private interface Loss {
    void happen() throws Exception;
  }

  private void commitsThrough(int times, Loss loss) throws Exception {
    try (ChatStore store = Texts.active(fixture.database(), 1);
        ExecutorService committer = Executors.newSingleThreadExecutor()) {
      Future<Long> committing = committer.submit(() -> commit(store));
      try {
        for (int i = 0; i < times; i++) {
          awaitMore(committing);
          loss.happen();
        }
        awaitMore(committing);
      } finally {
        enough.set(true);
      }
      assertTrue(committing.get(30, TimeUnit.SECONDS) > 0, "it was noticed");
      check(store);
    }
  }

  private void check(ChatStore store) throws Exception {
    assertEquals(acknowledged.get(), store.stream(1).head());
    long number = 0;
    for (List<Row> page = store.after(1, 0, 200);
        !page.isEmpty();
        page = store.after(1, number, 200)) {
      for (Row row : page) {
        number++;
        Row.Entry entry = assertInstanceOf(Row.Entry.class, row);
        NewEntry written = Texts.entry(1, number, 300);
        assertEquals(number, entry.number());
        assertEquals(written.id(), entry.envelope().id());
        assertArrayEquals(written.body(), entry.body());
      }
    }
    assertEquals(acknowledged.get(), number);
  }

  @Test
  void killedProcessesOfTheDatabase() throws Exception {
    commitsThrough(
        6,
        () -> {
          long before = acknowledged.get();
          server.kill();
          server.start();
          try (ChatStore beside = fixture.open()) {
            assertTrue(beside.stream(1).head() >= before, "acknowledged entries are lost");
          }
        });
  }

  @Test
  void cutConnections() throws Exception {
    commitsThrough(
        20,
        () ->
            server.sql(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    + " WHERE application_name LIKE 'chatroom%'"));
  }

  @Test
  void anAnswerThatWasLostIsSettledByTheSameAgain() throws Exception {
    try (Wire wire = new Wire(server.port());
        ChatStore store = Texts.active(fixture.database(wire), 1)) {
      List<Change> batch = Texts.batch(1, 1, 3, 100);
      wire.breakAfterCommit();

      assertThrows(Uncertain.class, () -> store.commit(1, batch));

      List<Outcome> again = store.commit(1, batch);
      for (int i = 0; i < 3; i++) {
        assertEquals(i + 1, assertInstanceOf(Repeated.class, again.get(i)).number());
      }
      assertEquals(3, store.stream(1).head());
    }
  }

  @Test
  void whileTheDatabaseIsDownCallsFailAndLaterTheyDoNot() throws Exception {
    try (ChatStore store = Texts.active(fixture.database(), 1)) {
      store.commit(1, Texts.batch(1, 1, 2, 100));
      store.stage(Texts.STORE, 0, new byte[10]);
      server.stop();
      try {
        Unavailable down =
            assertThrows(Unavailable.class, () -> store.commit(1, Texts.batch(1, 3, 1, 100)));
        assertEquals(Unavailable.class, down.getClass(), "nothing was sent, so that it is certain");
        Unavailable read = assertThrows(Unavailable.class, () -> store.after(1, 0, 10));
        assertTrue(read.getMessage().contains("127.0.0.1"), read.getMessage());
      } finally {
        server.start();
      }
      assertEquals(2, store.after(1, 0, 10).size());
      assertEquals(3, number(store.commit(1, Texts.batch(1, 3, 1, 100)).getFirst()));
    }
  }

  private static long number(Outcome outcome) {
    return assertInstanceOf(Committed.class, outcome).number();
  }

  @Test
  void readsDoNotNoticeARestartBetweenThem() throws Exception {
    try (ChatStore store = Texts.active(fixture.database(), 1)) {
      store.commit(1, Texts.batch(1, 1, 2, 100));
      for (int i = 0; i < 3; i++) {
        assertEquals(2, store.after(1, 0, 10).size());
        server.stop();
        server.start();
      }
      assertEquals(2, store.after(1, 0, 10).size());
    }
  }
}
