// SPDX-License-Identifier: Apache-2.0
package chat.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.admin.client.AdminAnswer;
import chat.admin.client.Json;
import chat.protocol.Command;
import chat.protocol.Invitation;
import chat.protocol.Problem;
import chat.protocol.Reply;
import chat.prove.client.RawClient;
import chat.prove.server.Builds;
import chat.prove.server.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who may come where not everybody may. */
@Timeout(120)
class InvitationsTest {
  @TempDir Path folder;

  private ServerProcess server(ServerProcess.Store store, String registration) throws IOException {
    return ServerProcess.on(folder.resolve("data"), store)
        .set("registration", "\"" + registration + "\"")
        .start();
  }

  private static Reply registers(ServerProcess server, String name, String code)
      throws IOException {
    try (RawClient client = RawClient.greeted(server)) {
      return client.ask(new Command.Register(name, TestUser.PASSWORD, "", code));
    }
  }

  private static Problem refused(ServerProcess server, String name, String code)
      throws IOException {
    return assertInstanceOf(Reply.Failed.class, registers(server, name, code)).problem();
  }

  private static Json done(ServerProcess server, String... words) throws IOException {
    return server.ask(words).result();
  }

  private static Invitation invites(ServerProcess server, String... options) throws IOException {
    List<String> line = new ArrayList<>(List.of("invite"));
    line.addAll(List.of(options));
    return Invitation.parse(server.admin().ask(line).result().text("link")).orElseThrow();
  }

  /** The invitations of everybody but the owner's. */
  private static List<Json> invitations(ServerProcess server) throws IOException {
    return done(server, "invitations").objects("invitations").stream()
        .filter(each -> !each.text("role").equals("OWNER"))
        .toList();
  }

  @ParameterizedTest
  @EnumSource
  void asManyComeAsWereInvitedAndNoMore(ServerProcess.Store store) throws Exception {
    try (ServerProcess server = server(store, "invitation")) {
      assertEquals(Problem.REGISTRATION_CLOSED, refused(server, "stranger", ""));
      Invitation link = invites(server, "--uses", "3", "--host", "chat.example.org");
      assertEquals("chat.example.org", link.host());
      assertEquals(server.port(), link.port());
      assertEquals(server.fingerprint(), link.fingerprint());
      String audit = Files.readString(server.data().resolve("log/audit.log"));
      assertTrue(
          audit.contains("\"event\":\"invite\",\"by\":\"operator\",\"details\":\"3 uses, 7 days\""),
          audit);
      assertFalse(audit.contains(link.code()), audit);

      assertInstanceOf(Reply.LoggedIn.class, registers(server, "alice", link.code()));
      if (store == ServerProcess.Store.SQLITE) {
        done(server, "swap", Builds.newer("chat.storage.sqlite", folder).toString());
        done(server, "swap", Builds.newer("chat.server", folder).toString());
      }
      assertEquals(2, invitations(server).getFirst().count("uses"));
      // All at the same moment: each sees that another one was faster, and asks again.
      assertEquals(2, lettingIn(server, 8, link.code()));
      assertEquals(Problem.INVITATION_INVALID, refused(server, "late", link.code()));
    }
  }

  private static long lettingIn(ServerProcess server, int people, String code) throws Exception {
    List<Callable<Reply>> doors =
        IntStream.range(0, people)
            .mapToObj(i -> (Callable<Reply>) () -> registers(server, "person" + i, code))
            .toList();
    long in = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(people)) {
      for (Future<Reply> reply : threads.invokeAll(doors)) {
        if (reply.get() instanceof Reply.Failed no) {
          assertEquals(Problem.INVITATION_INVALID, no.problem());
        } else {
          in++;
        }
      }
    }
    return in;
  }

  @ParameterizedTest
  @EnumSource
  void whatIsTakenBackIsWorthNothing(ServerProcess.Store store) throws Exception {
    try (ServerProcess server = server(store, "invitation")) {
      String code = invites(server).code();
      String id = invitations(server).getFirst().text("id");
      assertEquals(id, done(server, "uninvite", id).text("id"));
      assertEquals(Problem.INVITATION_INVALID, refused(server, "alice", code));
      assertEquals(
          "not-found",
          assertInstanceOf(AdminAnswer.Refused.class, server.ask("uninvite", id)).code());
    }
  }

  @ParameterizedTest
  @EnumSource
  void aClosedServerLetsInItsOwnerOnly(ServerProcess.Store store) throws Exception {
    try (ServerProcess server = server(store, "closed")) {
      String code = invites(server).code();
      assertEquals(Problem.REGISTRATION_CLOSED, refused(server, "alice", ""));
      assertEquals(Problem.REGISTRATION_CLOSED, refused(server, "alice", code));
      String first = Files.readString(server.data().resolve("run/first-admin.txt")).strip();
      assertInstanceOf(Reply.LoggedIn.class, registers(server, "olga", first));
    }
  }

  @Test
  void theOwnersInvitationIsGoodUntilSomebodyIsAnOwner() throws Exception {
    try (ServerProcess server = server(ServerProcess.Store.SQLITE, "open")) {
      Path file = server.data().resolve("run/first-admin.txt");
      String first = Files.readString(file).strip();
      assertInstanceOf(Reply.LoggedIn.class, registers(server, "stranger", ""));
      server.stop();
      server.start();
      String second = Files.readString(file).strip();
      assertEquals(Problem.INVITATION_INVALID, refused(server, "late", first));
      done(server, "swap", Builds.newer("chat.server", folder).toString());
      assertEquals(second, Files.readString(file).strip(), "an exchange is no start");
      Invitation third = ownerInvitation(server);
      assertEquals(Problem.INVITATION_INVALID, refused(server, "later", second));
      assertEquals(third.code(), Files.readString(file).strip());
      assertInstanceOf(Reply.LoggedIn.class, registers(server, "olga", third.code()));
      assertFalse(Files.exists(file));
      assertEquals(Problem.INVITATION_INVALID, refused(server, "thief", third.code()));
      server.stop();
      server.start();
      assertFalse(Files.exists(file));
      Invitation other = ownerInvitation(server);
      assertInstanceOf(Reply.LoggedIn.class, registers(server, "second", other.code()));
      Json shown = done(server, "account", "show", "second").object("account");
      assertEquals("owner", shown.text("role"));
    }
  }

  private static Invitation ownerInvitation(ServerProcess server) throws IOException {
    return Invitation.parse(done(server, "owner-invitation").text("link")).orElseThrow();
  }

  @ParameterizedTest
  @EnumSource(names = "MEMORY")
  void mistakesAreSaid(ServerProcess.Store store) throws Exception {
    try (ServerProcess server = server(store, "invitation")) {
      for (List<String> wrong :
          List.of(
              List.of("invite", "--uses", "0"),
              List.of("invite", "--uses"),
              List.of("invite", "--days", "400"),
              List.of("invite", "--host", "no host"),
              List.of("invite", "--often", "1"))) {
        AdminAnswer answer = server.ask(wrong.toArray(String[]::new));
        String why = assertInstanceOf(AdminAnswer.Refused.class, answer).message();
        assertTrue(why.contains(wrong.get(1)), why);
      }
      assertEquals(List.of(), invitations(server));
    }
  }
}
