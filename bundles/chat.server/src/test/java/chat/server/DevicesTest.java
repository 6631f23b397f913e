// SPDX-License-Identifier: Apache-2.0
package chat.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.protocol.Command;
import chat.protocol.Device;
import chat.protocol.Event;
import chat.protocol.Problem;
import chat.protocol.Reply;
import chat.protocol.cbor.CborFormat;
import chat.server.base.BinaryCodec;
import chat.server.base.CellKind;
import chat.server.base.Cells;
import chat.server.base.Sha256;
import chat.server.session.Formats;
import chat.server.store.ActiveFile;
import chat.server.store.ActiveStore;
import chat.storage.CellKey;
import chat.storage.Change;
import chat.storage.StorageException;
import chat.storage.memory.MemoryChatStore;
import chat.storage.memory.MemoryDisk;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tokens, the devices that have them, and what ends them. */
@Timeout(60)
class DevicesTest {
  private static final String PASSWORD = "correct horse";
  private static final String OTHER = "battery staple";
  private static final long PATIENCE_NANOS = 20_000_000_000L;

  @TempDir Path folder;

  private final AtomicInteger written = new AtomicInteger();
  private final CountDownLatch looked = new CountDownLatch(1);
  private final CountDownLatch mayGoOn = new CountDownLatch(1);
  private volatile CellKey slow;
  private volatile Duration later = Duration.ZERO;
  private ActiveStore store;
  private ChatServer server;

  @BeforeEach
  void start() throws Exception {
    Formats formats = new Formats();
    formats.add(new CborFormat());
    store = new ActiveStore(new ActiveFile(folder.resolve("active")), "memory");
    store.offer(
        StoreCandidates.of(
            InterceptingStore.store(
                new MemoryChatStore(new MemoryDisk(), InstantSource.system()), this::watch),
            "memory"));
    server =
        Servers.on(folder, store, formats, Map.of("registrationsPerTenMinutes", 1_000), this::now);
  }

  private Instant now() {
    return Instant.now().plus(later);
  }

  private Object watch(String method, Object[] arguments, InterceptingStore.Call call)
      throws Throwable {
    if (method.equals("commit")) {
      for (Object change : (List<?>) arguments[1]) {
        written.addAndGet(
            (int)
                ((Change) change)
                    .cells().stream()
                        .filter(cell -> cell.key().space().equals(CellKind.SESSION.space()))
                        .count());
      }
    }
    Object answer = call.goOn();
    if (method.equals("cell") && arguments[0].equals(slow)) {
      slow = null;
      looked.countDown();
      mayGoOn.await();
    }
    return answer;
  }

  @AfterEach
  void end() {
    mayGoOn.countDown();
    server.close();
    store.close();
  }

  private static void until(BooleanSupplier holds) {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!holds.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "waited in vain");
      LockSupport.parkNanos(100_000);
    }
  }

  private final class Client {
    private final FakeConnection connection = new FakeConnection();
    private byte[] token = new byte[0];
    private long account;

    Client() {
      server.adopt(connection);
      assertInstanceOf(Reply.Welcome.class, asks(new Command.Hello(1, List.of(), "test", "en")));
    }

    int sends(Command command) {
      until(connection::isReading);
      server.received(connection, connection.bytes(command));
      return connection.asked();
    }

    Reply asks(Command command) {
      int number = sends(command);
      until(() -> connection.answer(number) != null);
      return connection.answer(number);
    }

    Problem refused(Command command) {
      return assertInstanceOf(Reply.Failed.class, asks(command)).problem();
    }

    Client enters(Command door) {
      Reply answer = asks(door);
      Reply.LoggedIn in =
          assertInstanceOf(Reply.LoggedIn.class, answer, () -> door + ": " + answer);
      token = in.token();
      account = in.self().account();
      return this;
    }

    List<Device> devices() {
      return assertInstanceOf(Reply.DeviceList.class, asks(new Command.Devices())).devices();
    }

    boolean isLoggedOut() {
      return connection.told().stream().anyMatch(Event.LoggedOut.class::isInstance);
    }

    void isGood() {
      assertFalse(isLoggedOut());
      assertInstanceOf(Reply.DeviceList.class, asks(new Command.Devices()));
    }
  }

  private Client registers(String name) {
    return new Client().enters(new Command.Register(name, PASSWORD, "first", ""));
  }

  private Client logsIn(String device) {
    return new Client().enters(new Command.LogIn("alice", PASSWORD, device));
  }

  private Client resumes(Client other) {
    return new Client().enters(new Command.Resume(other.token));
  }

  private void isWorthless(Client client) {
    assertEquals(Problem.TOKEN_INVALID, new Client().refused(new Command.Resume(client.token)));
  }

  @Test
  void logOutEndsEveryConnectionOfItsToken() {
    Client alice = registers("alice");
    Client same = resumes(alice);
    Client other = logsIn("other");
    assertInstanceOf(Reply.Done.class, alice.asks(new Command.LogOut()));
    until(same::isLoggedOut);
    assertFalse(alice.isLoggedOut(), "it has its answer");
    other.isGood();
    isWorthless(alice);
    assertEquals(1, other.devices().size());
  }

  @Test
  void anotherPasswordEndsAllOtherSessionsAndThisOneGoesOn() {
    Client alice = registers("alice");
    Client phone = logsIn("phone");
    Client bob = registers("bob");
    assertEquals(
        Problem.PASSWORD_WRONG, alice.refused(new Command.ChangePassword("a guess", OTHER)));
    assertEquals(
        Problem.PASSWORD_INVALID, alice.refused(new Command.ChangePassword(PASSWORD, "short")));
    phone.isGood();
    assertInstanceOf(Reply.Done.class, alice.asks(new Command.ChangePassword(PASSWORD, OTHER)));
    until(phone::isLoggedOut);
    isWorthless(phone);
    alice.isGood();
    resumes(alice).isGood();
    bob.isGood();
    assertEquals(
        Problem.PASSWORD_WRONG, new Client().refused(new Command.LogIn("alice", PASSWORD, "")));
    new Client().enters(new Command.LogIn("alice", OTHER, "")).isGood();
    assertInstanceOf(
        Reply.Done.class,
        alice.asks(new Command.ChangePassword(PASSWORD, OTHER)),
        "asked again, since the answer may have been lost");
    assertEquals(
        Problem.PASSWORD_WRONG, alice.refused(new Command.DeleteAccount(PASSWORD)), "of before");
  }

  @Test
  void guessesAtTheCurrentPasswordHaveTheLimitOfADeletion() {
    Client alice = registers("alice");
    for (int i = 0; i < 3; i++) {
      assertEquals(
          Problem.PASSWORD_WRONG, alice.refused(new Command.ChangePassword("guess " + i, OTHER)));
    }
    for (int i = 0; i < 2; i++) {
      assertEquals(Problem.PASSWORD_WRONG, alice.refused(new Command.DeleteAccount("guess " + i)));
    }
    assertEquals(Problem.TOO_MANY, alice.refused(new Command.ChangePassword(PASSWORD, OTHER)));
  }

  @Test
  void devicesAreListedAndEndedOneByOne() {
    Client alice = registers("alice");
    Client phone = logsIn("phone");
    Client tablet = logsIn("tablet");
    List<Device> devices = alice.devices();
    assertEquals("first", devices.getFirst().name());
    assertEquals(
        List.of("phone", "tablet"), devices.stream().skip(1).map(Device::name).sorted().toList());
    assertEquals(List.of(true, false, false), devices.stream().map(Device::current).toList());
    assertEquals("127.0.0.1", devices.getLast().address());
    for (Device device : devices) {
      assertEquals(
          Problem.TOKEN_INVALID,
          new Client()
              .refused(new Command.Resume(Cells.bytes(device.id().getMostSignificantBits()))));
    }
    Device ended = devices.stream().filter(d -> d.name().equals("phone")).findFirst().orElseThrow();
    assertInstanceOf(Reply.Done.class, alice.asks(new Command.EndDevice(ended.id())));
    until(phone::isLoggedOut);
    isWorthless(phone);
    assertInstanceOf(Reply.Done.class, alice.asks(new Command.EndDevice(ended.id())), "again");
    tablet.isGood();
    assertEquals(2, tablet.devices().size());
  }

  @Test
  void nobodyEndsTheDeviceOfSomebodyElse() {
    Client alice = registers("alice");
    Client bob = registers("bob");
    UUID id = alice.devices().getFirst().id();
    assertInstanceOf(Reply.Done.class, bob.asks(new Command.EndDevice(id)));
    alice.isGood();
    resumes(alice).isGood();
  }

  @Test
  void endingTheOwnDeviceIsAsLoggingOut() {
    Client alice = registers("alice");
    UUID id = alice.devices().getFirst().id();
    assertInstanceOf(Reply.Done.class, alice.asks(new Command.EndDevice(id)));
    isWorthless(alice);
    assertEquals(Problem.OUT_OF_PLACE, alice.refused(new Command.Devices()));
  }

  @Test
  void allOthersEndAtOnceAlsoThoseOfAnEarlierBuild() throws Exception {
    Client alice = registers("alice");
    Client phone = logsIn("phone");
    byte[] old = keptByAnEarlierBuild(alice.account);
    assertInstanceOf(Reply.Done.class, alice.asks(new Command.EndOtherDevices()));
    until(phone::isLoggedOut);
    isWorthless(phone);
    assertEquals(Problem.TOKEN_INVALID, new Client().refused(new Command.Resume(old)));
    assertEquals(1, alice.devices().size());
    resumes(alice).isGood();
  }

  /** A token as the builds before this one kept it. */
  private byte[] keptByAnEarlierBuild(long account) throws StorageException {
    byte[] token = new byte[32];
    token[0] = 7;
    byte[] form =
        BinaryCodec.bytes(out -> {
          out.writeLong(account);
          out.writeLong(1_700_000_000_000L);
          out.writeUTF("old");
        });
    server
        .context()
        .access()
        .settle(
            Change.write(List.of(), server.seals().write(Cells.session(Sha256.of(token)), form)));
    return token;
  }

  @Test
  void aTokenOfAnEarlierBuildIsGoodAndListedOnceItIsUsed() throws Exception {
    Client alice = registers("alice");
    byte[] old = keptByAnEarlierBuild(alice.account);
    assertEquals(1, alice.devices().size());
    new Client().enters(new Command.Resume(old)).isGood();
    until(() -> alice.devices().size() == 2);
    Device listed =
        alice.devices().stream().filter(d -> d.name().equals("old")).findFirst().orElseThrow();
    assertEquals(1_700_000_000_000L, listed.created());
  }

  @Test
  void theSweepFindsThoseOfAnEarlierBuild() throws Exception {
    Client alice = registers("alice");
    keptByAnEarlierBuild(alice.account);
    server.sessions().sweepSoon();
    until(() -> alice.devices().size() == 2);
  }

  @Test
  void aTokenThatIsNotUsedForLongIsWorthNothingAndUseRenewsIt() throws Exception {
    Client alice = registers("alice");
    byte[] token = alice.token;
    server.closed(alice.connection);
    for (int i = 0; i < 3; i++) {
      later = later.plusDays(89);
      Client back = new Client().enters(new Command.Resume(token));
      server.closed(back.connection);
      server.context().access().settle(Change.write(List.of()));
    }
    later = later.plusDays(91);
    assertEquals(Problem.TOKEN_INVALID, new Client().refused(new Command.Resume(token)));
    // The device is known all the same: guesses of others don't shut it out.
    for (int i = 0; i < 5; i++) {
      assertEquals(
          Problem.PASSWORD_WRONG, new Client().refused(new Command.LogIn("alice", "g" + i, "")));
    }
    assertEquals(Problem.TOO_MANY, new Client().refused(new Command.LogIn("alice", PASSWORD, "")));
    new Client().enters(new Command.LogIn("alice", PASSWORD, "", token)).isGood();
  }

  @Test
  void theSweepForgetsWhatIsOverAndKeepsWhoIsConnected() throws Exception {
    Client alice = registers("alice");
    Client phone = logsIn("phone");
    server.closed(phone.connection);
    later = Duration.ofDays(100);
    server.sessions().sweepSoon();
    until(() -> {
      try {
        return cells(CellKind.SESSION) == 1
            && cells(CellKind.DEVICE) == 1
            && alice.devices().size() == 1;
      } catch (StorageException e) {
        throw new AssertionError(e);
      }
    });
    isWorthless(phone);
    server.closed(alice.connection);
    resumes(alice).isGood();
  }

  private long cells(CellKind kind) throws StorageException {
    return server.context().access().read((open, generation) -> open.count(kind.space()));
  }

  @Test
  void aUseIsWrittenDownOnceAnHour() {
    Client alice = registers("alice");
    int before = written.get();
    for (int i = 0; i < 5; i++) {
      resumes(alice).isGood();
    }
    assertEquals(before, written.get());
    later = Duration.ofMinutes(61);
    resumes(alice).isGood();
    resumes(alice).isGood();
    assertTrue(written.get() <= before + 2, written + " after " + before);
    assertNotEquals(before, written.get());
  }

  @Test
  void whoComesInTheMomentInWhichTheSessionEndsDoesNotStay() throws Exception {
    Client alice = registers("alice");
    Client phone = logsIn("phone");
    slow = Cells.session(Sha256.of(phone.token));
    Client late = new Client();
    late.sends(new Command.Resume(phone.token)); // has found its session, and goes on below
    looked.await();
    UUID id =
        alice.devices().stream()
            .filter(device -> !device.current())
            .map(Device::id)
            .findFirst()
            .orElseThrow();
    assertInstanceOf(Reply.Done.class, alice.asks(new Command.EndDevice(id)));
    mayGoOn.countDown();
    until(late::isLoggedOut);
  }
}
