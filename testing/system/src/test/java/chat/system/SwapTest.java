// SPDX-License-Identifier: Apache-2.0
package chat.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.admin.client.AdminAnswer;
import chat.prove.client.Load;
import chat.prove.history.History;
import chat.prove.server.Builds;
import chat.prove.server.ServerProcess;
import chat.prove.server.Waits;
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
    History history;
    try (Load load = new Load(server, "writer", CLIENTS, PER_SECOND)) {
      for (int swap = 1; swap <= 20; swap++) {
        awaitMore(load, 100);
        AdminAnswer answer =
            server.ask("swap", Builds.newer("chat.storage.sqlite", folder).toString());
        assertTrue(answer.isDone(), answer.raw());
      }
      awaitMore(load, 100);
      history = load.settle();
      assertEquals(0, load.losses(), "connections broke");
      System.out.printf(
          "20 storage swaps: %d acknowledged, longest pause %d ms%n",
          history.acknowledged(), load.longestPauseMillis());
    }
    assertEquals(List.of(), history.violations());
    assertTrue(history.acknowledged() >= 2_000, "there was no load");
    assertEquals(
        20,
        Files.readAllLines(server.data().resolve("log/audit.log")).stream()
            .filter(line ->
                line.contains("\"event\":\"swap-done\"") && line.contains("\"chat.storage.sqlite"))
            .count());
    server.stop();
    server.start();
    assertEquals("ready", server.admin().health(), "the last build starts again");
    server.stop();
  }

  @Test
  void theServersLogicAndTheWireFormatAreSwappedWithTheSocketsOpen()
      throws IOException, InterruptedException {
    server.start();
    History history;
    try (Load load = new Load(server, "writer", CLIENTS, PER_SECOND)) {
      for (int swap = 1; swap <= 5; swap++) {
        for (String part : List.of("chat.protocol.cbor", "chat.server")) {
          awaitMore(load, 60);
          AdminAnswer answer = server.ask("swap", Builds.newer(part, folder).toString());
          assertTrue(answer.isDone(), answer.raw());
        }
      }
      awaitMore(load, 60);
      history = load.settle();
      assertEquals(0, load.losses(), "connections broke");
      System.out.printf(
          "5 server and 5 format swaps: %d acknowledged, longest pause %d ms%n",
          history.acknowledged(), load.longestPauseMillis());
    }
    assertEquals(List.of(), history.violations());
    server.stop();
  }

  @Test
  void whoLeftJustBeforeTheServersLogicWasSwappedIsSeenGoing()
      throws IOException, InterruptedException {
    server.set("awaySeconds", "I\"3\"").start();
    try (TestUser alice = TestUser.named("alice", server, folder).registers()) {
      try (TestUser bob = TestUser.named("bob", server, folder).registers()) {
        alice.seesComing(bob);
      }
      AdminAnswer answer = server.ask("swap", Builds.newer("chat.server", folder).toString());
      assertTrue(answer.isDone(), answer.raw());
      try (TestUser carol = TestUser.named("carol", server, folder).registers()) {
        alice.seesComing(carol);
        for (TestUser friend : List.of(alice, carol)) {
          friend.seesGoing("bob");
        }
      }
    }
    server.stop();
  }

  @Test
  void aWireFormatAndAStoreRestForAWhileAndWhatComesWaits()
      throws IOException, InterruptedException {
    server.start();
    History history;
    try (Load load = new Load(server, "writer", CLIENTS, PER_SECOND)) {
      for (String part : List.of("chat.protocol.cbor", "chat.storage.sqlite", "chat.server")) {
        awaitMore(load, 60);
        assertTrue(server.ask("part", "stop", part).isDone());
        int before = load.acknowledged();
        for (int i = 0; i < 20; i++) {
          Waits.moment();
        }
        assertTrue(load.acknowledged() <= before + 60, "it did not rest");
        assertTrue(server.ask("part", "start", part).isDone());
      }
      awaitMore(load, 60);
      history = load.settle();
      assertEquals(0, load.losses(), "connections broke");
    }
    assertEquals(List.of(), history.violations());
    assertRefused("usage", "part", "stop");
    assertRefused("not a part", "part", "stop", "chat.admin");
    server.stop();
  }

  @Test
  void theOwnerOfTheSocketsIsSwappedAndTheyStayOpen() throws IOException, InterruptedException {
    server.start();
    History history;
    try (Load load = new Load(server, "writer", CLIENTS, PER_SECOND)) {
      for (int swap = 1; swap <= 5; swap++) {
        awaitMore(load, 60);
        AdminAnswer answer =
            server.ask("swap", Builds.newer("chat.connection.netty", folder).toString());
        assertTrue(answer.isDone(), answer.raw());
      }
      awaitMore(load, 60);
      history = load.settle();
      assertEquals(0, load.losses(), "connections broke");
    }
    assertEquals(List.of(), history.violations());
    server.stop();
  }

  @Test
  void twentyKillsUnderLoadLoseNothing() throws IOException, InterruptedException {
    server.start();
    History history;
    try (Load load = new Load(server, "writer", CLIENTS, PER_SECOND)) {
      load.expectCuts();
      for (int kill = 1; kill <= 20; kill++) {
        awaitMore(load, 60);
        server.kill();
        server.start();
      }
      awaitMore(load, 60);
      history = load.settle();
      assertTrue(load.losses() >= CLIENTS, "nobody noticed the kills");
      System.out.printf("20 kills: %d acknowledged%n", history.acknowledged());
    }
    assertEquals(List.of(), history.violations());
    server.stop();
  }

  private void assertRefused(String why, String... words) throws IOException {
    AdminAnswer answer = server.ask(words);
    AdminAnswer.Refused refused = assertInstanceOf(AdminAnswer.Refused.class, answer);
    assertTrue(refused.message().contains(why), refused.message());
  }

  private static void awaitMore(Load load, int acknowledgements) {
    int goal = load.acknowledged() + acknowledgements;
    while (load.acknowledged() < goal) {
      Waits.moment();
    }
  }
}
