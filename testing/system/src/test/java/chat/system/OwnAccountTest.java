// SPDX-License-Identifier: Apache-2.0
package chat.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.admin.client.AdminAnswer;
import chat.client.ClientEvent;
import chat.protocol.AccountAction;
import chat.protocol.Command;
import chat.protocol.Content;
import chat.protocol.Device;
import chat.protocol.ModerationAction;
import chat.protocol.PasswordReset;
import chat.protocol.Problem;
import chat.protocol.RoomKind;
import chat.prove.server.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whose account it is: passwords and devices, over TLS against the assembled server, on each store
 * and with a swap in the middle of each dialogue.
 */
class OwnAccountTest {
  private static final String OTHER = "battery staple";

  @Nested
  class OnSqlite extends Dialogues {
    OnSqlite() {
      super(StoreUnderTest.SQLITE);
    }
  }

  @Nested
  class InMemory extends Dialogues {
    InMemory() {
      super(StoreUnderTest.MEMORY);
    }
  }

  @Nested
  class OnPostgresql extends Dialogues {
    OnPostgresql() {
      super(StoreUnderTest.POSTGRESQL);
    }
  }

  @Timeout(300)
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  abstract static class Dialogues {
    private final StoreUnderTest store;
    private Path folder;
    private ServerProcess server;
    private int people;

    Dialogues(StoreUnderTest store) {
      this.store = store;
    }

    @BeforeAll
    void startServer(@TempDir Path temporary) throws IOException {
      folder = temporary;
      server = store.server(folder.resolve("data"), "own_account");
      server.start();
    }

    @AfterAll
    void stopServer() throws InterruptedException {
      server.close();
    }

    private TestUser somebody(String name) throws IOException {
      return TestUser.named(name + ++people, server, folder.resolve("profiles")).registers();
    }

    private TestUser device(TestUser owner, String device) throws IOException {
      return TestUser.named(owner.name(), server, folder.resolve("profiles"), device);
    }

    private void swap() throws IOException {
      store.swap(server, folder);
    }

    /** Starts the server anew; with a store in memory the part of it that gives ids. */
    private void restart() throws IOException, InterruptedException {
      if (store == StoreUnderTest.MEMORY) {
        swap();
      } else {
        server.stop();
        server.start();
      }
    }

    private static void isLoggedOut(TestUser user) {
      user.first("being logged out", e -> e instanceof ClientEvent.LoggedOut out ? out : null);
    }

    private static Problem refusedTo(TestUser user, String password) {
      user.client().start();
      return TestUser.refusal(user.client().logIn(user.name(), password));
    }

    @Test
    void anotherPasswordLogsTheOtherDevicesOut() throws IOException {
      try (TestUser alice = somebody("alice");
          TestUser phone = device(alice, "phone").logsIn();
          TestUser laptop = device(alice, "laptop")) {
        assertEquals(
            Problem.PASSWORD_WRONG,
            TestUser.refusal(alice.client().account().changePassword("not my password", OTHER)));
        swap();
        TestUser.get(alice.client().account().changePassword(TestUser.PASSWORD, OTHER));
        isLoggedOut(phone);
        assertEquals(Problem.PASSWORD_WRONG, refusedTo(laptop, TestUser.PASSWORD));
        TestUser.get(laptop.client().logIn(alice.name(), OTHER));
        laptop.isBack(0);
        laptop.hears(alice.saysAndHears("it is me, " + alice.name()).id());
      }
    }

    @Test
    void devicesAreListedAndLoggedOutAndAParkedOneIsNotForgotten() throws IOException {
      try (TestUser alice = somebody("alice");
          TestUser phone = device(alice, "phone").logsIn();
          TestUser tablet = device(alice, "tablet").logsIn()) {
        List<Device> devices = TestUser.get(alice.client().account().devices());
        assertEquals(
            List.of("test ", "test phone", "test tablet"),
            devices.stream().map(Device::name).sorted().toList());
        assertEquals("test ", devices.getFirst().name(), "this one is the first");
        swap();
        Device ended = named("test phone", devices);
        alice.sets(new Command.EndDevice(ended.id()));
        isLoggedOut(phone);
        tablet.hears(alice.saysAndHears("only the phone, " + alice.name()).id());
        alice.sets(new Command.EndOtherDevices());
        isLoggedOut(tablet);
        assertEquals(1, TestUser.get(alice.client().account().devices()).size());
      }
    }

    private AdminAnswer account(String... words) throws IOException {
      String[] line = new String[words.length + 1];
      line[0] = "account";
      System.arraycopy(words, 0, line, 1, words.length);
      return server.ask(line);
    }

    private void operator(String... words) throws IOException {
      AdminAnswer answer = account(words);
      assertTrue(answer.isDone(), answer.raw());
    }

    @Test
    void aSecondFactorIsAskedForAfterASwapAndEachCodeIsGoodOnce() throws Exception {
      Authenticator phone = new Authenticator("a secret of 20 bytes");
      try (TestUser alice = somebody("alice");
          TestUser laptop = device(alice, "laptop")) {
        List<String> codes =
            TestUser.get(
                alice
                    .client()
                    .account()
                    .setSecondFactor(
                        new Command.SetSecondFactor(
                            TestUser.PASSWORD, phone.bytes(), phone.shows(Instant.now()), "")));
        swap();
        assertEquals(Problem.CODE_REQUIRED, refusedTo(laptop, TestUser.PASSWORD));
        TestUser.get(laptop.client().logIn(alice.name(), TestUser.PASSWORD, codes.getFirst()));
        laptop.isBack(0);
        laptop.hears(alice.saysAndHears("with a code, " + alice.name()).id());
        restart();
        try (TestUser thief = device(alice, "thief")) {
          thief.client().start();
          assertEquals(
              Problem.CODE_WRONG,
              TestUser.refusal(
                  thief.client().logIn(alice.name(), TestUser.PASSWORD, codes.getFirst())));
          operator("remove-second-factor", alice.name());
          TestUser.get(thief.client().logIn(alice.name(), TestUser.PASSWORD));
        }
      }
    }

    @Test
    void anotherNameOfOnesOwnIsHeardByOthersAndHoldsOverASwap() throws IOException {
      try (TestUser alice = somebody("alice");
          TestUser bob = somebody("bob");
          TestUser phone = device(bob, "phone")) {
        String name = "robert" + people;
        bob.sets(new Command.ChangeName(name));
        swap();
        bob.says("it is me, " + name);
        assertEquals(
            name,
            alice
                .first(
                    "the text under the new name",
                    e ->
                        e instanceof ClientEvent.Added(var entry)
                                && entry.content() instanceof Content.Text text
                                && text.text().equals("it is me, " + name)
                            ? entry
                            : null)
                .author()
                .name());
        phone.client().start();
        TestUser.get(phone.client().logIn(name, TestUser.PASSWORD));
      }
    }

    @Test
    void ownersLookAfterPeopleAndTellThemSomething() throws Exception {
      try (TestUser olga = somebody("olga");
          TestUser bob = somebody("bob")) {
        operator("role", olga.name(), "owner");
        String text = "back at 22:00, " + people;
        olga.sets(new Command.Announce(text));
        isAnnounced(bob, text);
        swap();
        try (TestUser carla = somebody("carla")) {
          isAnnounced(carla, text);
        }
        assertEquals(text, server.ask("announce").result().text("announcement"));
        olga.sets(new Command.AdministerAccount(bob.account(), AccountAction.SUSPEND, ""));
        isLoggedOut(bob);
        assertTrue(server.ask("announce", "--clear").isDone());
        restart();
        assertEquals("", server.ask("announce").result().text("announcement"));
      }
    }

    private static void isAnnounced(TestUser user, String text) {
      user.first(
          "an announcement",
          e ->
              e instanceof ClientEvent.Announced(String told, long time) && told.equals(text)
                  ? e
                  : null);
    }

    @Test
    void theOperatorSuspendsLetsBackAndHelpsWithTheForgottenPassword() throws IOException {
      try (TestUser alice = somebody("alice");
          TestUser bob = somebody("bob");
          TestUser phone = device(bob, "phone")) {
        bob.saysAndHears("before, " + bob.name());
        operator("suspend", bob.name());
        isLoggedOut(bob);
        assertEquals(Problem.NOT_ALLOWED, refusedTo(phone, TestUser.PASSWORD));
        swap();
        assertEquals(
            Problem.NOT_ALLOWED,
            TestUser.refusal(phone.client().logIn(bob.name(), TestUser.PASSWORD)));
        alice.hears(bob, "before, " + bob.name());
        operator("resume", bob.name());
        String link =
            account("reset-link", "--host", "localhost", bob.name()).result().text("link");
        PasswordReset reset = PasswordReset.parse(link).orElseThrow();
        assertEquals(server.fingerprint(), reset.fingerprint());
        TestUser.get(phone.client().resetPassword(reset.code(), OTHER));
        assertEquals(
            Problem.INVITATION_INVALID,
            TestUser.refusal(bob.client().resetPassword(reset.code(), OTHER)));
        TestUser.get(bob.client().logIn(bob.name(), OTHER));
        bob.isBack(0);
        bob.says("back, " + bob.name());
        alice.hears(bob, "back, " + bob.name());
        operator("end-sessions", bob.name());
        isLoggedOut(phone);
      }
    }

    @Test
    void anotherNameIsSeenAndTheLastOwnerStays() throws IOException {
      try (TestUser alice = somebody("alice");
          TestUser bob = somebody("bob")) {
        long room = bob.meets(alice);
        alice.says(room, "hello, " + bob.name());
        String name = "robert" + people;
        operator("rename", bob.name(), name);
        alice.first(
            "the room of two under the new name",
            e ->
                e instanceof ClientEvent.RoomChanged changed
                        && changed.info().room() == room
                        && changed.info().peer().name().equals(name)
                    ? changed
                    : null);
        assertEquals("conflict", code("rename", alice.name(), name));
        operator("role", name, "owner");
        swap();
        assertEquals("conflict", code("role", name, "member"));
        assertEquals("conflict", code("suspend", name));
        assertEquals(
            Problem.NOT_ALLOWED,
            TestUser.refusal(bob.client().set(new Command.DeleteAccount(TestUser.PASSWORD))));
        operator("role", alice.name(), "owner");
        operator("delete", name);
        isLoggedOut(bob);
        assertEquals("not-found", code("show", name));
        String audit = Files.readString(server.data().resolve("log/audit.log"));
        String of = ",\"by\":\"operator\",\"account\":" + bob.account() + ",\"name\":\"";
        assertTrue(audit.contains("\"account-rename\"" + of + bob.name() + '"'), audit);
        assertTrue(audit.contains("\"account-delete\"" + of + name + '"'), audit);
      }
    }

    @Test
    void nobodyGetsTheIdOfSomebodyWhoIsGone() throws IOException, InterruptedException {
      try (TestUser alice = somebody("alice");
          TestUser bob = somebody("bob")) {
        long room = bob.meets(alice);
        bob.says(room, "between us");
        operator("delete", bob.name());
        isLoggedOut(bob);
        restart();
        try (TestUser carla = somebody("carla")) {
          assertTrue(carla.account() > bob.account(), carla.account() + " after " + bob.account());
          assertTrue(carla.meets(alice) > room, "a newcomer got a room that was not theirs");
        }
      }
    }

    @Test
    void theAuditTellsWhoCameAndWhatWasDoneAndNoSecrets() throws Exception {
      try (TestUser alice = somebody("alice");
          TestUser bob = somebody("bob");
          TestUser guesser = device(bob, "guesser");
          TestUser phone = device(alice, "phone")) {
        String said = "nobody reads this, " + alice.name();
        alice.saysAndHears(said);
        for (int i = 0; i < 3; i++) {
          assertEquals(Problem.PASSWORD_WRONG, refusedTo(guesser, "my wrong guess"));
        }
        swap();
        phone.logsIn();
        long room = alice.makes(RoomKind.PRIVATE, "Vault of " + alice.name());
        alice.does(ModerationAction.INVITE, bob, room);
        alice.does(ModerationAction.KICK, bob, room);
        operator("suspend", bob.name());
        restart();
        String audit = audit();
        String of = "\"address\":\"127.0.0.1\",\"account\":";
        contains("\"event\":\"registration\"," + of + bob.account(), audit);
        contains("\"event\":\"log-in\"," + of + alice.account(), audit);
        contains("\"event\":\"moderation\",\"action\":\"kick\",\"room\":" + room, audit);
        contains("\"account-suspend\",\"by\":\"operator\",\"account\":" + bob.account(), audit);
        contains("\"address\":\"127.0.0.1\",\"name\":\"" + bob.name() + "\",\"count\":", audit);
        for (String secret : List.of(said, TestUser.PASSWORD, "guess", "Vault")) {
          assertFalse(audit.contains(secret), () -> secret + " is in\n" + audit);
        }
      }
    }

    private static void contains(String wanted, String audit) {
      assertTrue(audit.contains(wanted), () -> wanted + " is not in\n" + audit);
    }

    /** The audit log, which its owner alone reads, and in which fail2ban finds what failed. */
    private String audit() throws IOException, InterruptedException {
      Path log = server.data().resolve("log/audit.log");
      String audit = Files.readString(log);
      assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(log)));
      Fail2ban.finds(log, audit.lines().filter(Fail2ban::counts).count());
      List<String> events =
          server.ask("audit", "--since", "1h").result().objects("events").stream()
              .map(event -> event.text("event"))
              .toList();
      assertTrue(events.containsAll(List.of("registration", "moderation")), events.toString());
      return audit;
    }

    private String code(String... words) throws IOException {
      AdminAnswer answer = account(words);
      return answer instanceof AdminAnswer.Refused refused ? refused.code() : answer.raw();
    }

    private static Device named(String name, List<Device> devices) {
      return devices.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
    }
  }
}
