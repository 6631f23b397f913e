// SPDX-License-Identifier: Apache-2.0
package chat.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.protocol.Command;
import chat.protocol.Invitation;
import chat.protocol.Problem;
import chat.protocol.Reply;
import chat.prove.Builds;
import chat.prove.RawClient;
import chat.prove.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
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

  private static String said(ServerProcess server, String... words) throws IOException {
    String answer = server.ask(words);
    assertTrue(answer.startsWith("ok\n"), answer);
    return answer.substring(3);
  }

  @ParameterizedTest
  @EnumSource
  void asManyComeAsWereInvitedAndNoMore(ServerProcess.Store store) throws Exception {
    try (ServerProcess server = server(store, "invitation")) {
      assertEquals(Problem.REGISTRATION_CLOSED, refused(server, "stranger", ""));
      String text = said(server, "invite", "--uses", "3", "--host", "chat.example.org");
      Invitation link = Invitation.parse(text).orElseThrow();
      assertEquals("chat.example.org", link.host());
      assertEquals(server.port(), link.port());
      assertEquals(server.fingerprint(), link.fingerprint());
      String audit = Files.readString(server.data().resolve("log/audit.log"));
      assertTrue(audit.contains(" invite 3 uses, 7 days"), audit);
      assertFalse(audit.contains(link.code()), audit);

      assertInstanceOf(Reply.LoggedIn.class, registers(server, "alice", link.code()));
      if (store == ServerProcess.Store.SQLITE) {
        said(server, "swap", Builds.newer("chat.storage.sqlite", folder).toString());
        said(server, "swap", Builds.newer("chat.server", folder).toString());
      }
      assertTrue(said(server, "invitations").contains(" uses 2 until "));
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
      String code = Invitation.parse(said(server, "invite")).orElseThrow().code();
      String id =
          said(server, "invitations")
              .lines()
              .filter(line -> !line.contains("OWNER"))
              .findFirst()
              .orElseThrow()
              .split(" ")[0];
      assertEquals("taken back", said(server, "uninvite", id));
      assertEquals(Problem.INVITATION_INVALID, refused(server, "alice", code));
      assertTrue(server.ask("uninvite", id).startsWith("error\nthere is no invitation " + id));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aClosedServerLetsInItsOwnerOnly(ServerProcess.Store store) throws Exception {
    try (ServerProcess server = server(store, "closed")) {
      String code = Invitation.parse(said(server, "invite")).orElseThrow().code();
      assertEquals(Problem.REGISTRATION_CLOSED, refused(server, "alice", ""));
      assertEquals(Problem.REGISTRATION_CLOSED, refused(server, "alice", code));
      String first = Files.readString(server.data().resolve("run/first-admin.txt")).strip();
      assertInstanceOf(Reply.LoggedIn.class, registers(server, "owner", first));
    }
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
        String answer = server.ask(wrong.toArray(String[]::new));
        assertTrue(answer.startsWith("error\n") && answer.contains(wrong.get(1)), answer);
      }
      assertEquals(1, said(server, "invitations").lines().count(), "the owner's, as before");
    }
  }
}
