// SPDX-License-Identifier: Apache-2.0
package chat.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.operations.AccountDetails;
import chat.operations.AccountOperations;
import chat.operations.AccountReceiver;
import chat.operations.AccountRole;
import chat.operations.AuditEvent;
import chat.operations.AuditLog;
import chat.operations.ExportedMessage;
import chat.protocol.AccountAction;
import chat.protocol.AccountInfo;
import chat.protocol.Command;
import chat.protocol.Cursor;
import chat.protocol.Device;
import chat.protocol.Event;
import chat.protocol.Limits;
import chat.protocol.Problem;
import chat.protocol.Reply;
import chat.protocol.RoomKind;
import chat.protocol.ServerMessage;
import chat.protocol.ServerRole;
import chat.server.ServerFixture.Somebody;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What owners of the server do for its people and to them, and nobody else. */
@Timeout(60)
class AdministrationTest {
  private static final String PASSWORD = "correct horse";

  @TempDir Path folder;

  private final List<AuditEvent> audit = new CopyOnWriteArrayList<>();

  private final AuditLog log =
      new AuditLog() {
        @Override
        public void record(String action, String details) {}

        @Override
        public void happened(AuditEvent event) {
          audit.add(event);
        }
      };

  private static AccountOperations operations(ServerFixture server) {
    return new LiveAccountOperations(server::server, FakeConnection::new, (action, details) -> {});
  }

  /** Anna owns the server; Boris, Chen and Dora are there. */
  private ServerFixture server() throws Exception {
    ServerFixture server = new ServerFixture(folder, log, "anna", "boris", "chen", "dora");
    operations(server).setRole("anna", AccountRole.OWNER);
    server.settle();
    return server;
  }

  private static Problem does(Somebody by, AccountAction action, Somebody whom) {
    return does(by, action, whom, "");
  }

  private static Problem does(Somebody by, AccountAction action, Somebody whom, String name) {
    return by.problem(new Command.AdministerAccount(whom.account(), action, name));
  }

  private static Reply.AccountPage page(Somebody by, String words, String after, int limit) {
    return assertInstanceOf(
        Reply.AccountPage.class, by.asks(new Command.Accounts(words, after, limit)));
  }

  private static List<String> names(Reply.AccountPage page) {
    return page.accounts().stream().map(account -> account.person().name()).toList();
  }

  private static AccountInfo info(Somebody by, String name) {
    return page(by, name, "", 1).accounts().getFirst();
  }

  private static boolean isLoggedOut(ServerFixture server, Somebody somebody) throws Exception {
    server.settle();
    return somebody.hears().stream().anyMatch(Event.LoggedOut.class::isInstance);
  }

  @Test
  void ownersSeeWhoThereIs() throws Exception {
    try (ServerFixture server = server()) {
      Somebody anna = server.one(0);
      assertEquals(List.of("anna", "boris", "chen", "dora"), names(page(anna, "", "", 100)));
      Reply.AccountPage first = page(anna, "", "", 3);
      assertTrue(first.more());
      assertEquals(List.of("dora"), names(page(anna, "", "CHEN", 3)));
      assertEquals(List.of("boris", "dora"), names(page(anna, "OR", "", 100)));
      AccountInfo boris = info(anna, "boris");
      assertEquals(ServerRole.MEMBER, boris.role());
      assertTrue(boris.online());
      assertEquals(0, boris.suspended());
      assertEquals(ServerRole.OWNER, info(anna, "anna").role());
      List<Device> devices =
          assertInstanceOf(
                  Reply.DeviceList.class,
                  anna.asks(new Command.DevicesOf(boris.person().account())))
              .devices();
      assertEquals(List.of("test"), devices.stream().map(Device::name).toList());
    }
  }

  @Test
  void nobodyElseMay() throws Exception {
    try (ServerFixture server = server()) {
      Somebody boris = server.one(1);
      operations(server).setRole("boris", AccountRole.MODERATOR);
      long chen = server.one(2).account();
      for (AccountAction action : AccountAction.values()) {
        assertEquals(Problem.NOT_ALLOWED, does(boris, action, server.one(2)), action::toString);
      }
      for (Command command :
          List.of(
              new Command.Accounts("", "", 10),
              new Command.DevicesOf(chen),
              new Command.InviteToResetPassword(chen),
              new Command.Announce("look here"))) {
        assertEquals(Problem.NOT_ALLOWED, boris.problem(command), command::toString);
      }
    }
  }

  @Test
  void ownersDoWhatOperatorsDo() throws Exception {
    try (ServerFixture server = server()) {
      Somebody anna = server.one(0);
      Somebody boris = server.one(1);
      Somebody chen = server.one(2);
      assertNull(does(anna, AccountAction.SUSPEND, boris));
      assertTrue(isLoggedOut(server, boris));
      assertTrue(info(anna, "boris").suspended() > 0);
      assertNull(does(anna, AccountAction.SUSPEND, boris), "said again after a lost answer");
      assertNull(does(anna, AccountAction.RESUME, boris));
      Somebody back = server.logsIn("boris");
      assertNull(does(anna, AccountAction.END_SESSIONS, back));
      assertTrue(isLoggedOut(server, back));
      assertEquals(Problem.NAME_TAKEN, does(anna, AccountAction.RENAME, chen, "Dora"));
      assertEquals(Problem.NAME_INVALID, does(anna, AccountAction.RENAME, chen, "@chen"));
      assertNull(does(anna, AccountAction.RENAME, chen, "Chen Wei"));
      assertEquals(chen.account(), info(anna, "chen wei").person().account());
      Somebody dora = server.one(3);
      assertNull(does(anna, AccountAction.DELETE, dora));
      assertTrue(isLoggedOut(server, dora));
      assertNull(does(anna, AccountAction.DELETE, dora), "said again after a lost answer");
      assertEquals(
          Problem.PERSON_UNKNOWN, does(anna, AccountAction.SUSPEND, dora), "it is no more");
    }
    assertEquals(
        List.of("suspend", "suspend", "resume", "end-sessions", "rename", "delete"),
        audit.stream()
            .map(AuditEvent::event)
            .filter(event -> event.startsWith("account-"))
            .map(event -> event.substring("account-".length()))
            .toList());
    assertTrue(
        audit.stream()
            .filter(event -> event.event().startsWith("account-"))
            .allMatch(event -> "anna".equals(event.fields().get("byName"))));
  }

  @Test
  void thereIsAlwaysAnOwnerAndEachIsToldWhatItIs() throws Exception {
    try (ServerFixture server = server()) {
      Somebody anna = server.one(0);
      Somebody boris = server.one(1);
      assertEquals(Problem.NOT_ALLOWED, does(anna, AccountAction.MAKE_MEMBER, anna));
      assertEquals(Problem.NOT_ALLOWED, does(anna, AccountAction.SUSPEND, anna));
      assertEquals(Problem.NOT_ALLOWED, does(anna, AccountAction.DELETE, anna));
      boris.hears();
      assertNull(does(anna, AccountAction.MAKE_OWNER, boris));
      server.settle();
      assertEquals(List.of(ServerRole.OWNER), roles(boris));
      assertNull(does(boris, AccountAction.MAKE_MODERATOR, anna));
      server.settle();
      assertEquals(List.of(ServerRole.OWNER, ServerRole.MODERATOR), roles(anna));
      assertEquals(Problem.NOT_ALLOWED, does(anna, AccountAction.MAKE_OWNER, anna));
      Reply.LoggedIn in =
          assertInstanceOf(
              Reply.LoggedIn.class,
              server.answersStranger(new Command.LogIn("boris", PASSWORD, "")));
      assertEquals(ServerRole.OWNER, in.role());
    }
  }

  private static List<ServerRole> roles(Somebody somebody) {
    List<ServerRole> roles = new ArrayList<>();
    for (ServerMessage message : somebody.hears()) {
      if (message instanceof Event.RoleChanged(ServerRole role)) {
        roles.add(role);
      }
    }
    return roles;
  }

  @Test
  void aCodeOfAnOwnerSetsAPassword() throws Exception {
    try (ServerFixture server = server()) {
      Somebody boris = server.one(1);
      String code =
          assertInstanceOf(
                  Reply.Invited.class,
                  server.one(0).asks(new Command.InviteToResetPassword(boris.account())))
              .code();
      assertInstanceOf(
          Reply.LoggedIn.class,
          server.answersStranger(new Command.ResetPassword(code, "battery staple", "", "")));
      assertTrue(isLoggedOut(server, boris));
    }
  }

  @Test
  void everybodyMayChangeTheOwnName() throws Exception {
    try (ServerFixture server = server()) {
      Somebody chen = server.one(2);
      assertEquals(Problem.NAME_TAKEN, chen.problem(new Command.ChangeName("B0RIS")));
      assertEquals(Problem.NAME_INVALID, chen.problem(new Command.ChangeName("admin")));
      assertNull(chen.problem(new Command.ChangeName("Chen Wei")));
      assertNull(chen.problem(new Command.ChangeName("Chen Wei")), "after a lost answer");
      assertEquals("Chen Wei", server.directory().accounts().person(chen.account()).name());
      assertInstanceOf(
          Reply.LoggedIn.class,
          server.answersStranger(new Command.LogIn("chen wei", PASSWORD, "")));
      assertEquals(
          Problem.ACCOUNT_UNKNOWN,
          assertInstanceOf(
                  Reply.Failed.class,
                  server.answersStranger(new Command.LogIn("chen", PASSWORD, "")))
              .problem());
    }
    assertTrue(audit.stream().anyMatch(event -> event.event().equals("rename")));
  }

  private static List<String> announced(Somebody somebody) {
    List<String> texts = new ArrayList<>();
    for (ServerMessage message : somebody.hears()) {
      if (message instanceof Event.Announced(String text, long time)) {
        texts.add(text);
      }
    }
    return texts;
  }

  @Test
  void anAnnouncementIsToldToThoseWhoAreHereAndToThoseWhoCome() throws Exception {
    try (ServerFixture server = server()) {
      Somebody anna = server.one(0);
      Somebody boris = server.one(1);
      boris.hears();
      assertNull(anna.problem(new Command.Announce("Back up tonight:\nfrom 22:00")));
      server.settle();
      assertEquals(List.of("Back up tonight:\nfrom 22:00"), announced(boris));
      Somebody late = server.registers("emil");
      server.settle();
      assertEquals(List.of("Back up tonight:\nfrom 22:00"), announced(late));
      assertEquals(Problem.TOO_LARGE, anna.problem(new Command.Announce("x".repeat(1_001))));
      assertEquals(Problem.TEXT_INVALID, anna.problem(new Command.Announce("a\u0007bell")));
      assertNull(anna.problem(new Command.Announce("")));
      server.settle();
      assertEquals(List.of(""), announced(boris));
      Somebody later = server.registers("fred");
      server.settle();
      assertEquals(List.of(), announced(later));
    }
  }

  /** What an export told, by room and number. */
  private static final class Received implements AccountReceiver {
    private final Map<String, String> messages = new TreeMap<>();
    private final Map<String, ByteArrayOutputStream> files = new TreeMap<>();
    private String name = "";

    @Override
    public void account(AccountDetails details) {
      name = details.account().name();
    }

    @Override
    public void message(ExportedMessage message) {
      messages.put(message.roomName() + " " + message.kind() + " " + message.text(), "");
    }

    @Override
    public OutputStream file(ExportedMessage message) {
      return files.computeIfAbsent(message.text(), _ -> new ByteArrayOutputStream());
    }
  }

  @Test
  void anExportHoldsWhatOneSaidWhereverAndNothingOfOthers() throws Exception {
    try (ServerFixture server = server()) {
      Somebody anna = server.one(0);
      Somebody boris = server.one(1);
      long room = anna.makes(RoomKind.PRIVATE, "garden");
      anna.bringsIn(boris, room);
      anna.says(room, "not his");
      for (int i = 0; i < 205; i++) {
        boris.says(1, "text " + i);
      }
      boris.does(
          new Command.Edit(UUID.randomUUID(), Cursor.behind(boris.says(room, "frist")), "first"));
      long direct = boris.does(new Command.Direct(UUID.randomUUID(), anna.account())).room();
      boris.says(direct, "between us");
      byte[] content = "a note".repeat(20_000).getBytes(StandardCharsets.UTF_8);
      sends(boris, room, content);
      boris.does(new Command.Leave(UUID.randomUUID(), room));
      Received received = new Received();
      operations(server).export("boris", received);
      assertEquals("boris", received.name);
      assertEquals(209, received.messages.size(), () -> received.messages.toString());
      assertTrue(received.messages.containsKey("garden edit first"));
      assertTrue(received.messages.containsKey("anna text between us"));
      assertTrue(received.messages.keySet().stream().noneMatch(each -> each.contains("not his")));
      assertEquals(
          new String(content, StandardCharsets.UTF_8),
          received.files.get("note.txt").toString(StandardCharsets.UTF_8));
    }
  }

  private static void sends(Somebody somebody, long room, byte[] content) {
    UUID id = UUID.randomUUID();
    somebody.asks(
        new Command.StartUpload(id, room, "note.txt", "text/plain", content.length, new byte[0]));
    int chunk = Limits.DEFAULT.chunk();
    for (int at = 0; at < content.length; at += chunk) {
      somebody.asks(
          new Command.UploadChunk(
              id, at, Arrays.copyOfRange(content, at, Math.min(content.length, at + chunk))));
    }
  }
}
