// SPDX-License-Identifier: Apache-2.0
package chat.server.command.account;

import chat.protocol.Command;
import chat.protocol.Limits;
import chat.protocol.Problem;
import chat.protocol.Reply;
import chat.server.base.Refusal;
import chat.server.base.SealException;
import chat.server.command.AccessGuard;
import chat.server.command.Request;
import chat.server.room.Account;
import chat.server.session.AuditTrail;
import chat.server.session.Passwords;
import chat.server.session.RateLimits;
import chat.storage.StorageException;
import java.io.IOException;
import java.util.Optional;

/** Lets people change their password. Whoever knew the old one is logged out everywhere by that. */
public record PasswordHandler(
    AccessGuard guard, Passwords passwords, AccountChanges changes, AuditTrail audit) {
  private static final String ENDED = "the password was changed";

  public void change(Request request, Command.ChangePassword change) throws Refusal {
    int least = request.session().policy().passwordMin();
    if (!Passwords.valid(change.next(), least)) {
      throw Refusal.invalid(
          Problem.PASSWORD_INVALID, least + " to " + Limits.PASSWORD_MAX + " characters");
    }
    guard.checkRate(request, RateLimits.Kind.PASSWORD);
    passwords.submit(request, 0, () -> check(request, change), () -> {});
  }

  private void check(Request request, Command.ChangePassword change) throws Refusal {
    String known = request.account().passwordHash();
    if (passwords.matches(change.current(), known)) {
      String hash = passwords.hash(change.next());
      request.read(() -> replace(request, known, hash));
    } else if (passwords.matches(change.next(), known)) {
      request.answer(new Reply.Done()); // it was changed to this before, and the answer was lost
    } else {
      throw Refusal.denied(Problem.PASSWORD_WRONG, "the current password is wrong");
    }
  }

  private void replace(Request request, String known, String hash)
      throws Refusal, StorageException, SealException, IOException {
    Optional<AccountChanges.Prepared> prepared =
        changes.prepare(
            request.accountId(),
            account -> account.withPassword(hash).withoutSessions(),
            request.session().tokenHash(),
            ENDED);
    Optional<Account> before = prepared.map(AccountChanges.Prepared::before);
    if (before.isEmpty() || !before.get().passwordHash().equals(known)) {
      throw Refusal.denied(Problem.PASSWORD_WRONG, "the password was changed in the same moment");
    }
    request.write(
        prepared.get().conditions(),
        prepared.get().cells(),
        () -> {
          prepared.get().applied().run();
          audit.passwordChanged(request.account(), request.session().connection().peer(), false);
        },
        retried -> retried.read(() -> replace(retried, known, hash)));
  }
}
