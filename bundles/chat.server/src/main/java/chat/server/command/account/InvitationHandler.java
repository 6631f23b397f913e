// SPDX-License-Identifier: Apache-2.0
package chat.server.command.account;

import chat.protocol.Command;
import chat.protocol.Problem;
import chat.protocol.Reply;
import chat.server.base.Cells;
import chat.server.base.Refusal;
import chat.server.base.Seals;
import chat.server.base.ServerConfig;
import chat.server.command.AccessGuard;
import chat.server.command.CommandCompletion;
import chat.server.command.Request;
import chat.server.room.Role;
import chat.server.room.ServerRight;
import chat.server.session.RateLimits;
import chat.server.store.StoreAccess;
import chat.storage.Change;
import chat.storage.Change.CellPresent;
import chat.storage.Change.CellWrite;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** Lets members bring others to the server. */
public record InvitationHandler(
    AccessGuard guard, StoreAccess access, Seals seals, ServerConfig config, InstantSource clock) {
  private static final int MOST_USES = 25;

  private static final int MOST_DAYS = 30;

  /** Lets a member bring others to the server, if the operator lets members do so. */
  public void invite(Request request, Command.Invite invite) throws Refusal {
    if (!config.membersInvite() && !ServerRight.INVITE_TO_SERVER.isOf(request.account())) {
      throw Refusal.denied(Problem.NOT_ALLOWED, "the operator of this server invites");
    } else if (invite.uses() < 1
        || invite.uses() > MOST_USES
        || invite.days() < 1
        || invite.days() > MOST_DAYS) {
      throw Refusal.invalid(
          Problem.TOO_LARGE, "1 to " + MOST_USES + " uses within 1 to " + MOST_DAYS + " days");
    }
    guard.checkRate(request, RateLimits.Kind.START);
    String code = Invitations.newCode();
    long end = clock.millis() + Duration.ofDays(invite.days()).toMillis();
    CellWrite cell =
        seals.write(
            Invitations.key(code), new InvitationGrant(Role.MEMBER, invite.uses(), end).bytes());
    access
        .journal()
        .submit(
            Change.write(List.of(new CellPresent(Cells.account(request.accountId()))), cell),
            new CommandCompletion(request) {
              @Override
              public void done(long number, long time) {
                request.answer(new Reply.Invited(code));
              }
            });
  }
}
