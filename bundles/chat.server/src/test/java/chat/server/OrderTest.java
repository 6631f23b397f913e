// SPDX-License-Identifier: Apache-2.0
package chat.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.protocol.Command;
import chat.protocol.Cursor;
import chat.protocol.Event;
import chat.protocol.Problem;
import chat.protocol.Reply;
import chat.protocol.RoomKind;
import chat.protocol.RoomSettings.Change;
import chat.server.ServerFixture.Somebody;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Texts that are under way at the same time stand in the order in which they were sent. */
@Timeout(60)
class OrderTest {
  @TempDir Path folder;

  private final Semaphore mayCommit = new Semaphore(Integer.MAX_VALUE);

  @Test
  void aTextThatMeetsAChangeOfItsRoomIsNotOvertakenByTheNext() throws Exception {
    try (ServerFixture server =
        new ServerFixture(
            folder,
            store ->
                InterceptingStore.store(
                    store,
                    (method, arguments, call) -> {
                      if (method.equals("commit")) {
                        mayCommit.acquire();
                      }
                      return call.goOn();
                    }),
            "anna",
            "boris")) {
      Somebody anna = server.one(0);
      Somebody boris = server.one(1);
      long room = anna.makes(RoomKind.PRIVATE, "room");
      anna.bringsIn(boris, room);
      server.settle();
      mayCommit.drainPermits();

      int set =
          anna.sends(new Command.SetRoom(UUID.randomUUID(), room, Change.NONE.withTopic("t")));
      Command.Post first = new Command.Post(UUID.randomUUID(), room, "first");
      int early = boris.sends(first);
      mayCommit.release();
      assertInstanceOf(Reply.Posted.class, anna.answered(set));
      // The first text waits for the disk with what it relied on; this one relies on the new room.
      int late = boris.sends(new Command.Post(UUID.randomUUID(), room, "second"));
      mayCommit.release(1_000);

      Reply.Failed failed = assertInstanceOf(Reply.Failed.class, boris.answered(early));
      assertEquals(Problem.BUSY, failed.problem());
      Reply.Posted second = assertInstanceOf(Reply.Posted.class, boris.answered(late));
      assertEquals(second.number() + 1, boris.does(first).number(), "sent again, it is the next");
    }
  }

  /** The second one is looked for before the first is on disk, and its message after that. */
  @Test
  void aDeletionThatIsSaidTwiceIsAnsweredTwice() throws Exception {
    AtomicInteger found = new AtomicInteger(Integer.MIN_VALUE);
    CountDownLatch deleted = new CountDownLatch(1);
    try (ServerFixture server =
        new ServerFixture(
            folder,
            store ->
                InterceptingStore.store(
                    store,
                    (method, arguments, call) -> {
                      if (method.equals("commit") && found.get() >= 0) {
                        mayCommit.acquire();
                        Object outcome = call.goOn();
                        deleted.countDown();
                        return outcome;
                      }
                      Object result = call.goOn();
                      if (method.equals("find") && found.incrementAndGet() == 2) {
                        mayCommit.release(1_000);
                        assertTrue(deleted.await(30, TimeUnit.SECONDS));
                      }
                      return result;
                    }),
            "anna")) {
      Somebody anna = server.one(0);
      Event.Entry said = anna.says(1, "not what I meant");
      server.settle();
      mayCommit.drainPermits();
      found.set(0);

      Command.Delete delete = new Command.Delete(UUID.randomUUID(), Cursor.behind(said));
      int first = anna.sends(delete);
      int second = anna.sends(delete);
      Reply.Posted once = assertInstanceOf(Reply.Posted.class, anna.answered(first));
      assertEquals(once, anna.answered(second));
    }
  }
}
