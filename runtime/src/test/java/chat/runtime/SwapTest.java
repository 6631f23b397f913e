package chat.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.prove.Builds;
import chat.prove.Ledger;
import chat.prove.Load;
import chat.prove.ServerProcess;
import chat.prove.Waits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Parts of the running server are exchanged under load, and killed under load. */
@Timeout(600)
class SwapTest {
  private static final int CLIENTS = 5;
  private static final int PER_SECOND = 200;

  @TempDir Path folder;
  private ServerProcess server;

  @BeforeEach
  void server() throws IOException {
    server = ServerProcess.on(folder.resolve("data"), ServerProcess.Store.SQLITE);
  }

  @Test
  void twentyStorageSwapsUnderLoadAreNotNoticed() throws IOException, InterruptedException {
    server.start();
    Ledger ledger;
    try (Load load = new Load(server, "writer", CLIENTS, PER_SECOND)) {
      for (int swap = 1; swap <= 20; swap++) {
        awaitMore(load, 100);
        String answer = server.ask("swap", Builds.newer("chat.storage.sqlite", folder).toString());
        assertTrue(answer.startsWith("ok\n"), answer);
      }
      awaitMore(load, 100);
      ledger = load.settle();
      assertEquals(0, load.losses(), "connections broke");
      System.out.printf(
          "20 storage swaps: %d acknowledged, longest pause %d ms%n",
          ledger.acknowledged(), load.longestPauseMillis());
    }
    assertEquals(List.of(), ledger.faults());
    assertTrue(ledger.acknowledged() >= 2_000, "there was no load");
    assertEquals(
        20,
        Files.readAllLines(server.data().resolve("log/audit.log")).stream()
            .filter(line -> line.contains("swap done chat.storage.sqlite"))
            .count());
    server.stop();
    server.start();
    assertTrue(server.ask("ready").startsWith("ok\nready"), "the last build starts again");
    server.stop();
  }

  @Test
  void theServersLogicAndTheWireFormatAreSwappedWithTheSocketsOpen()
      throws IOException, InterruptedException {
    server.start();
    Ledger ledger;
    try (Load load = new Load(server, "writer", CLIENTS, PER_SECOND)) {
      for (int swap = 1; swap <= 5; swap++) {
        for (String part : List.of("chat.protocol.cbor", "chat.server")) {
          awaitMore(load, 60);
          String answer = server.ask("swap", Builds.newer(part, folder).toString());
          assertTrue(answer.startsWith("ok\n"), answer);
        }
      }
      awaitMore(load, 60);
      ledger = load.settle();
      assertEquals(0, load.losses(), "connections broke");
      System.out.printf(
          "5 server and 5 format swaps: %d acknowledged, longest pause %d ms%n",
          ledger.acknowledged(), load.longestPauseMillis());
    }
    assertEquals(List.of(), ledger.faults());
    server.stop();
  }

  @Test
  void theOwnerOfTheSocketsIsSwappedAndTheyStayOpen() throws IOException, InterruptedException {
    server.start();
    server.stop();
    server.start(); // on the same port, now a fixed one
    Ledger ledger;
    try (Load load = new Load(server, "writer", CLIENTS, PER_SECOND)) {
      for (int swap = 1; swap <= 3; swap++) {
        awaitMore(load, 60);
        String answer =
            server.ask("swap", Builds.newer("chat.connection.netty", folder).toString());
        assertTrue(answer.startsWith("ok\n"), answer);
      }
      awaitMore(load, 60);
      ledger = load.settle();
      assertEquals(0, load.losses(), "connections broke");
    }
    assertEquals(List.of(), ledger.faults());
    server.stop();
  }

  @Test
  void twentyKillsUnderLoadLoseNothing() throws IOException, InterruptedException {
    server.start();
    Ledger ledger;
    try (Load load = new Load(server, "writer", CLIENTS, PER_SECOND)) {
      load.expectCuts();
      for (int kill = 1; kill <= 20; kill++) {
        awaitMore(load, 60);
        server.kill();
        server.start();
      }
      awaitMore(load, 60);
      ledger = load.settle();
      assertTrue(load.losses() >= CLIENTS, "nobody noticed the kills");
      System.out.printf("20 kills: %d acknowledged%n", ledger.acknowledged());
    }
    assertEquals(List.of(), ledger.faults());
    server.stop();
  }

  @Test
  void aBuildThatDoesNotWorkIsRefusedAndTheOldOneGoesOn() throws IOException, InterruptedException {
    server.start();
    Ledger ledger;
    try (Load load = new Load(server, "writer", 2, 50)) {
      awaitMore(load, 20);
      Path nonsense = Files.writeString(folder.resolve("nonsense.jar"), "this is no jar");
      assertRefused("can't be read", nonsense.toString());
      assertRefused("can't be read", folder.resolve("missing.jar").toString());
      assertRefused("usage", new String[0]);
      assertRefused("a contract", Builds.newer("chat.storage", folder).toString());
      assertRefused(
          "the old chat.storage.sqlite goes on",
          Builds.broken("chat.storage.sqlite", folder).toString());
      awaitMore(load, 20);
      ledger = load.settle();
      assertEquals(0, load.losses());
    }
    assertEquals(List.of(), ledger.faults());
    server.stop();
  }

  private void assertRefused(String why, String... arguments) throws IOException {
    String[] words = new String[arguments.length + 1];
    words[0] = "swap";
    System.arraycopy(arguments, 0, words, 1, arguments.length);
    String answer = server.ask(words);
    assertTrue(answer.startsWith("error\n") && answer.contains(why), answer);
  }

  private static void awaitMore(Load load, int acknowledgements) {
    int goal = load.acknowledged() + acknowledgements;
    while (load.acknowledged() < goal) {
      Waits.moment();
    }
  }
}
