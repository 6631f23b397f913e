// SPDX-License-Identifier: Apache-2.0
package chat.server;

import chat.protocol.Command;
import chat.server.base.Refusal;
import chat.server.command.Request;
import chat.server.command.account.AccountAdministration;
import chat.server.command.account.AccountChanges;
import chat.server.command.administration.AccountExporter;
import chat.server.command.administration.AdministrationHandler;
import chat.server.command.administration.AnnouncementHandler;
import chat.server.command.administration.Announcements;

/** For what owners of the server do, and operators. */
record AdministrationHandlers(
    AccountAdministration accounts,
    AdministrationHandler handler,
    Announcements announcements,
    AnnouncementHandler announcing,
    AccountExporter exporter) {

  static AdministrationHandlers of(
      HandlerParts parts, AccountHandlers account, AccountChanges changes) {
    AccountAdministration accounts =
        new AccountAdministration(
            changes,
            account.deletion(),
            AccountHandlers.resets(parts),
            parts.presence(),
            parts.clock());
    Announcements announcements =
        new Announcements(
            parts.access(), parts.seals(), parts.directory(), parts.devices(), parts.clock());
    return new AdministrationHandlers(
        accounts,
        new AdministrationHandler(
            parts.guard(),
            accounts,
            parts.directory(),
            parts.presence(),
            parts.audit(),
            parts.limits()),
        announcements,
        new AnnouncementHandler(parts.guard(), announcements, parts.audit()),
        new AccountExporter(parts.access(), parts.queries(), parts.seals()));
  }

  void carryOut(Request request, Command.Administration command) throws Refusal {
    switch (command) {
      case Command.Accounts asked -> handler.list(request, asked);
      case Command.AdministerAccount asked -> handler.administer(request, asked);
      case Command.DevicesOf asked -> handler.devices(request, asked);
      case Command.InviteToResetPassword invite -> handler.inviteToReset(request, invite);
      case Command.Announce announce -> announcing.announce(request, announce);
    }
  }
}
