// SPDX-License-Identifier: Apache-2.0
package chat.server.command.account;

import chat.protocol.Command;
import chat.protocol.Event;
import chat.protocol.NegotiatedProtocol;
import chat.protocol.Problem;
import chat.protocol.Reply;
import chat.server.base.NetworkAddress;
import chat.server.base.Refusal;
import chat.server.base.SealException;
import chat.server.base.ServerConfig;
import chat.server.base.Sha256;
import chat.server.base.text.AccountName;
import chat.server.command.CommandCompletion;
import chat.server.command.factor.SecondFactors;
import chat.server.room.Account;
import chat.server.room.Directory;
import chat.server.room.ServerRight;
import chat.server.session.LogInLimits;
import chat.server.session.Passwords;
import chat.server.session.Session;
import chat.server.session.SessionContext;
import chat.server.store.StoreAccess;
import chat.storage.Change;
import chat.storage.Change.CellWrite;
import chat.storage.Outcome;
import chat.storage.StorageException;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.ArrayList;
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
    SecondFactors factors,
    SessionContext.Online online,
    ServerConfig config) {
  private static final Logger LOG = LoggerFactory.getLogger(AuthHandler.class);

  /** How long a log-in waits for its token to be stored. */
  private static final long STORED_MILLIS = 2_000;

  /** When a connection too many may be tried again. */
  private static final long ONE_MORE_MILLIS = 30_000;

  static final String SUSPENDED = "this account is suspended; ask the operator of this server";

  private static final List<String> CAPABILITIES = List.of(Session.QUIET, Session.TEXT_REFUSED);

  public void hello(GuestRequest request, Command.Hello hello) throws Refusal {
    if (hello.version() < 1) {
      throw Refusal.invalid(
          Problem.VERSION, "this server speaks versions 1 to " + NegotiatedProtocol.VERSION);
    }
    NegotiatedProtocol agreed =
        new NegotiatedProtocol(
            Math.min(hello.version(), NegotiatedProtocol.VERSION),
            hello.capabilities().stream().filter(CAPABILITIES::contains).toList());
    request.session().greeted(agreed);
    request.answer(
        new Reply.Welcome(
            agreed.version(),
            agreed.capabilities(),
            request.session().limits(),
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

  public void logIn(GuestRequest request, Command.LogIn logIn) throws Refusal {
    // What can't be a name is nobody's, and all of it shares one limit: else a stranger could fill
    // the limiter with names of any length.
    String folded = AccountName.of(logIn.name()).map(AccountName::folded).orElse("");
    LogInLimits.Attempt attempt = attempt(request.session(), logIn, folded);
    if (attempt.refusedFor() > 0) {
      online.audit().lockedOut(peer(request), directory().accounts().named(folded));
      throw Refusal.postponed(
          Problem.TOO_MANY, "too many attempts to log in", attempt.refusedFor());
    }
    passwords.submit(
        request, attempt.delay(), () -> check(request, logIn, folded, attempt), attempt::giveBack);
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
      GuestRequest request, Command.LogIn logIn, String folded, LogInLimits.Attempt attempt)
      throws Refusal, StorageException, SealException, IOException {
    Optional<Account> account = directory().accounts().named(folded);
    if (account.isEmpty()) {
      passwords.matchNobody(logIn.password());
      online.audit().failed(peer(request), account);
      throw registrationOpen()
          ? Refusal.denied(Problem.ACCOUNT_UNKNOWN, "there is no such account")
          : wrong();
    } else if (!passwords.matches(logIn.password(), account.get().passwordHash())) {
      online.audit().failed(peer(request), account);
      throw wrong();
    }
    attempt.giveBack();
    if (!ServerRight.LOG_IN.isOf(account.get())) {
      throw Refusal.denied(Problem.NOT_ALLOWED, SUSPENDED);
    } else if (request.session().policy().singleSession()
        && online.presence().hasDevice(account.get().id())) {
      throw Refusal.denied(Problem.NOT_ALLOWED, "somebody is logged in to this account");
    }
    SecondFactors.Use code = checkCode(request, account.get(), logIn);
    begin(request, account.get(), logIn, code);
  }

  private SecondFactors.Use checkCode(GuestRequest request, Account account, Command.LogIn logIn)
      throws Refusal, StorageException, SealException, IOException {
    boolean isKnown = tokens.wasMadeFor(account.id(), logIn.earlierToken());
    return factors.check(account, peer(request), isKnown, logIn.code());
  }

  private static SocketAddress peer(GuestRequest request) {
    return request.session().connection().peer();
  }

  private static Refusal wrong() {
    return Refusal.denied(Problem.PASSWORD_WRONG, "name or password is wrong");
  }

  /**
   * The session begins when its token is on disk; or without that, if the store takes nothing just
   * now, as on a full disk: then the token is stored as soon as it can be, and until then a restart
   * would make it worthless. A code of a second factor is used up on disk first, always.
   */
  private void begin(
      GuestRequest request, Account account, Command.LogIn logIn, SecondFactors.Use code) {
    byte[] token = tokens.fresh(account.id());
    AtomicBoolean begun = new AtomicBoolean();
    Runnable begin =
        () -> {
          if (begun.compareAndSet(false, true)) {
            begin(request, account, token);
          }
        };
    List<CellWrite> cells =
        new ArrayList<>(sessions.begun(Sha256.of(token), account, logIn.device(), peer(request)));
    cells.addAll(code.cells());
    access()
        .journal()
        .submit(
            new Change(code.conditions(), null, cells, List.of(), List.of()),
            new CommandCompletion(request) {
              @Override
              public void done(long number, long time) {
                begin.run();
              }

              @Override
              public void refused(Outcome.Refused refused) {
                request.read(
                    () -> // a code was used in the same moment
                    begin(request, account, logIn, checkCode(request, account, logIn)));
              }

              @Override
              public void dropped() {
                if (code.cells().isEmpty()) {
                  begin.run();
                } else {
                  super.dropped();
                }
              }
            });
    if (code.cells().isEmpty()) {
      CompletableFuture.delayedExecutor(STORED_MILLIS, TimeUnit.MILLISECONDS).execute(begin);
    }
  }

  private void begin(GuestRequest request, Account account, byte[] token) {
    request.run(() -> {
      enter(request, account, Sha256.of(token));
      if (isCurrent(account)) {
        online.audit().loggedIn(account, peer(request));
        request.answer(loggedIn(account, token));
      } else {
        ended(request, "the password was changed in the same moment");
      }
    });
  }

  private static void enter(GuestRequest request, Account account, byte[] hash) throws Refusal {
    if (!request.session().loggedIn(account, hash)) {
      throw Refusal.postponed(
          Problem.TOO_MANY, "this account is logged in on too many connections", ONE_MORE_MILLIS);
    }
  }

  private static void ended(GuestRequest request, String why) {
    request.session().close(new Event.LoggedOut(why));
  }

  /** Whether its sessions were not ended since it was looked at. */
  private boolean isCurrent(Account account) {
    return directory()
        .accounts()
        .get(account.id())
        .filter(now -> now.epoch() == account.epoch())
        .isPresent();
  }

  public void resume(GuestRequest request, Command.Resume resume) {
    byte[] hash = Sha256.of(resume.token());
    request.session().busy(true);
    request.read(() -> {
      StoredSessions.Found found =
          sessions
              .find(hash)
              .orElseThrow(() -> Refusal.denied(Problem.TOKEN_INVALID, "log in with the password"));
      enter(request, found.account(), hash);
      if (sessions.find(hash).isEmpty()) {
        ended(request, "the session was ended in the same moment");
      } else {
        if (sessions.use(hash, found, peer(request))) {
          online.audit().resumed(found.account(), peer(request));
        }
        request.answer(loggedIn(found.account(), resume.token()));
      }
    });
  }

  private Reply loggedIn(Account account, byte[] token) {
    return new Reply.LoggedIn(
        directory().accounts().person(account.id()), token, account.role().shown());
  }
}
