// SPDX-License-Identifier: Apache-2.0
package chat.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.connection.Listener;
import chat.operations.AccountInfo;
import chat.operations.AccountOperations;
import chat.operations.AccountRole;
import chat.operations.OperationException;
import chat.operations.OperationException.Reason;
import chat.protocol.Command;
import chat.protocol.Event;
import chat.protocol.ModerationAction;
import chat.protocol.PasswordReset;
import chat.protocol.Problem;
import chat.protocol.Reply;
import chat.protocol.RoomKind;
import chat.protocol.ServerMessage;
import chat.server.ServerFixture.Somebody;
import chat.server.base.CellKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** What an operator does for people, and to them. */
@Timeout(60)
class AccountOperationsTest {
  private static final String PASSWORD = "correct horse";
  private static final String OTHER = "battery staple";

  @TempDir Path folder;

  private final List<String> audit = new ArrayList<>();

  private AccountOperations operations(ServerFixture server) {
    Listener here = new FakeConnection();
    return new LiveAccountOperations(
        server::server, () -> here, (action, details) -> audit.add(action + ": " + details));
  }

  private static void refused(Reason reason, Executable deed) {
    assertEquals(reason, assertThrows(OperationException.class, deed).reason());
  }

  private static Reply logIn(ServerFixture server, String name, String password) {
    return server.answersStranger(new Command.LogIn(name, password, "test"));
  }

  private static Problem problem(Reply reply) {
    return assertInstanceOf(Reply.Failed.class, reply).problem();
  }

  private static void isLoggedOut(ServerFixture server, Somebody somebody) throws Exception {
    server.settle();
    assertTrue(somebody.hears().stream().anyMatch(Event.LoggedOut.class::isInstance));
  }

  @Test
  void whoIsSuspendedIsLoggedOutAndCantComeBackUntilThatEnds() throws Exception {
    try (ServerFixture server = new ServerFixture(folder, "anna", "boris")) {
      AccountOperations operations = operations(server);
      Somebody anna = server.one(0);
      Event.Entry said = anna.says(1, "still here");
      operations.suspend("ANNA");
      operations.suspend("anna");
      isLoggedOut(server, anna);
      Reply.Failed answer = assertInstanceOf(Reply.Failed.class, logIn(server, "anna", PASSWORD));
      assertEquals(Problem.NOT_ALLOWED, answer.problem());
      assertTrue(answer.detail().contains("suspended"), answer.detail());
      assertEquals(Problem.PASSWORD_WRONG, problem(logIn(server, "anna", "a guess")));
      refused(Reason.CONFLICT, () -> operations.resetLink("anna", Optional.empty()));
      assertTrue(operations.show("anna").account().suspended().isPresent());
      Reply.Page page =
          assertInstanceOf(
              Reply.Page.class,
              server.one(1).asks(new Command.History(1, Command.Direction.BEFORE, 0, 5)));
      assertTrue(page.entries().stream().anyMatch(entry -> entry.number() == said.number()));
      operations.resume("#" + anna.account());
      assertInstanceOf(Reply.LoggedIn.class, logIn(server, "anna", PASSWORD));
      assertEquals(
          List.of(
              "account-suspend: {by=operator, account=" + anna.account() + ", name=anna}",
              "account-suspend: {by=operator, account=" + anna.account() + ", name=anna}",
              "account-resume: {by=operator, account=" + anna.account() + ", name=anna}"),
          audit);
      refused(Reason.NOT_FOUND, () -> operations.suspend("nobody"));
      refused(Reason.NOT_FOUND, () -> operations.suspend("#99999"));
    }
  }

  @Test
  void theLastOwnerStays() throws Exception {
    try (ServerFixture server = new ServerFixture(folder, "anna", "boris")) {
      AccountOperations operations = operations(server);
      Somebody anna = server.one(0);
      operations.setRole("anna", AccountRole.OWNER);
      refused(Reason.CONFLICT, () -> operations.suspend("anna"));
      refused(Reason.CONFLICT, () -> operations.delete("anna"));
      refused(Reason.CONFLICT, () -> operations.setRole("anna", AccountRole.MODERATOR));
      assertEquals(Problem.NOT_ALLOWED, anna.problem(new Command.DeleteAccount(PASSWORD)));
      operations.setRole("boris", AccountRole.OWNER);
      operations.suspend("boris");
      refused(Reason.CONFLICT, () -> operations.delete("anna"));
      operations.resume("boris");
      operations.delete("anna");
      assertEquals(
          List.of("boris"),
          operations.list("", "", 10).accounts().stream().map(AccountInfo::name).toList());
      isLoggedOut(server, anna);
    }
  }

  @Test
  void ofTwoOwnersWhoGoAtTheSameTimeOneStays() throws Exception {
    try (ServerFixture server = new ServerFixture(folder, "anna", "boris")) {
      AccountOperations operations = operations(server);
      for (int round = 0; round < 20; round++) {
        operations.setRole("anna", AccountRole.OWNER);
        operations.setRole("boris", AccountRole.OWNER);
        List<CompletableFuture<Void>> both = new ArrayList<>();
        for (String name : List.of("anna", "boris")) {
          both.add(
              CompletableFuture.runAsync(
                  () -> {
                    try {
                      operations.setRole(name, AccountRole.MEMBER);
                    } catch (OperationException e) {
                      assertEquals(Reason.CONFLICT, e.reason());
                    }
                  },
                  task -> Thread.ofPlatform().start(task)));
        }
        CompletableFuture.allOf(both.toArray(CompletableFuture[]::new)).join();
        assertEquals(
            1,
            operations.list("", "", 10).accounts().stream()
                .filter(account -> account.role() == AccountRole.OWNER)
                .count());
      }
    }
  }

  @Test
  void aLinkSetsANewPasswordOnceAndLogsEverybodyOut() throws Exception {
    try (ServerFixture server = new ServerFixture(folder, "anna")) {
      AccountOperations operations = operations(server);
      Somebody anna = server.one(0);
      PasswordReset link = reset(operations, Optional.of("chat.example.org"));
      assertEquals("chat.example.org", link.host());
      PasswordReset second = reset(operations, Optional.empty());
      assertEquals(
          Problem.PASSWORD_INVALID,
          problem(server.answersStranger(new Command.ResetPassword(link.code(), "short", "", ""))));
      Reply.LoggedIn in =
          assertInstanceOf(
              Reply.LoggedIn.class,
              server.answersStranger(new Command.ResetPassword(link.code(), OTHER, "new", "")));
      assertEquals(anna.account(), in.self().account());
      isLoggedOut(server, anna);
      assertInstanceOf(
          Reply.LoggedIn.class, server.answersStranger(new Command.Resume(in.token())));
      assertEquals(Problem.PASSWORD_WRONG, problem(logIn(server, "anna", PASSWORD)));
      assertInstanceOf(Reply.LoggedIn.class, logIn(server, "anna", OTHER));
      for (PasswordReset used : List.of(link, second)) {
        assertEquals(
            Problem.INVITATION_INVALID,
            problem(
                server.answersStranger(new Command.ResetPassword(used.code(), PASSWORD, "", ""))),
            "the password is another one since");
      }
      PasswordReset late = reset(operations, Optional.empty());
      server.later(Duration.ofHours(25));
      assertEquals(
          Problem.INVITATION_INVALID,
          problem(
              server.answersStranger(new Command.ResetPassword(late.code(), PASSWORD, "", ""))));
      server.server().sweep();
      server.settle();
      long left =
          server
              .server()
              .context()
              .access()
              .read((open, generation) -> open.count(CellKind.RESET.space()));
      assertEquals(0, left);
    }
  }

  private static PasswordReset reset(AccountOperations operations, Optional<String> host)
      throws OperationException {
    return PasswordReset.parse(operations.resetLink("anna", host)).orElseThrow();
  }

  @Test
  void anotherNameKeepsTheAccountAndOthersSeeIt() throws Exception {
    try (ServerFixture server = new ServerFixture(folder, "anna", "boris")) {
      AccountOperations operations = operations(server);
      Somebody anna = server.one(0);
      Somebody boris = server.one(1);
      boris.does(new Command.Direct(UUID.randomUUID(), anna.account()));
      server.settle();
      boris.hears();
      for (String taken : List.of("boris", "BORIS", "bоris")) {
        refused(Reason.CONFLICT, () -> operations.rename("anna", taken));
      }
      refused(Reason.INVALID_ARGUMENT, () -> operations.rename("anna", " "));
      operations.rename("anna", "Anna");
      operations.rename("anna", "Hanna");
      server.settle();
      List<ServerMessage> heard = boris.hears();
      assertTrue(
          heard.stream()
              .anyMatch(event ->
                  event instanceof Event.RoomChanged changed
                      && changed.info().peer().name().equals("Hanna")),
          heard::toString);
      Reply.ProfileFound found =
          assertInstanceOf(
              Reply.ProfileFound.class, boris.asks(new Command.GetProfile(0, "hanna")));
      assertEquals(anna.account(), found.profile().person().account());
      assertInstanceOf(Reply.LoggedIn.class, logIn(server, "hanna", PASSWORD));
      assertEquals(Problem.ACCOUNT_UNKNOWN, problem(logIn(server, "anna", PASSWORD)));
      server.registers("anna");
      assertTrue(anna.hears().stream().noneMatch(Event.LoggedOut.class::isInstance));
    }
  }

  @Test
  void aModeratorOfTheServerModeratesPublicRoomsAndNoPrivateOnes() throws Exception {
    try (ServerFixture server = new ServerFixture(folder, "anna", "boris", "chen")) {
      AccountOperations operations = operations(server);
      Somebody anna = server.one(0);
      Somebody boris = server.one(1);
      Somebody chen = server.one(2);
      long open = anna.makes(RoomKind.PUBLIC, "open");
      long hidden = anna.makes(RoomKind.PRIVATE, "hidden");
      for (long room : List.of(open, hidden)) {
        anna.bringsIn(boris, room);
        anna.bringsIn(chen, room);
      }
      Command mute = boris.command(ModerationAction.MUTE, chen, open);
      assertEquals(Problem.NOT_ALLOWED, boris.problem(mute));
      operations.setRole("boris", AccountRole.MODERATOR);
      boris.does(ModerationAction.MUTE, chen, open);
      assertEquals(
          Problem.NOT_ALLOWED, boris.problem(boris.command(ModerationAction.MUTE, chen, hidden)));
      assertEquals(
          Problem.NOT_ALLOWED,
          boris.problem(boris.command(ModerationAction.MAKE_MODERATOR, chen, open)));
      operations.setRole("boris", AccountRole.MEMBER);
      assertEquals(
          Problem.NOT_ALLOWED, boris.problem(boris.command(ModerationAction.UNMUTE, chen, open)));
    }
  }

  @Test
  void accountsAreListedInPagesAndTheirSessionsEnd() throws Exception {
    try (ServerFixture server = new ServerFixture(folder, "anna", "Boris", "chen")) {
      AccountOperations operations = operations(server);
      server.device(server.one(0));
      assertEquals(2, operations.sessions("anna").size());
      assertEquals(2, operations.show("anna").sessions().size());
      assertEquals(List.of("anna", "Boris"), names(operations, "", "", 2));
      assertTrue(operations.list("", "", 2).more());
      assertEquals(List.of("chen"), names(operations, "", "BORIS", 2));
      assertEquals(List.of("Boris"), names(operations, "ORI", "", 10));
      refused(Reason.INVALID_ARGUMENT, () -> operations.list("", "", 0));
      operations.endSessions("anna");
      isLoggedOut(server, server.one(0));
      assertEquals(List.of(), operations.sessions("anna"));
      assertInstanceOf(Reply.LoggedIn.class, logIn(server, "anna", PASSWORD));
    }
  }

  private static List<String> names(
      AccountOperations operations, String words, String after, int limit)
      throws OperationException {
    return operations.list(words, after, limit).accounts().stream().map(AccountInfo::name).toList();
  }
}
