// SPDX-License-Identifier: Apache-2.0
package chat.server.command.account;

import chat.protocol.Command;
import chat.protocol.Limits;
import chat.protocol.Problem;
import chat.protocol.Reply;
import chat.server.base.NetworkAddress;
import chat.server.base.SealException;
import chat.server.base.Sha256;
import chat.server.command.CommandCompletion;
import chat.server.room.Account;
import chat.server.room.ServerRight;
import chat.server.session.LogInLimits;
import chat.server.session.Passwords;
import chat.server.session.Session;
import chat.storage.Change;
import chat.storage.Change.CellVersion;
import chat.storage.Change.CellWrite;
import chat.storage.Change.Condition;
import chat.storage.Outcome;
import chat.storage.StorageException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sets a new password for whoever has a code from the operator, and logs in by that. */
public record PasswordResetHandler(
    StoredSessions sessions,
    AccountChanges changes,
    PasswordResets resets,
    Passwords passwords,
    AccessTokens tokens,
    LogInLimits limits) {
  private static final Logger LOG = LoggerFactory.getLogger(PasswordResetHandler.class);

  /** No account has this name, so that guesses at codes are counted by themselves. */
  private static final String NAME = "";

  private static final String ENDED = "a new password was set";
  private static final byte[] NONE = {};

  public void reset(Session session, int correlation, Command.ResetPassword reset) {
    int least = session.policy().passwordMin();
    if (!Passwords.valid(reset.password(), least)) {
      session.fail(
          correlation,
          Problem.PASSWORD_INVALID,
          least + " to " + Limits.PASSWORD_MAX + " characters");
      return;
    }
    LogInLimits.Attempt attempt =
        limits.attempt(NetworkAddress.of(session.connection().peer()), NAME);
    if (attempt.refusedFor() > 0) {
      session.fail(correlation, Problem.TOO_MANY, "too many attempts", attempt.refusedFor());
      return;
    }
    passwords.submit(
        session,
        correlation,
        attempt.delay(),
        () -> check(session, correlation, reset, attempt),
        attempt::giveBack);
  }

  private void check(
      Session session, int correlation, Command.ResetPassword reset, LogInLimits.Attempt attempt) {
    try {
      if (resets.find(reset.code()).isEmpty()) {
        refuse(session, correlation);
        return;
      }
      attempt.giveBack();
      String hash = passwords.hash(reset.password());
      session.read(correlation, () -> set(session, correlation, reset, hash));
    } catch (StorageException e) {
      unavailable(session, correlation, e);
    }
  }

  private static void refuse(Session session, int correlation) {
    session.busy(false);
    session.fail(correlation, Problem.INVITATION_INVALID, "the link was used, or is over");
  }

  private static void unavailable(Session session, int correlation, StorageException why) {
    LOG.warn("A new password had to wait: {}", why.getMessage());
    session.busy(false);
    session.fail(correlation, Problem.UNAVAILABLE, "the store is away", Passwords.BUSY_MILLIS);
  }

  private void set(Session session, int correlation, Command.ResetPassword reset, String hash) {
    try {
      Optional<PasswordResets.Found> found = resets.find(reset.code());
      Optional<AccountChanges.Prepared> prepared =
          found.isEmpty()
              ? Optional.empty()
              : changes.prepare(
                  found.get().account(),
                  account -> account.withPassword(hash).withoutSessions(),
                  NONE,
                  ENDED);
      if (prepared.isEmpty() || !found.get().isFor(prepared.get().before())) {
        refuse(session, correlation);
      } else if (!ServerRight.LOG_IN.isOf(prepared.get().after())) {
        session.busy(false);
        session.fail(correlation, Problem.NOT_ALLOWED, AuthHandler.SUSPENDED);
      } else {
        commit(session, correlation, reset, hash, found.get(), prepared.get());
      }
    } catch (StorageException e) {
      unavailable(session, correlation, e);
    } catch (SealException | IOException e) {
      LOG.error("An account can't be opened: {}", e.getMessage());
      session.busy(false);
      session.fail(correlation, Problem.INTERNAL, "the store is damaged here");
    }
  }

  private void commit(
      Session session,
      int correlation,
      Command.ResetPassword reset,
      String hash,
      PasswordResets.Found found,
      AccountChanges.Prepared prepared) {
    Account account = prepared.after();
    byte[] token = tokens.fresh(account.id());
    List<Condition> conditions = new ArrayList<>(prepared.conditions());
    conditions.add(new CellVersion(found.cell().key(), found.cell().version()));
    List<CellWrite> cells = new ArrayList<>(prepared.cells());
    cells.add(new CellWrite(found.cell().key(), null));
    cells.addAll(
        sessions.begun(Sha256.of(token), account, reset.device(), session.connection().peer()));
    sessions
        .access()
        .journal()
        .submit(
            new Change(conditions, null, cells, List.of(), List.of()),
            new CommandCompletion(session, correlation) {
              @Override
              public void applied(long number, long time) {
                prepared.applied().run();
              }

              @Override
              public void done(long number, long time) {
                session.loggedIn(account, Sha256.of(token));
                session.answer(
                    correlation,
                    new Reply.LoggedIn(
                        sessions.directory().accounts().person(account.id()), token));
              }

              @Override
              public void refused(Outcome.Refused refused) {
                // Something of the account was changed in the same moment, or the code was used.
                session.read(correlation, () -> set(session, correlation, reset, hash));
              }
            });
  }
}
