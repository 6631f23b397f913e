// SPDX-License-Identifier: Apache-2.0
package chat.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.admin.client.AdminAnswer;
import chat.admin.client.Json;
import chat.prove.client.Load;
import chat.prove.history.History;
import chat.prove.server.Builds;
import chat.prove.server.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The master key is exchanged while people chat, whatever happens meanwhile. */
@Timeout(200)
class RekeyTest {
  @TempDir Path folder;

  private static Json sealing(ServerProcess server) throws IOException {
    return server.admin().status().json().object("server").object("sealing");
  }

  private static void awaitSealed(ServerProcess server) throws IOException, InterruptedException {
    while (sealing(server).text("running").equals("true")) {
      Thread.sleep(50);
    }
  }

  private static void awaitMore(Load load, int acknowledgements) throws InterruptedException {
    int goal = load.acknowledged() + acknowledgements;
    while (load.acknowledged() < goal) {
      Thread.sleep(20);
    }
  }

  @Test
  void nothingIsLostByKillsAndSwapsMeanwhile() throws Exception {
    Random random = new Random(7);
    Path data = folder.resolve("data");
    Path key = data.resolve("master.key");
    try (ServerProcess server = ServerProcess.on(data, ServerProcess.Store.SQLITE).start()) {
      String first = Files.readString(key);
      History history;
      try (Load load = new Load(server, "writer", 5, 200)) {
        load.expectCuts();
        awaitMore(load, 100);
        AdminAnswer answer = server.ask("rekey");
        assertTrue(answer.isDone(), answer.raw());
        assertNotEquals(first, Files.readString(key));
        answer = server.ask("swap", Builds.newer("chat.server", folder).toString());
        assertTrue(answer.isDone(), answer.raw());
        awaitMore(load, 50);
        for (int round = 0; round < 3; round++) {
          awaitSealed(server);
          String before = Files.readString(key);
          CompletableFuture<Void> asked = CompletableFuture.runAsync(() -> askInVain(server));
          Thread.sleep(random.nextInt(round == 0 ? 40 : 1_500));
          server.kill();
          asked.join();
          server.start();
          awaitMore(load, 50);
          boolean changed = !Files.readString(key).equals(before);
          assertTrue(changed || Files.notExists(data.resolve("master.key.next")));
        }
        awaitSealed(server);
        history = load.settle();
      }
      assertEquals(List.of(), history.violations());
      assertEquals(List.of(), server.admin().status().json().texts("problems"));
      server.stop();
      Files.writeString(key, first);
      assertTrue(server.startAndFail() != 0);
      String output = server.output();
      assertTrue(output.contains("the master key does not fit"), output);
    }
  }

  /** The server may be killed before it answers. */
  private static void askInVain(ServerProcess server) {
    try {
      server.ask("rekey");
    } catch (IOException killed) {
      // whether it was done is seen by the key file
    }
  }
}
