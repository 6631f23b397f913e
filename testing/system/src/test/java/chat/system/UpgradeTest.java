// SPDX-License-Identifier: Apache-2.0
package chat.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.admin.client.AdminAnswer;
import chat.prove.client.Load;
import chat.prove.history.History;
import chat.prove.server.Builds;
import chat.prove.server.ServerProcess;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A whole release takes the place of another one under load, and goes again. */
@Timeout(300)
class UpgradeTest {
  @TempDir Path folder;

  private static String version(ServerProcess server, String part) throws IOException {
    return server.admin().status().version(part);
  }

  private static void awaitMore(Load load, int acknowledgements) {
    int goal = load.acknowledged() + acknowledgements;
    while (load.acknowledged() < goal) {
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void awaitVersion(ServerProcess server, String part, String version)
      throws IOException {
    while (!said(server, part).equals(version)) {
      pause();
    }
  }

  /** The socket is away for a moment while chat.admin is exchanged. */
  private static String said(ServerProcess server, String part) {
    try {
      return version(server, part);
    } catch (IOException | NoSuchElementException e) {
      return "away";
    }
  }

  @Test
  void thereAndBackWithTheSocketsOpenAndAStartFindsTheOneThatRan()
      throws IOException, InterruptedException {
    try (ServerProcess server =
        ServerProcess.on(folder.resolve("data"), ServerProcess.Store.SQLITE)) {
      server.start();
      String first = version(server, "chat.storage");
      History history;
      try (Load load = new Load(server, "writer", 5, 200)) {
        awaitMore(load, 100);
        AdminAnswer answer = server.ask("upgrade", Builds.release(folder).toString());
        assertTrue(answer.isDone(), answer.raw());
        String second = version(server, "chat.storage");
        assertTrue(!second.equals(first), second);
        awaitVersion(server, "chat.admin", second);
        awaitMore(load, 100);
        String back = answer.result().text("previous");
        assertTrue(Files.isDirectory(Path.of(back)), answer.raw());
        answer = server.ask("upgrade", back);
        assertTrue(answer.isDone(), answer.raw());
        assertEquals(first, version(server, "chat.storage"));
        awaitVersion(server, "chat.admin", first);
        awaitMore(load, 100);
        answer = server.ask("upgrade", back);
        assertTrue(!answer.isDone() || answer.result().count("parts") == 0, answer.raw());
        // What was exchanged beside an older one comes from another location than at the start.
        for (int round = 0; round < 2; round++) {
          answer = server.ask("swap", Builds.newer("chat.storage.sqlite", folder).toString());
          assertTrue(answer.isDone(), answer.raw());
          awaitMore(load, 20);
          answer = server.ask("upgrade", Builds.release(folder).toString());
          assertTrue(answer.isDone(), answer.raw());
          awaitVersion(server, "chat.admin", version(server, "chat.server"));
          awaitMore(load, 20);
        }
        history = load.settle();
        assertEquals(0, load.losses(), "connections broke");
      }
      assertEquals(List.of(), history.violations());
      String third = version(server, "chat.server");
      server.stop();
      // A crash between the two renames leaves it like this.
      Path program = folder.resolve("data-program");
      Files.move(program.resolve("system"), program.resolve("system.next"));
      server.start();
      assertEquals(third, version(server, "chat.server"));
    }
  }

  @Test
  void aReleaseWithTheSameContractsIsExchangedPartByPart()
      throws IOException, InterruptedException {
    try (ServerProcess server =
        ServerProcess.on(folder.resolve("data"), ServerProcess.Store.SQLITE)) {
      server.start();
      String contract = version(server, "chat.storage");
      History history;
      try (Load load = new Load(server, "writer", 5, 200)) {
        awaitMore(load, 100);
        AdminAnswer answer =
            server.ask("upgrade", Builds.releaseOfTheSameContracts(folder).toString());
        assertTrue(answer.isDone(), answer.raw());
        String second = version(server, "chat.server");
        assertNotEquals(contract, second);
        for (String part :
            List.of("chat.storage.sqlite", "chat.protocol.cbor", "chat.connection.netty")) {
          assertEquals(second, version(server, part));
        }
        assertEquals(contract, version(server, "chat.storage"));
        awaitVersion(server, "chat.admin", second);
        awaitMore(load, 100);
        answer = server.ask("upgrade", answer.result().text("previous"));
        assertTrue(answer.isDone(), answer.raw());
        assertEquals(contract, version(server, "chat.server"));
        awaitVersion(server, "chat.admin", contract);
        awaitMore(load, 100);
        answer = server.ask("upgrade", Builds.releaseOfTheSameContracts(folder).toString());
        assertTrue(answer.isDone(), answer.raw());
        awaitVersion(server, "chat.admin", version(server, "chat.server"));
        history = load.settle();
        assertEquals(0, load.losses(), "connections broke");
      }
      assertEquals(List.of(), history.violations());
      String third = version(server, "chat.server");
      server.stop();
      server.start();
      assertEquals(third, version(server, "chat.server"));
      assertEquals(third, version(server, "chat.storage"));
    }
  }

  /** chat.admin exchanges itself last; nobody may wait for an answer of the one that is gone. */
  @Test
  void whoAskedTheOldOneIsCutOff() throws IOException, InterruptedException {
    try (ServerProcess server =
            ServerProcess.on(folder.resolve("data"), ServerProcess.Store.SQLITE).start();
        SocketChannel slow = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      String before = version(server, "chat.admin");
      slow.connect(UnixDomainSocketAddress.of(server.data().resolve("run/admin.sock")));
      slow.write(ByteBuffer.wrap("stat".getBytes(StandardCharsets.UTF_8)));
      AdminAnswer answer = server.ask("upgrade", Builds.release(folder).toString());
      assertTrue(answer.isDone(), answer.raw());
      assertEquals(-1, slow.read(ByteBuffer.allocate(1)));
      while (List.of(before, "away").contains(said(server, "chat.admin"))) {
        pause();
      }
    }
  }
}
