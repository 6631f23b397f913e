// SPDX-License-Identifier: Apache-2.0
package chat.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.operations.AuditEvent;
import chat.operations.AuditLog;
import chat.protocol.Command;
import chat.protocol.ModerationAction;
import chat.protocol.Problem;
import chat.protocol.Reply;
import chat.protocol.RoomKind;
import chat.server.ServerFixture.Somebody;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What operators can read later: who came, who tried, and what was done to whom. */
@Timeout(60)
class AuditTrailTest {
  private static final String SECRET = "the cat sat on the mat";
  private static final String PASSWORD = "correct horse";
  private static final String CODE = "ab".repeat(16);

  @TempDir Path folder;

  private final List<AuditEvent> events = new CopyOnWriteArrayList<>();

  private final AuditLog log =
      new AuditLog() {
        @Override
        public void record(String action, String details) {
          throw new AssertionError("operators did nothing: " + action);
        }

        @Override
        public void happened(AuditEvent event) {
          events.add(event);
        }
      };

  private List<Map<String, Object>> all(String event) {
    return events.stream()
        .filter(each -> each.event().equals(event))
        .map(AuditEvent::fields)
        .toList();
  }

  private static Problem tries(ServerFixture server, String name, String password) {
    return assertInstanceOf(
            Reply.Failed.class, server.answersStranger(new Command.LogIn(name, password, "test")))
        .problem();
  }

  private static void moderates(Somebody owner, Somebody other) {
    long room = owner.makes(RoomKind.PUBLIC, "Garden");
    other.does(new Command.Join(UUID.randomUUID(), room));
    owner.says(room, SECRET);
    owner.does(ModerationAction.MUTE, other, room);
    owner.does(ModerationAction.MAKE_MODERATOR, other, room);
    owner.does(ModerationAction.KICK, other, room);
  }

  private static void guesses(ServerFixture server) {
    for (int i = 0; i < 4; i++) {
      assertEquals(Problem.PASSWORD_WRONG, tries(server, "ANNA", "a guess of mine"));
    }
    assertEquals(Problem.ACCOUNT_UNKNOWN, tries(server, "my password by mistake", "anna"));
    for (int i = 0; i < 5; i++) {
      assertEquals(Problem.PASSWORD_WRONG, tries(server, "boris", "another guess"));
    }
    assertEquals(Problem.TOO_MANY, tries(server, "boris", "another guess"));
  }

  private static void comes(ServerFixture server, String name) throws Exception {
    server.server().invitations().make(CODE, 1, 1);
    assertInstanceOf(
        Reply.LoggedIn.class,
        server.answersStranger(new Command.Register(name, PASSWORD, "", CODE)));
  }

  private void aDay() throws Exception {
    try (ServerFixture server = new ServerFixture(folder, log, "anna", "boris", "carla")) {
      Somebody anna = server.one(0);
      moderates(anna, server.one(1));
      server.device(anna);
      guesses(server);
      assertInstanceOf(
          Reply.Done.class, anna.asks(new Command.ChangePassword(PASSWORD, "battery staple")));
      comes(server, "emil");
      assertInstanceOf(Reply.Done.class, server.one(2).asks(new Command.DeleteAccount(PASSWORD)));
    }
  }

  @Test
  void whoCameAndWhatWasDoneIsTold() throws Exception {
    aDay();
    assertEquals(
        List.of("anna", "boris", "carla", "emil"),
        all("registration").stream().map(each -> each.get("name")).toList());
    assertTrue(all("registration").get(3).containsKey("invitation"));
    assertFalse(all("registration").get(0).containsKey("invitation"));
    assertEquals(List.of("anna"), all("log-in").stream().map(e -> e.get("name")).toList());
    assertEquals(
        List.of("mute", "make-moderator", "kick"),
        all("moderation").stream().map(e -> e.get("action")).toList());
    Map<String, Object> kick = all("moderation").getLast();
    assertEquals(List.of("boris", "anna"), List.of(kick.get("name"), kick.get("byName")));
    assertEquals("carla", all("deletion").getFirst().get("name"));
    assertEquals("anna", all("password-change").getFirst().get("name"));
  }

  @Test
  void whatFailedIsCountedByName() throws Exception {
    aDay();
    assertEquals(4, failed("anna"));
    assertEquals(1, failed(null));
    assertEquals(5, failed("boris"));
    assertEquals("boris", all("locked-out").getLast().get("name"));
  }

  @Test
  void nothingThatWasSaidAndNoSecretIsTold() throws Exception {
    aDay();
    String everything = events.toString();
    for (String secret : List.of(SECRET, PASSWORD, "battery", "guess", "mistake", CODE, "Garden")) {
      assertFalse(everything.contains(secret), () -> secret + " is in " + everything);
    }
  }

  /** How often a log-in to this name failed, whichever minute it was counted in. */
  private int failed(String name) {
    return all("log-in-failed").stream()
        .filter(each -> name == null ? !each.containsKey("name") : name.equals(each.get("name")))
        .mapToInt(each -> (int) each.get("count"))
        .sum();
  }
}
