// SPDX-License-Identifier: Apache-2.0
package chat.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.protocol.Command;
import chat.protocol.Device;
import chat.protocol.Problem;
import chat.protocol.Reply;
import chat.server.base.BinaryCodec;
import chat.server.base.CellKind;
import chat.server.base.Cells;
import chat.server.base.Sha256;
import chat.storage.Change;
import chat.storage.StorageException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tokens, the devices that have them, and what ends them. */
@Timeout(60)
class DevicesTest extends DevicesFixture {
  private static final String OTHER = "battery staple";

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
    new Client().enters(new Command.LogIn("alice", PASSWORD, "", token, "")).isGood();
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
