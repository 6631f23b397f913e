// SPDX-License-Identifier: Apache-2.0
package chat.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.protocol.Command;
import chat.protocol.Reply;
import chat.server.ServerFixture.Somebody;
import chat.server.base.CellKind;
import chat.storage.ChatStore;
import chat.storage.sqlite.SqliteChatStore;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nobody gets the id of somebody else, and with it what that one left behind. */
@Timeout(60)
class AccountIdTest {
  @TempDir Path folder;

  private ChatStore store;
  private ServerFixture server;

  private void start(String... names) throws Exception {
    store = SqliteChatStore.open(folder.resolve("store"), InstantSource.system());
    server = new ServerFixture(folder, memory -> store, names);
  }

  @AfterEach
  void stop() {
    server.close();
    store.close();
  }

  private void restart() throws Exception {
    stop();
    start();
  }

  private static void leaves(Somebody somebody) {
    assertInstanceOf(Reply.Done.class, somebody.asks(new Command.DeleteAccount("correct horse")));
  }

  @Test
  void anIdIsNotUsedAgainAfterARestart() throws Exception {
    start("anna", "boris");
    Somebody anna = server.one(0);
    Somebody boris = server.one(1);
    anna.does(new Command.Direct(UUID.randomUUID(), boris.account()));
    leaves(boris);
    restart();
    Somebody carla = server.registers("carla");
    assertEquals(boris.account() + 1, carla.account());
    assertEquals(1, carla.enters().rooms().size(), "the Lobby alone, no room of boris");
    leaves(carla);
    leaves(server.registers("dora"));
    restart();
    restart();
    assertEquals(carla.account() + 2, server.registers("emil").account());
  }

  @Test
  void whoAreDeletedAtTheSameTimeLeaveTheHighestOfTheirIds() throws Exception {
    start("anna", "boris", "carla", "dora");
    int[] asked = new int[3];
    for (int i = 0; i < asked.length; i++) {
      asked[i] = server.one(3 - i).sends(new Command.DeleteAccount("correct horse"));
    }
    for (int i = 0; i < asked.length; i++) {
      assertInstanceOf(Reply.Done.class, server.one(3 - i).answered(asked[i]));
    }
    long last = server.one(3).account();
    restart();
    assertEquals(last + 1, server.registers("emil").account());
  }

  @Test
  void inAStoreOfAnEarlierBuildNewIdsBeginFarBehindThoseThatMayHaveBeenUsed() throws Exception {
    start("anna", "boris");
    long last = server.one(1).account();
    leaves(server.one(1));
    stop();
    new DatabaseAttacker(folder.resolve("store")).remove(CellKind.HIGHEST.space());
    start();
    long next = server.registers("carla").account();
    assertTrue(next > last + 1_000, () -> "after " + last + " came " + next);
    leaves(server.logsIn("carla"));
    restart();
    assertEquals(next + 1, server.registers("dora").account());
  }
}
