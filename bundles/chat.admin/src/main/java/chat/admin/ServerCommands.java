// SPDX-License-Identifier: Apache-2.0
package chat.admin;

import chat.admin.command.Arguments;
import chat.admin.command.Command;
import chat.admin.command.CommandException;
import chat.admin.command.Fields;
import chat.operations.InvitationInfo;
import chat.operations.InvitationRequest;
import chat.operations.OperationException;
import chat.operations.ServerOperations;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/** Commands about people: who is here, and who may come. */
record ServerCommands(Operations operations) {
  private static final int DAYS = 7;

  List<Command> all() {
    return List.of(
        Command.of("users", "Tell who is online.", "users: names", this::users),
        Command.of(
                "invite",
                "Make a link with which people can register.",
                "link, which is shown once",
                this::invite)
            .option("--uses", "N")
            .option("--days", "D")
            .option("--host", "HOST"),
        Command.of(
                "owner-invitation",
                "Make a link with which somebody becomes an owner of the server.",
                "link, which is shown once",
                this::inviteOwner)
            .option("--host", "HOST"),
        Command.of(
            "invitations",
            "Tell which invitations let somebody in.",
            "invitations: a list of id, uses, end (absent if there is none) and role",
            this::invitations),
        Command.of(
                "announce",
                "Tell everybody something until something else is; without a text, tell what is.",
                "announcement, empty for none",
                this::announce)
            .option("--clear", "")
            .parameter("TEXT", Command.Count.UP_TO_ONE),
        Command.of("uninvite", "Take an invitation back.", "id", this::uninvite)
            .parameter("ID", Command.Count.ONE));
  }

  private Map<String, Object> users(Arguments arguments) throws OperationException {
    return Map.of("users", operations.server().onlineUsers());
  }

  private Map<String, Object> invite(Arguments arguments)
      throws CommandException, OperationException, IOException {
    InvitationRequest request =
        new InvitationRequest(
            arguments.number("--uses", 1, ServerOperations.MOST_USES),
            arguments.number("--days", DAYS, ServerOperations.MOST_DAYS),
            arguments.value("--host"));
    return Map.of("link", operations.server().invite(request));
  }

  private Map<String, Object> inviteOwner(Arguments arguments) throws OperationException {
    return Map.of("link", operations.server().inviteOwner(arguments.value("--host")));
  }

  private Map<String, Object> invitations(Arguments arguments) throws OperationException {
    return Map.of(
        "invitations",
        operations.server().invitations().stream().map(ServerCommands::fields).toList());
  }

  private static Map<String, Object> fields(InvitationInfo invitation) {
    return Fields.of("id", invitation.id())
        .with("uses", invitation.uses())
        .with("end", invitation.end().map(end -> end.truncatedTo(ChronoUnit.SECONDS)))
        .with("role", invitation.role())
        .map();
  }

  private Map<String, Object> announce(Arguments arguments) throws OperationException {
    if (arguments.has("--clear")) {
      operations.server().announce("");
    } else if (arguments.count() > 0) {
      operations.server().announce(arguments.first());
    }
    return Map.of("announcement", operations.server().announcement());
  }

  private Map<String, Object> uninvite(Arguments arguments) throws OperationException {
    operations.server().revokeInvitation(arguments.first());
    return Map.of("id", arguments.first());
  }
}
