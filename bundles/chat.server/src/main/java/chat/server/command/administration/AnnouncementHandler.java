// SPDX-License-Identifier: Apache-2.0
package chat.server.command.administration;

import chat.protocol.Command;
import chat.protocol.Problem;
import chat.protocol.Reply;
import chat.server.base.Refusal;
import chat.server.command.AccessGuard;
import chat.server.command.Request;
import chat.server.room.ServerRight;
import chat.server.session.AuditTrail;
import chat.server.session.RateLimits;

/** Lets owners of the server announce something. */
public record AnnouncementHandler(
    AccessGuard guard, Announcements announcements, AuditTrail audit) {

  public void announce(Request request, Command.Announce announce) throws Refusal {
    if (!ServerRight.ANNOUNCE.isOf(request.account())) {
      throw Refusal.denied(Problem.NOT_ALLOWED, "owners of this server make announcements");
    }
    String text = Announcements.checked(announce.text());
    guard.checkRate(request, RateLimits.Kind.START);
    request.read(() -> {
      announcements.make(text);
      audit.announced(request.account(), !text.isEmpty());
      request.answer(new Reply.Done());
    });
  }
}
