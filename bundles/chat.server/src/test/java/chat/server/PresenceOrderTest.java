// SPDX-License-Identifier: Apache-2.0
package chat.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import chat.protocol.Availability;
import chat.protocol.Command;
import chat.protocol.Person;
import chat.protocol.PresenceStatus;
import chat.protocol.Reply;
import chat.server.ServerFixture.Somebody;
import chat.server.session.Presence;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Of what a client says about its presence, the last word counts, however slow the disk is. */
@Timeout(60)
class PresenceOrderTest {
  @TempDir Path folder;

  private final CountDownLatch go = new CountDownLatch(1);
  private volatile boolean slow;

  @Test
  void whoGoesAwayWhileTheRoomsAreStillReadIsAway() throws Exception {
    try (ServerFixture server =
        new ServerFixture(
            folder,
            store ->
                InterceptingStore.store(
                    store,
                    (method, arguments, call) -> {
                      if (slow && method.equals("before")) {
                        go.await();
                      }
                      return call.goOn();
                    }),
            Map.of(),
            "anna",
            "boris")) {
      Somebody anna = server.one(0);
      slow = true;
      int sync = anna.sends(new Command.Sync(List.of(), 50, 10));
      int away = anna.sends(new Command.SetPresence(Availability.AWAY));
      slow = false;
      go.countDown();
      assertInstanceOf(Reply.Synced.class, anna.answered(sync));
      assertInstanceOf(Reply.Done.class, anna.answered(away));
      server.settle();
      assertEquals(
          List.of(new PresenceStatus(anna.account(), Availability.AWAY)),
          server.server().context().online().presence().statuses(server.one(1).account()));
    }
  }

  @Test
  void whoQuitsIsGoneAtOnceAndWhoLosesTheLineIsNot() throws Exception {
    try (ServerFixture server = new ServerFixture(folder, "anna", "boris", "carla")) {
      Somebody boris = server.one(1);
      Somebody carla = server.one(2);
      assertInstanceOf(
          Reply.Done.class, boris.asks(new Command.SetPresence(Availability.ONLINE, true)));
      boris.session().closed();
      carla.session().closed();
      Presence presence = server.server().context().online().presence();
      presence.tick(System.nanoTime());
      assertEquals(
          List.of("anna", "carla"),
          presence.online(server.one(0).account()).stream().map(Person::name).toList());
    }
  }

  @Test
  void whoThinksBetterOfQuittingIsTakenForLost() throws Exception {
    try (ServerFixture server = new ServerFixture(folder, "anna", "boris")) {
      Somebody boris = server.one(1);
      boris.asks(new Command.SetPresence(Availability.ONLINE, true));
      boris.asks(new Command.SetPresence(Availability.AWAY));
      boris.session().closed();
      Presence presence = server.server().context().online().presence();
      presence.tick(System.nanoTime());
      assertEquals(2, presence.online(server.one(0).account()).size());
    }
  }
}
