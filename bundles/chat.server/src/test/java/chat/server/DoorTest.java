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
import chat.storage.Change;
import chat.storage.StorageException;
import chat.storage.memory.MemoryChatStore;
import chat.storage.memory.MemoryDisk;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who meets a fault at the door is told, and may knock again. */
@Timeout(60)
class DoorTest {
  private static final Command.Register REGISTER =
      new Command.Register("alice", "correct horse", "test", "");

  @TempDir Path folder;

  private final FakeConnection connection = new FakeConnection();
  private volatile boolean faulty;

  /** Whether the store takes no change of more than one cell, as one that poisons a batch. */
  private volatile boolean poisoned;

  private ActiveStore store;
  private ChatServer server;

  @BeforeEach
  void sayHello() throws Exception {
    Formats formats = new Formats();
    formats.add(new CborFormat());
    store = new ActiveStore(new ActiveFile(folder.resolve("active")), "memory");
    store.offer(
        StoreCandidates.of(
            InterceptingStore.store(
                new MemoryChatStore(new MemoryDisk(), InstantSource.system()),
                (method, arguments, call) -> {
                  if (faulty) {
                    throw new NoClassDefFoundError("a class of a build that is gone");
                  }
                  if (poisoned && method.equals("commit") && isLarge((List<?>) arguments[1])) {
                    throw new StorageException("poisoned for a test");
                  }
                  return call.goOn();
                }),
            "memory"));
    server = Servers.on(folder, store, formats);
    server.adopt(connection);
    assertInstanceOf(Reply.Welcome.class, asks(new Command.Hello(1, List.of(), "test", "en")));
  }

  @AfterEach
  void close() {
    server.close();
    store.close();
  }

  private static boolean isLarge(List<?> changes) {
    return changes.stream()
        .anyMatch(change -> change instanceof Change each && each.cells().size() > 1);
  }

  private ServerMessage asks(Command command) throws InterruptedException {
    return asks(connection, command);
  }

  private ServerMessage asks(FakeConnection by, Command command) throws InterruptedException {
    int before = by.told().size();
    server.received(by, by.bytes(command));
    while (by.told().size() == before) {
      Thread.sleep(1);
    }
    return by.told().get(before);
  }

  private void failsAndThenAliceRegisters(Command command) throws InterruptedException {
    faulty = true;
    Reply.Failed failed = assertInstanceOf(Reply.Failed.class, asks(command));
    assertEquals(Problem.INTERNAL, failed.problem());
    faulty = false;
    assertInstanceOf(Reply.LoggedIn.class, asks(REGISTER));
  }

  @Test
  void aTokenThatCantBeLookedUp() throws InterruptedException {
    failsAndThenAliceRegisters(new Command.Resume(new byte[32]));
  }

  @Test
  void whatCantBeANameSharesOneLimitAndNobodyElseIsShutOut() throws InterruptedException {
    assertInstanceOf(Reply.LoggedIn.class, asks(REGISTER));
    assertInstanceOf(Reply.Done.class, asks(new Command.LogOut()));
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      String name = i + "x".repeat(500);
      Reply.Failed failed =
          assertInstanceOf(
              Reply.Failed.class, asks(new Command.LogIn(name, "correct horse", "test")));
      problems.add(failed.problem());
    }
    assertEquals(Collections.nCopies(5, Problem.ACCOUNT_UNKNOWN), problems.subList(0, 5));
    assertEquals(Problem.TOO_MANY, problems.getLast());
    assertInstanceOf(
        Reply.LoggedIn.class, asks(new Command.LogIn("alice", "correct horse", "test")));
  }

  private Problem refusal(Command command) throws InterruptedException {
    return assertInstanceOf(Reply.Failed.class, asks(command)).problem();
  }

  @Test
  void whoGuessesLocksNobodysKnownDeviceOut() throws InterruptedException {
    Reply.LoggedIn alice = assertInstanceOf(Reply.LoggedIn.class, asks(REGISTER));
    assertInstanceOf(Reply.Done.class, asks(new Command.LogOut()));
    for (int i = 0; i < 5; i++) {
      assertEquals(Problem.PASSWORD_WRONG, refusal(new Command.LogIn("alice", "guess " + i, "")));
    }
    assertEquals(Problem.TOO_MANY, refusal(new Command.LogIn("alice", "correct horse", "")));
    byte[] forged = alice.token().clone();
    forged[31]++;
    assertEquals(
        Problem.TOO_MANY, refusal(new Command.LogIn("alice", "correct horse", "", forged, "")));
    assertInstanceOf(
        Reply.LoggedIn.class,
        asks(new Command.LogIn("alice", "correct horse", "", alice.token(), "")));
  }

  @Test
  void anAccountHasSoManyConnectionsAndOneThatGoesMakesRoom() throws InterruptedException {
    byte[] token = assertInstanceOf(Reply.LoggedIn.class, asks(REGISTER)).token();
    List<FakeConnection> more = new ArrayList<>();
    for (int i = 2; i <= 51; i++) {
      FakeConnection next = new FakeConnection();
      server.adopt(next);
      asks(next, new Command.Hello(1, List.of(), "test", "en"));
      ServerMessage answer = asks(next, new Command.Resume(token));
      if (i <= 50) {
        assertInstanceOf(Reply.LoggedIn.class, answer);
      } else {
        assertEquals(Problem.TOO_MANY, assertInstanceOf(Reply.Failed.class, answer).problem());
      }
      more.add(next);
    }
    server.closed(more.getFirst());
    assertInstanceOf(Reply.LoggedIn.class, asks(more.getLast(), new Command.Resume(token)));
  }

  @Test
  void anInvitationThatCantBeLookedUp() throws InterruptedException {
    failsAndThenAliceRegisters(
        new Command.Register("alice", "correct horse", "test", "0f".repeat(16)));
  }

  @Test
  void aRegistrationThatTheStoreCanNotTakeMayBeTriedAgain() throws InterruptedException {
    poisoned = true;
    assertEquals(Problem.INTERNAL, refusal(REGISTER));
    poisoned = false;
    assertInstanceOf(Reply.LoggedIn.class, asks(REGISTER));
  }
}
