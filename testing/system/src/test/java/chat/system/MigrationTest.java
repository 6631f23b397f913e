// SPDX-License-Identifier: Apache-2.0
package chat.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.admin.client.AdminAnswer;
import chat.admin.client.CopyReport;
import chat.admin.client.StoreReport;
import chat.client.ClientEvent;
import chat.protocol.Content;
import chat.protocol.Event;
import chat.protocol.RoomView;
import chat.prove.VerificationRun;
import chat.prove.client.Load;
import chat.prove.history.History;
import chat.prove.report.Report;
import chat.prove.server.Builds;
import chat.prove.server.ServerProcess;
import chat.system.FaultySource.Edit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything moves to another store while people chat; into a file, and back from it. */
@Timeout(300)
class MigrationTest {
  @TempDir Path folder;

  private ServerProcess server() throws IOException {
    ServerProcess server = ServerProcess.on(folder.resolve("data"), ServerProcess.Store.SQLITE);
    Files.writeString(
        server.data().resolve("conf/chat.storage.sqlite-second.config"),
        "name=\"second\"\nfolder=\"store-second\"\n");
    return server;
  }

  private static void assertOk(AdminAnswer answer) {
    assertTrue(answer.isDone(), answer.raw());
  }

  /** What became of the copy that runs. */
  private static CopyReport end(ServerProcess server) throws IOException {
    while (true) {
      CopyReport copy = server.admin().copy();
      if (!copy.isRunning()) {
        return copy;
      }
      pause();
    }
  }

  private static void assertEnds(CopyReport.State state, String kind, ServerProcess server)
      throws IOException {
    CopyReport copy = end(server);
    assertEquals(state, copy.state(), copy.text());
    assertEquals(kind, copy.kind());
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void awaitMore(Load load, int acknowledgements) {
    int goal = load.acknowledged() + acknowledgements;
    while (load.acknowledged() < goal) {
      pause();
    }
  }

  private static String active(ServerProcess server) throws IOException {
    return StoreReport.active(server.admin()).orElse("none");
  }

  @Test
  void thereAndBackUnderLoadNothingIsLost() throws IOException, InterruptedException {
    try (ServerProcess server = server()) {
      server.start();
      Report report =
          VerificationRun.of(
              server,
              folder,
              "--clients",
              "5",
              "--rate",
              "300",
              "--swap",
              "migrate",
              "--swaps",
              "6",
              "--every",
              "0.5",
              "--files",
              "4",
              "--seconds",
              "8");
      assertEquals(List.of(), report.examples());
      assertEquals("sqlite", active(server));
      assertEquals(
          6,
          Files.readAllLines(server.data().resolve("log/audit.log")).stream()
              .filter(
                  line -> line.contains("\"event\":\"copy-done\"") && line.contains("\"migration "))
              .count());
    }
  }

  /** Where the process ends, and which store is the truth then. */
  static List<Arguments> steps() {
    return List.of(
        dying(FaultPoint.MIGRATION_SETTLE, "sqlite"),
        dying(FaultPoint.MIGRATION_RECEIVE, "sqlite"),
        dying(FaultPoint.MIGRATION_COPY, "sqlite"),
        dying(FaultPoint.MIGRATION_FOLLOW, "sqlite"),
        dying(FaultPoint.MIGRATION_COMPARE, "sqlite"),
        dying(FaultPoint.MIGRATION_ACTIVATE, "sqlite"),
        dying(FaultPoint.MIGRATION_RETIRE, "sqlite"),
        dying(FaultPoint.MIGRATION_NAME, "second"),
        dying(FaultPoint.MIGRATION_FORGET, "second"));
  }

  private static Arguments dying(FaultPoint point, String truth) {
    return Arguments.of(Edit.before(point, "Runtime.getRuntime().halt(9);"), truth);
  }

  @ParameterizedTest(name = "dies before {0}")
  @MethodSource("steps")
  void whereverItIsKilledOneStoreIsTheTruthAndItGoesOn(Edit dies, String truth)
      throws IOException, InterruptedException {
    try (ServerProcess server = server()) {
      server.install("chat.server", FaultyBuild.of("chat.server", folder, dies));
      server.start();
      History history;
      try (Load load = new Load(server, "writer", 3, 200)) {
        load.expectCuts();
        awaitMore(load, 150);
        dies(server, "migrate", "sqlite", "second");
        server.install("chat.server", Builds.newer("chat.server", folder));
        server.start();
        assertEquals(truth, active(server));
        awaitMore(load, 50);
        if (truth.equals("sqlite")) {
          migrates(server, "sqlite", "second");
        }
        awaitMore(load, 50);
        migrates(server, "second", "sqlite");
        awaitMore(load, 50);
        history = load.settle();
      }
      assertEquals(List.of(), history.violations());
      assertFalse(Files.exists(server.data().resolve("migration")));
    }
  }

  /** It may die before it has answered. */
  private static void dies(ServerProcess server, String... words) {
    try {
      server.ask(words);
    } catch (IOException e) {
      // Then nobody answers.
    }
    while (server.alive()) {
      pause();
    }
  }

  private static void migrates(ServerProcess server, String from, String to) throws IOException {
    assertOk(server.ask("migrate", from, to));
    assertEnds(CopyReport.State.DONE, "migration", server);
    assertEquals(to, active(server));
  }

  @Test
  void aRestoreDrill() throws IOException, InterruptedException {
    Path backup = folder.resolve("backup.chat");
    Path sent = Files.write(folder.resolve("sent.bin"), new byte[700_000]);
    try (ServerProcess server = server().start();
        TestUser alice = TestUser.named("alice", server, folder).registers();
        TestUser bob = TestUser.named("bob", server, folder).registers()) {
      alice.says("before");
      bob.hears(alice, "before");
      Event.Entry file = alice.sendsFile(sent);
      assertOk(server.ask("backup", backup.toString()));
      assertEnds(CopyReport.State.DONE, "backup", server);
      bob.says("after");
      alice.hears(bob, "after");

      assertOk(server.ask("restore", backup.toString()));
      assertEnds(CopyReport.State.DONE, "restoration", server);
      assertTrue(active(server).startsWith("restored-"), active(server));
      for (TestUser friend : List.of(alice, bob)) {
        friend.first("all anew", event -> isAnew(event, file.number()) ? event : null);
      }

      alice.says("later");
      bob.hears(alice, "later");
      try (TestUser carol = TestUser.named("carol", server, folder).registers()) {
        assertEquals(List.of("before", "later"), texts(carol.lobby()));
        carol.fetches(file, folder.resolve("received.bin"));
        assertEquals(-1, Files.mismatch(sent, folder.resolve("received.bin")));
      }
    }
  }

  /** The cursor from before fits no more: the room is told from its newest page on. */
  private static boolean isAnew(ClientEvent event, long head) {
    return event instanceof ClientEvent.Entered entered
        && !entered.rooms().getFirst().resumed()
        && entered.rooms().getFirst().head() == head;
  }

  private static List<String> texts(RoomView room) {
    return room.entries().stream()
        .flatMap(entry ->
            entry.content() instanceof Content.Text(String text, _, _, _, _)
                ? Stream.of(text)
                : Stream.empty())
        .toList();
  }

  @Test
  void aBackupThatWasTouchedIsRefusedAndTheServerGoesOn() throws IOException, InterruptedException {
    Path backup = folder.resolve("backup.chat");
    try (ServerProcess server = server().start();
        TestUser alice = TestUser.named("alice", server, folder).registers()) {
      alice.saysAndHears("before");
      assertOk(server.ask("backup", backup.toString()));
      assertEnds(CopyReport.State.DONE, "backup", server);
      byte[] bytes = Files.readAllBytes(backup);
      bytes[bytes.length / 2] ^= 1;
      Files.write(backup, bytes);

      assertOk(server.ask("restore", backup.toString()));

      assertEnds(CopyReport.State.FAILED, "restoration", server);
      assertEquals("sqlite", active(server));
      alice.saysAndHears("still here");
      assertEquals(0, alice.losses());
    }
  }
}
