// SPDX-License-Identifier: Apache-2.0
package chat.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.operations.AccountOperations;
import chat.protocol.Command;
import chat.protocol.PasswordReset;
import chat.protocol.Problem;
import chat.protocol.Reply;
import chat.server.ServerFixture.Somebody;
import chat.server.base.CellKind;
import chat.storage.ChatStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A log-in that takes a code besides the password. */
@Timeout(60)
class SecondFactorTest {
  private static final String PASSWORD = "correct horse";
  private static final Authenticator PHONE = new Authenticator("a secret of 20 bytes");
  private static final byte[] SECRET = PHONE.bytes();
  private static final Duration STEP = Duration.ofSeconds(30);

  @TempDir Path folder;

  private final List<String> audit = new ArrayList<>();

  private ServerFixture server() throws Exception {
    return new ServerFixture(
        folder,
        (action, details) -> {
          synchronized (audit) {
            audit.add(action);
          }
        },
        "anna",
        "boris");
  }

  private static List<String> sets(ServerFixture server, Somebody somebody) throws Exception {
    return assertInstanceOf(
            Reply.RecoveryCodes.class,
            somebody.asks(
                new Command.SetSecondFactor(PASSWORD, SECRET, PHONE.shows(server.now()), "")))
        .codes();
  }

  private static Problem problem(Reply reply) {
    return reply instanceof Reply.Failed failed ? failed.problem() : null;
  }

  private static Problem logIn(ServerFixture server, String code) {
    return problem(
        server.answersStranger(new Command.LogIn("anna", PASSWORD, "", new byte[0], code)));
  }

  private static Reply.SecondFactor state(Somebody somebody) {
    return assertInstanceOf(Reply.SecondFactor.class, somebody.asks(new Command.GetSecondFactor()));
  }

  @Test
  void aLogInTakesACodeAndEachCodeIsGoodOnce() throws Exception {
    try (ServerFixture server = server()) {
      Somebody anna = server.one(0);
      assertEquals(new Reply.SecondFactor(false, 0), state(anna));
      assertEquals(10, sets(server, anna).size());
      assertEquals(new Reply.SecondFactor(true, 10), state(anna));
      assertEquals(Problem.CODE_REQUIRED, logIn(server, ""));
      assertEquals(Problem.CODE_WRONG, logIn(server, PHONE.shows(server.now())), "it was used");
      server.later(STEP);
      String code = PHONE.shows(server.now());
      assertEquals(Problem.CODE_WRONG, logIn(server, "12345"));
      assertNull(logIn(server, code.substring(0, 3) + " " + code.substring(3)));
      assertEquals(Problem.CODE_WRONG, logIn(server, code), "somebody looked over the shoulder");
      assertEquals(
          Problem.PASSWORD_WRONG,
          problem(
              server.answersStranger(new Command.LogIn("anna", "a guess", "", new byte[0], code))),
          "who does not know the password is not told that there is more");
      assertNull(
          problem(server.answersStranger(new Command.LogIn("boris", PASSWORD, ""))),
          "others log in as before");
    }
    synchronized (audit) {
      assertTrue(audit.containsAll(List.of("second-factor-set", "code-failed")), audit::toString);
    }
  }

  @Test
  void ofTwoWhoSayTheSameCodeAtOnceOneComesIn() throws Exception {
    try (ServerFixture server = server()) {
      sets(server, server.one(0));
      for (int round = 0; round < 5; round++) {
        server.later(STEP);
        String code = PHONE.shows(server.now());
        List<Thread> threads = new ArrayList<>();
        List<Boolean> in = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
          threads.add(
              Thread.ofPlatform()
                  .start(() -> {
                    boolean isIn = logIn(server, code) == null;
                    synchronized (in) {
                      in.add(isIn);
                    }
                  }));
        }
        for (Thread thread : threads) {
          thread.join();
        }
        assertEquals(1, in.stream().filter(isIn -> isIn).count(), () -> in.toString());
        server.later(Duration.ofMinutes(10)); // wrong codes are forgiven by then
      }
    }
  }

  @Test
  void aRecoveryCodeIsGoodOnce() throws Exception {
    try (ServerFixture server = server()) {
      Somebody anna = server.one(0);
      List<String> codes = sets(server, anna);
      assertNull(logIn(server, codes.get(3)));
      assertEquals(Problem.CODE_WRONG, logIn(server, codes.get(3)));
      assertNull(logIn(server, codes.get(4).replace("-", "").toUpperCase(Locale.ROOT)));
      assertEquals(new Reply.SecondFactor(true, 8), state(anna));
    }
  }

  @Test
  void guessesAreBounded() throws Exception {
    try (ServerFixture server = server()) {
      sets(server, server.one(0));
      server.later(STEP);
      int looked = 0;
      for (int i = 0; i < 12; i++) {
        looked += logIn(server, "guess" + i) == Problem.CODE_WRONG ? 1 : 0;
      }
      assertTrue(looked <= 10, () -> "so many guesses were looked at");
      String code = PHONE.shows(server.now());
      assertEquals(Problem.TOO_MANY, logIn(server, code));
      assertNull(
          problem(
              server.answersStranger(
                  new Command.LogIn("anna", PASSWORD, "", server.one(0).token(), code))),
          "nobody can shut out a device of hers");
    }
  }

  @Test
  void itIsSetByWhoKnowsThePasswordAndHasTheSecret() throws Exception {
    try (ServerFixture server = server()) {
      Somebody anna = server.one(0);
      String code = PHONE.shows(server.now());
      assertEquals(
          Problem.PASSWORD_WRONG,
          anna.problem(new Command.SetSecondFactor("a guess", SECRET, code, "")));
      assertEquals(
          Problem.CODE_WRONG,
          anna.problem(new Command.SetSecondFactor(PASSWORD, SECRET, "000000x", "")));
      assertEquals(
          Problem.TOO_LARGE,
          anna.problem(new Command.SetSecondFactor(PASSWORD, new byte[15], code, "")));
      assertNull(logIn(server, ""), "nothing of that has set it");
      List<String> lost = sets(server, anna);
      List<String> again = sets(server, anna); // after the answer was lost
      assertEquals(Problem.CODE_WRONG, logIn(server, lost.getFirst()));
      assertNull(logIn(server, again.getFirst()));
    }
  }

  @Test
  void whoHasItCanReplaceIt() throws Exception {
    try (ServerFixture server = server()) {
      Somebody anna = server.one(0);
      Authenticator tablet = new Authenticator("another secret of 22 b");
      sets(server, anna);
      assertEquals(
          Problem.CODE_REQUIRED,
          anna.problem(
              new Command.SetSecondFactor(
                  PASSWORD, tablet.bytes(), tablet.shows(server.now()), "")));
      server.later(STEP);
      assertInstanceOf(
          Reply.RecoveryCodes.class,
          anna.asks(
              new Command.SetSecondFactor(
                  PASSWORD,
                  tablet.bytes(),
                  tablet.shows(server.now()),
                  PHONE.shows(server.now()))));
      server.later(STEP);
      assertEquals(Problem.CODE_WRONG, logIn(server, PHONE.shows(server.now())));
      assertNull(logIn(server, tablet.shows(server.now())));
    }
  }

  @Test
  void whoHasItCanTakeItAway() throws Exception {
    try (ServerFixture server = server()) {
      Somebody anna = server.one(0);
      sets(server, anna);
      server.later(STEP);
      assertEquals(Problem.CODE_WRONG, anna.problem(new Command.RemoveSecondFactor(PASSWORD, "1")));
      Command remove = new Command.RemoveSecondFactor(PASSWORD, PHONE.shows(server.now()));
      assertNull(anna.problem(remove));
      assertNull(anna.problem(remove), "said again after a lost answer");
      assertNull(logIn(server, ""));
    }
  }

  @Test
  void anOperatorHelpsWhoLostThePhone() throws Exception {
    try (ServerFixture server = server()) {
      AccountOperations operations =
          new LiveAccountOperations(server::server, FakeConnection::new, (action, details) -> {});
      sets(server, server.one(0));
      assertTrue(operations.show("anna").secondFactor());
      PasswordReset link =
          PasswordReset.parse(operations.resetLink("anna", Optional.empty())).orElseThrow();
      assertEquals(
          Problem.CODE_REQUIRED,
          problem(
              server.answersStranger(
                  new Command.ResetPassword(link.code(), "battery staple", "", ""))),
          "a link alone is not enough");
      operations.removeSecondFactor("anna");
      assertNull(
          problem(
              server.answersStranger(
                  new Command.ResetPassword(link.code(), "battery staple", "", ""))));
    }
  }

  @Test
  void itGoesWithTheAccount() throws Exception {
    try (ServerFixture server = server()) {
      Somebody anna = server.one(0);
      sets(server, anna);
      assertNull(anna.problem(new Command.DeleteAccount(PASSWORD)));
      server.settle();
      assertEquals(
          List.of(),
          server
              .server()
              .context()
              .access()
              .read((store, generation) ->
                  store.cells(CellKind.SECOND_FACTOR.space(), "", ChatStore.MAX_ROWS)));
    }
  }
}
