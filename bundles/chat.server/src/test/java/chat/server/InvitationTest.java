// SPDX-License-Identifier: Apache-2.0
package chat.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import chat.protocol.Command;
import chat.protocol.Problem;
import chat.protocol.Reply;
import chat.server.ServerFixture.Somebody;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Members bring others to the server, as often as an invitation says, where they may. */
@Timeout(60)
class InvitationTest {
  @TempDir Path folder;

  private ServerFixture server(Map<String, Object> configured) throws Exception {
    return new ServerFixture(folder, store -> store, configured, "anna");
  }

  private static String invites(Somebody by, int uses, int days) {
    return assertInstanceOf(Reply.Invited.class, by.asks(new Command.Invite(uses, days))).code();
  }

  private static Problem registers(ServerFixture server, String name, String code) {
    Reply answer =
        server.answersStranger(new Command.Register(name, "correct horse", "test", code));
    return answer instanceof Reply.Failed failed ? failed.problem() : null;
  }

  @Test
  void anInvitationIsGoodAsOftenAsItSays() throws Exception {
    try (ServerFixture server = server(Map.of())) {
      String code = invites(server.one(0), 2, 1);
      assertEquals(null, registers(server, "boris", code));
      assertEquals(null, registers(server, "carla", code));
      assertEquals(Problem.INVITATION_INVALID, registers(server, "dora", code));
    }
  }

  @Test
  void whoIsRefusedUsesNothingUp() throws Exception {
    try (ServerFixture server = server(Map.of())) {
      String code = invites(server.one(0), 1, 1);
      assertEquals(Problem.NAME_TAKEN, registers(server, "ANNA", code));
      assertEquals(Problem.NAME_INVALID, registers(server, " ", code));
      assertEquals(null, registers(server, "boris", code));
    }
  }

  @Test
  void eachInvitationIsAnother() throws Exception {
    try (ServerFixture server = server(Map.of())) {
      Somebody anna = server.one(0);
      assertNotEquals(invites(anna, 1, 1), invites(anna, 1, 1));
      assertEquals(Problem.INVITATION_INVALID, registers(server, "boris", "0f".repeat(16)));
    }
  }

  @Test
  void usesAndDaysHaveTheirBounds() throws Exception {
    try (ServerFixture server = server(Map.of())) {
      Somebody anna = server.one(0);
      for (Command wrong :
          new Command[] {
            new Command.Invite(0, 1),
            new Command.Invite(26, 1),
            new Command.Invite(1, 0),
            new Command.Invite(1, 31)
          }) {
        assertEquals(Problem.TOO_LARGE, anna.problem(wrong), wrong::toString);
      }
      invites(anna, 25, 30);
    }
  }

  @Test
  void membersInviteWhereTheOperatorLetsThemOnly() throws Exception {
    try (ServerFixture server = server(Map.of("membersInvite", false))) {
      assertEquals(Problem.NOT_ALLOWED, server.one(0).problem(new Command.Invite(1, 1)));
    }
  }
}
