// SPDX-License-Identifier: Apache-2.0
package chat.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import chat.protocol.Command;
import chat.protocol.Problem;
import chat.protocol.Reply;
import chat.protocol.ServerMessage;
import chat.protocol.cbor.CborFormat;
import chat.server.session.Formats;
import chat.server.store.ActiveFile;
import chat.server.store.ActiveStore;
import chat.storage.memory.MemoryChatStore;
import chat.storage.memory.MemoryDisk;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where not everybody may register, a stranger does not learn who is here. */
@Timeout(60)
class ClosedRegistrationTest {
  private static final String NO_INVITATION = "0f".repeat(16);

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"invitation", "closed"})
  void aStrangerIsToldTheSameOfATakenNameAndOfAFreeOne(String registration) throws Exception {
    Formats formats = new Formats();
    formats.add(new CborFormat());
    try (ActiveStore store = new ActiveStore(new ActiveFile(folder.resolve("active")), "memory")) {
      store.offer(
          StoreCandidates.of(
              new MemoryChatStore(new MemoryDisk(), InstantSource.system()), "memory"));
      try (ChatServer open = Servers.on(folder, store, formats)) {
        assertInstanceOf(Reply.LoggedIn.class, registers(open, "alice", ""));
      }
      try (ChatServer server =
          Servers.on(folder, store, formats, Map.of("registration", registration))) {
        for (String name : List.of("alice", "nobody")) {
          assertEquals(Problem.REGISTRATION_CLOSED, problem(registers(server, name, "")), name);
          assertEquals(
              Problem.INVITATION_INVALID, problem(registers(server, name, NO_INVITATION)), name);
        }
      }
    }
  }

  private static Problem problem(ServerMessage answer) {
    return assertInstanceOf(Reply.Failed.class, answer).problem();
  }

  private static Command register(String name, String invitation) {
    return new Command.Register(name, "correct horse", "test", invitation);
  }

  private static ServerMessage registers(ChatServer server, String name, String invitation)
      throws InterruptedException {
    FakeConnection connection = new FakeConnection();
    server.adopt(connection);
    return asks(server, connection, register(name, invitation));
  }

  /** The answer to a command, after Hello. */
  private static ServerMessage asks(ChatServer server, FakeConnection connection, Command command)
      throws InterruptedException {
    server.received(connection, connection.bytes(new Command.Hello(1, List.of(), "test", "en")));
    server.received(connection, connection.bytes(command));
    while (connection.told().size() < 2) {
      Thread.sleep(1);
    }
    return connection.told().get(1);
  }
}
