// SPDX-License-Identifier: Apache-2.0
package chat.server;

import chat.protocol.Command;
import chat.server.base.Refusal;
import chat.server.command.Request;
import chat.server.command.account.AccountChanges;
import chat.server.command.account.AccountDeletion;
import chat.server.command.account.AccountErasure;
import chat.server.command.account.DeviceHandler;
import chat.server.command.account.PasswordHandler;
import chat.server.command.account.PasswordResetHandler;
import chat.server.command.account.PasswordResets;
import chat.server.command.account.StoredSessions;
import chat.server.command.factor.SecondFactorHandler;
import chat.server.command.factor.SecondFactors;
import chat.server.session.LogInLimits;
import chat.server.session.Passwords;

/** For one's own account as a whole. */
record AccountHandlers(
    StoredSessions sessions,
    DeviceHandler devices,
    PasswordHandler password,
    PasswordResetHandler reset,
    SecondFactorHandler factor,
    AccountDeletion deletion) {

  static AccountHandlers of(
      HandlerParts parts,
      AccountChanges changes,
      Passwords passwords,
      SecondFactors factors,
      AccountErasure erasure) {
    StoredSessions sessions = changes.sessions();
    return new AccountHandlers(
        sessions,
        new DeviceHandler(parts.guard(), sessions, changes, parts.limits()),
        new PasswordHandler(parts.guard(), passwords, changes, parts.audit()),
        new PasswordResetHandler(
            sessions,
            changes,
            resets(parts),
            passwords,
            factors,
            new LogInLimits(parts.config()),
            parts.audit()),
        new SecondFactorHandler(parts.guard(), passwords, factors, parts.audit()),
        new AccountDeletion(
            parts.guard(), changes, passwords, erasure, parts.seals(), parts.audit()));
  }

  static PasswordResets resets(HandlerParts parts) {
    return new PasswordResets(parts.access(), parts.seals(), parts.clock());
  }

  void carryOut(Request request, Command.OwnAccount command) throws Refusal {
    switch (command) {
      case Command.ChangePassword change -> password().change(request, change);
      case Command.Devices asked -> devices().list(request, asked);
      case Command.EndDevice end -> devices().end(request, end);
      case Command.EndOtherDevices end -> devices().endOthers(request, end);
      case Command.GetSecondFactor get -> factor().get(request, get);
      case Command.SetSecondFactor set -> factor().set(request, set);
      case Command.RemoveSecondFactor remove -> factor().remove(request, remove);
      case Command.DeleteAccount delete -> deletion().delete(request, delete);
    }
  }
}
