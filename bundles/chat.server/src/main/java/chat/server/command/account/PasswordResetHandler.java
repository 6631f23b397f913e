// SPDX-License-Identifier: Apache-2.0
package chat.server.command.account;

import chat.protocol.Command;
import chat.protocol.Limits;
import chat.protocol.Problem;
import chat.protocol.Reply;
import chat.server.base.NetworkAddress;
import chat.server.base.Refusal;
import chat.server.base.SealException;
import chat.server.base.Sha256;
import chat.server.command.CommandCompletion;
import chat.server.command.factor.SecondFactors;
import chat.server.room.Account;
import chat.server.room.ServerRight;
import chat.server.session.AuditTrail;
import chat.server.session.LogInLimits;
import chat.server.session.Passwords;
import chat.storage.Change;
import chat.storage.Change.CellVersion;
import chat.storage.Change.CellWrite;
import chat.storage.Change.Condition;
import chat.storage.Outcome;
import chat.storage.StorageException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Sets a new password for whoever has a code from the operator, and logs in by that. */
public record PasswordResetHandler(
    StoredSessions sessions,
    AccountChanges changes,
    PasswordResets resets,
    Passwords passwords,
    SecondFactors factors,
    LogInLimits limits,
    AuditTrail audit) {
  /** No account has this name, so that guesses at codes are counted by themselves. */
  private static final String NAME = "";

  private static final String ENDED = "a new password was set";
  private static final byte[] NONE = {};

  public void reset(GuestRequest request, Command.ResetPassword reset) throws Refusal {
    int least = request.session().policy().passwordMin();
    if (!Passwords.valid(reset.password(), least)) {
      throw Refusal.invalid(
          Problem.PASSWORD_INVALID, least + " to " + Limits.PASSWORD_MAX + " characters");
    }
    LogInLimits.Attempt attempt =
        limits.attempt(NetworkAddress.of(request.session().connection().peer()), NAME);
    if (attempt.refusedFor() > 0) {
      throw Refusal.postponed(Problem.TOO_MANY, "too many attempts", attempt.refusedFor());
    }
    passwords.submit(
        request, attempt.delay(), () -> check(request, reset, attempt), attempt::giveBack);
  }

  private void check(GuestRequest request, Command.ResetPassword reset, LogInLimits.Attempt attempt)
      throws Refusal, StorageException {
    find(reset);
    attempt.giveBack();
    String hash = passwords.hash(reset.password());
    request.read(() -> set(request, reset, hash));
  }

  private PasswordResets.Found find(Command.ResetPassword reset) throws Refusal, StorageException {
    return resets.find(reset.code()).orElseThrow(PasswordResetHandler::over);
  }

  private static Refusal over() {
    return Refusal.denied(Problem.INVITATION_INVALID, "the link was used, or is over");
  }

  private void set(GuestRequest request, Command.ResetPassword reset, String hash)
      throws Refusal, StorageException, SealException, IOException {
    PasswordResets.Found found = find(reset);
    AccountChanges.Prepared prepared =
        changes
            .prepare(
                found.account(),
                account -> account.withPassword(hash).withoutSessions(),
                NONE,
                ENDED)
            .filter(change -> found.isFor(change.before()))
            .orElseThrow(PasswordResetHandler::over);
    if (!ServerRight.LOG_IN.isOf(prepared.after())) {
      throw Refusal.denied(Problem.NOT_ALLOWED, AuthHandler.SUSPENDED);
    }
    SecondFactors.Use code =
        factors.check(
            prepared.after(), request.session().connection().peer(), false, reset.secondFactor());
    commit(request, reset, hash, found, prepared.with(code));
  }

  private void commit(
      GuestRequest request,
      Command.ResetPassword reset,
      String hash,
      PasswordResets.Found found,
      AccountChanges.Prepared prepared) {
    Account account = prepared.after();
    byte[] token = new AccessTokens(changes.seals()).fresh(account.id());
    List<Condition> conditions = new ArrayList<>(prepared.conditions());
    conditions.add(new CellVersion(found.cell().key(), found.cell().version()));
    List<CellWrite> cells = new ArrayList<>(prepared.cells());
    cells.add(new CellWrite(found.cell().key(), null));
    cells.addAll(
        sessions.begun(
            Sha256.of(token), account, reset.device(), request.session().connection().peer()));
    sessions
        .access()
        .journal()
        .submit(
            new Change(conditions, null, cells, List.of(), List.of()),
            new CommandCompletion(request) {
              @Override
              public void applied(long number, long time) {
                prepared.applied().run();
                audit.passwordChanged(account, request.session().connection().peer(), true);
              }

              @Override
              public void done(long number, long time) {
                request.session().loggedIn(account, Sha256.of(token));
                request.answer(
                    new Reply.LoggedIn(
                        sessions.directory().accounts().person(account.id()),
                        token,
                        account.role().shown()));
              }

              @Override
              public void refused(Outcome.Refused refused) {
                // Something of the account was changed in the same moment, or the code was used.
                request.read(() -> set(request, reset, hash));
              }
            });
  }
}
