// SPDX-License-Identifier: Apache-2.0
package chat.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.admin.client.AdminAnswer;
import chat.admin.client.CopyReport;
import chat.prove.client.Load;
import chat.prove.history.History;
import chat.prove.server.Builds;
import chat.prove.server.ServerProcess;
import chat.prove.server.Waits;
import chat.storage.postgresql.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The server with its store on a real PostgreSQL, under load. */
@Timeout(300)
class PostgresqlTest {
  private static final PostgresServer POSTGRES = PostgresServer.get();

  @TempDir Path folder;

  private ServerProcess server(String schema) throws IOException {
    ServerProcess server = ServerProcess.on(folder.resolve("data"), ServerProcess.Store.SQLITE);
    Files.writeString(
        server.data().resolve("conf/chat.storage.postgresql-main.config"),
        "name=\"postgresql\"\nurl=\"%s\"\nuser=\"%s\"\nschema=\"%s\"\n"
            .formatted(POSTGRES.url(), POSTGRES.user(), schema));
    return server;
  }

  private static Load load(ServerProcess server) throws IOException {
    return new Load(server, "writer", 4, 100);
  }

  private static void awaitMore(Load load) {
    int goal = load.acknowledged() + 60;
    while (load.acknowledged() < goal) {
      Waits.moment();
    }
  }

  @Test
  void killsOfTheServerAndOfTheDatabaseLoseNothing() throws IOException, InterruptedException {
    ServerProcess server = server("kills").set("store", "\"postgresql\"").start();
    History history;
    try (Load load = load(server)) {
      load.expectCuts();
      for (int round = 1; round <= 3; round++) {
        awaitMore(load);
        POSTGRES.stop();
        POSTGRES.start();
        awaitMore(load);
        server.kill();
        server.start();
      }
      awaitMore(load);
      history = load.settle();
    }
    assertEquals(List.of(), history.violations());
    server.stop();
  }

  @Test
  void newBuildsAreNotNoticed() throws IOException, InterruptedException {
    ServerProcess server = server("builds").set("store", "\"postgresql\"").start();
    History history;
    try (Load load = load(server)) {
      for (int swap = 1; swap <= 5; swap++) {
        awaitMore(load);
        AdminAnswer answer =
            server.ask("swap", Builds.newer("chat.storage.postgresql", folder).toString());
        assertTrue(answer.isDone(), answer.raw());
      }
      awaitMore(load);
      history = load.settle();
      assertEquals(0, load.losses(), "connections broke");
      System.out.printf(
          "5 swaps on PostgreSQL: %d acknowledged, longest pause %d ms%n",
          history.acknowledged(), load.longestPauseMillis());
    }
    assertEquals(List.of(), history.violations());
    server.stop();
  }

  private static String copied(ServerProcess server) throws IOException {
    CopyReport copy = server.admin().copy();
    while (copy.isRunning()) {
      Waits.moment();
      copy = server.admin().copy();
    }
    assertTrue(copy.isDone(), copy.text());
    return copy.text();
  }

  @Test
  void theChatMovesToPostgresqlAndBack() throws IOException, InterruptedException {
    ServerProcess server = server("moves").start();
    History history;
    try (Load load = load(server)) {
      for (List<String> way :
          List.of(List.of("sqlite", "postgresql"), List.of("postgresql", "sqlite"))) {
        awaitMore(load);
        AdminAnswer answer = server.ask("migrate", way.get(0), way.get(1));
        assertTrue(answer.isDone(), answer.raw());
        System.out.println(copied(server));
        awaitMore(load);
      }
      history = load.settle();
      assertEquals(0, load.losses(), "connections broke");
      System.out.printf(
          "there and back: %d acknowledged, longest pause %d ms%n",
          history.acknowledged(), load.longestPauseMillis());
    }
    assertEquals(List.of(), history.violations());
    server.stop();
  }
}
