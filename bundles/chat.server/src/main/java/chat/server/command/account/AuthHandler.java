// SPDX-License-Identifier: Apache-2.0
package chat.server.command.account;

import chat.protocol.Command;
import chat.protocol.Event;
import chat.protocol.NegotiatedProtocol;
import chat.protocol.Person;
import chat.protocol.Problem;
import chat.protocol.Reply;
import chat.server.base.AccountName;
import chat.server.base.NetworkAddress;
import chat.server.base.ServerConfig;
import chat.server.base.Sha256;
import chat.server.command.CommandCompletion;
import chat.server.room.Account;
import chat.server.room.Directory;
import chat.server.room.ServerRight;
import chat.server.session.LogInLimits;
import chat.server.session.Passwords;
import chat.server.session.Presence;
import chat.server.session.Session;
import chat.server.store.StoreAccess;
import chat.storage.Change;
import chat.storage.StorageException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hello, and logging in. */
public record AuthHandler(
    AccessTokens tokens,
    StoredSessions sessions,
    Passwords passwords,
    LogInLimits limits,
    Presence presence,
    ServerConfig config) {
  private static final Logger LOG = LoggerFactory.getLogger(AuthHandler.class);

  /** How long a log-in waits for its token to be stored. */
  private static final long STORED_MILLIS = 2_000;

  /** When a connection too many may be tried again. */
  private static final long ONE_MORE_MILLIS = 30_000;

  static final String SUSPENDED = "this account is suspended; ask the operator of this server";

  private static final List<String> CAPABILITIES = List.of();

  public void hello(Session session, int correlation, Command.Hello hello) {
    if (hello.version() < 1) {
      session.fail(
          correlation,
          Problem.VERSION,
          "this server speaks versions 1 to " + NegotiatedProtocol.VERSION);
      return;
    }
    NegotiatedProtocol agreed =
        new NegotiatedProtocol(
            Math.min(hello.version(), NegotiatedProtocol.VERSION),
            hello.capabilities().stream().filter(CAPABILITIES::contains).toList());
    session.greeted(agreed);
    session.answer(
        correlation,
        new Reply.Welcome(
            agreed.version(),
            agreed.capabilities(),
            session.limits(),
            config.name(),
            registrationOpen()));
  }

  private StoreAccess access() {
    return sessions.access();
  }

  private Directory directory() {
    return sessions.directory();
  }

  private boolean registrationOpen() {
    return config.registration().equals("open");
  }

  public void logIn(Session session, int correlation, Command.LogIn logIn) {
    // What can't be a name is nobody's, and all of it shares one limit: else a stranger could fill
    // the limiter with names of any length.
    String folded = AccountName.of(logIn.name()).map(AccountName::folded).orElse("");
    LogInLimits.Attempt attempt = attempt(session, logIn, folded);
    if (attempt.refusedFor() > 0) {
      session.fail(
          correlation, Problem.TOO_MANY, "too many attempts to log in", attempt.refusedFor());
      return;
    }
    passwords.submit(
        session,
        correlation,
        attempt.delay(),
        () -> check(session, correlation, logIn, folded, attempt),
        attempt::giveBack);
  }

  private LogInLimits.Attempt attempt(Session session, Command.LogIn logIn, String folded) {
    boolean isKnown =
        directory()
            .accounts()
            .named(folded)
            .filter(account -> tokens.wasMadeFor(account.id(), logIn.earlierToken()))
            .isPresent();
    return isKnown
        ? limits.attemptOfKnownDevice(logIn.earlierToken())
        : limits.attempt(NetworkAddress.of(session.connection().peer()), folded);
  }

  private void check(
      Session session,
      int correlation,
      Command.LogIn logIn,
      String folded,
      LogInLimits.Attempt attempt) {
    Optional<Account> account = directory().accounts().named(folded);
    if (account.isEmpty()) {
      passwords.matchNobody(logIn.password());
      session.busy(false);
      session.fail(
          correlation,
          registrationOpen() ? Problem.ACCOUNT_UNKNOWN : Problem.PASSWORD_WRONG,
          registrationOpen() ? "there is no such account" : "name or password is wrong");
    } else if (!passwords.matches(logIn.password(), account.get().passwordHash())) {
      session.busy(false);
      session.fail(correlation, Problem.PASSWORD_WRONG, "name or password is wrong");
    } else if (!ServerRight.LOG_IN.isOf(account.get())) {
      attempt.giveBack();
      session.busy(false);
      session.fail(correlation, Problem.NOT_ALLOWED, SUSPENDED);
    } else if (session.policy().singleSession() && presence.hasDevice(account.get().id())) {
      attempt.giveBack();
      session.busy(false);
      session.fail(correlation, Problem.NOT_ALLOWED, "somebody is logged in to this account");
    } else {
      attempt.giveBack();
      begin(session, correlation, account.get(), logIn.device());
    }
  }

  /**
   * The session begins when its token is on disk; or without that, if the store takes nothing just
   * now, as on a full disk: then the token is stored as soon as it can be, and until then a restart
   * would make it worthless.
   */
  private void begin(Session session, int correlation, Account account, String device) {
    byte[] token = tokens.fresh(account.id());
    AtomicBoolean begun = new AtomicBoolean();
    Runnable begin =
        () -> {
          if (begun.compareAndSet(false, true)) {
            begin(session, correlation, account, token);
          }
        };
    access()
        .journal()
        .submit(
            new Change(
                List.of(),
                null,
                sessions.begun(Sha256.of(token), account, device, session.connection().peer()),
                List.of(),
                List.of()),
            new CommandCompletion(session, correlation) {
              @Override
              public void done(long number, long time) {
                begin.run();
              }

              @Override
              public void dropped() {
                begin.run();
              }
            });
    CompletableFuture.delayedExecutor(STORED_MILLIS, TimeUnit.MILLISECONDS).execute(begin);
  }

  private void begin(Session session, int correlation, Account account, byte[] token) {
    if (!session.loggedIn(account, Sha256.of(token))) {
      refuseOneMore(session, correlation);
    } else if (!isCurrent(account)) {
      session.close(new Event.LoggedOut("the password was changed in the same moment"));
    } else {
      session.answer(correlation, new Reply.LoggedIn(person(account), token));
    }
  }

  /** Whether its sessions were not ended since it was looked at. */
  private boolean isCurrent(Account account) {
    return directory()
        .accounts()
        .get(account.id())
        .filter(now -> now.epoch() == account.epoch())
        .isPresent();
  }

  public void resume(Session session, int correlation, Command.Resume resume) {
    byte[] hash = Sha256.of(resume.token());
    session.busy(true);
    session.read(
        correlation,
        () -> {
          try {
            Optional<StoredSessions.Found> found = sessions.find(hash);
            if (found.isEmpty()) {
              session.busy(false);
              session.fail(correlation, Problem.TOKEN_INVALID, "log in with the password");
            } else if (!session.loggedIn(found.get().account(), hash)) {
              refuseOneMore(session, correlation);
            } else if (sessions.find(hash).isEmpty()) {
              session.close(new Event.LoggedOut("the session was ended in the same moment"));
            } else {
              sessions.use(hash, found.get(), session.connection().peer());
              session.answer(
                  correlation, new Reply.LoggedIn(person(found.get().account()), resume.token()));
            }
          } catch (StorageException e) {
            refuse(session, correlation, e);
          }
        });
  }

  private Person person(Account account) {
    return directory().accounts().person(account.id());
  }

  private static void refuseOneMore(Session session, int correlation) {
    session.busy(false);
    session.fail(
        correlation,
        Problem.TOO_MANY,
        "this account is logged in on too many connections",
        ONE_MORE_MILLIS);
  }

  private void refuse(Session session, int correlation, StorageException why) {
    LOG.warn("A log-in had to wait: {}", why.getMessage());
    session.busy(false);
    session.fail(correlation, Problem.UNAVAILABLE, "the store is away", Passwords.BUSY_MILLIS);
  }
}
