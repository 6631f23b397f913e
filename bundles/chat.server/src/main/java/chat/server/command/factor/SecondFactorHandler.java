// SPDX-License-Identifier: Apache-2.0
package chat.server.command.factor;

import chat.protocol.Command;
import chat.protocol.Problem;
import chat.protocol.Reply;
import chat.server.base.Aes;
import chat.server.base.Refusal;
import chat.server.base.SealException;
import chat.server.command.AccessGuard;
import chat.server.command.CommandCompletion;
import chat.server.command.Request;
import chat.server.session.AuditTrail;
import chat.server.session.Passwords;
import chat.server.session.RateLimits;
import chat.storage.Change;
import chat.storage.Outcome;
import chat.storage.StorageException;
import java.io.IOException;
import java.net.SocketAddress;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Lets people set a second factor for their account, and take it away. */
public record SecondFactorHandler(
    AccessGuard guard, Passwords passwords, SecondFactors factors, AuditTrail audit) {
  private static final int LEAST_SECRET = 16;
  private static final int MOST_SECRET = 64;
  private static final int CODES = 10;
  private static final int GROUPS = 4;
  private static final int GROUP = 4;

  /** No letter or digit that is taken for another one. */
  private static final String SIGNS = "abcdefghjkmnpqrstuvwxyz23456789";

  /** Below this a random byte is taken, so that each sign is as likely as the others. */
  private static final int FAIR = 256 / SIGNS.length() * SIGNS.length();

  public void get(Request request, Command.GetSecondFactor asked) throws Refusal {
    guard.checkRate(request, RateLimits.Kind.SEARCH);
    request.read(() -> {
      Optional<SecondFactors.Found> found = factors.find(request.accountId());
      request.answer(
          new Reply.SecondFactor(
              found.isPresent(), found.map(known -> known.factor().recovery().size()).orElse(0)));
    });
  }

  public void set(Request request, Command.SetSecondFactor set) throws Refusal {
    if (set.secret().length < LEAST_SECRET || set.secret().length > MOST_SECRET) {
      throw Refusal.invalid(
          Problem.TOO_LARGE, "a secret has " + LEAST_SECRET + " to " + MOST_SECRET + " bytes");
    }
    guard.checkRate(request, RateLimits.Kind.PASSWORD);
    passwords.submit(
        request,
        0,
        () -> {
          checkPassword(request, set.password());
          request.read(() -> replace(request, set));
        },
        () -> {});
  }

  private static SocketAddress peer(Request request) {
    return request.session().connection().peer();
  }

  private void checkPassword(Request request, String password) throws Refusal {
    if (!passwords.matches(password, request.account().passwordHash())) {
      throw Refusal.denied(Problem.PASSWORD_WRONG, "the password is wrong");
    }
  }

  private void replace(Request request, Command.SetSecondFactor set)
      throws Refusal, StorageException, SealException, IOException {
    Optional<SecondFactors.Found> before = factors.find(request.accountId());
    boolean isRepeated =
        before
            .filter(found -> MessageDigest.isEqual(found.factor().secret(), set.secret()))
            .isPresent();
    if (before.isPresent() && !isRepeated) {
      var unused =
          factors.check(request.account(), peer(request), true, before.get(), set.current());
    }
    // Where the answer of before was lost, its code may be said again.
    OptionalLong step =
        Totp.step(set.secret(), SecondFactor.normal(set.code()), factors.now(), Long.MIN_VALUE);
    if (step.isEmpty()) {
      throw Refusal.denied(Problem.CODE_WRONG, "the authenticator shows another code");
    }
    List<String> codes = Stream.generate(SecondFactorHandler::newCode).limit(CODES).toList();
    SecondFactor next = SecondFactor.of(set.secret(), step.getAsLong(), codes);
    commit(request, set, factors.replace(request.accountId(), before, next), codes);
  }

  private static String newCode() {
    StringBuilder code = new StringBuilder();
    for (int signs = 0; signs < GROUPS * GROUP; ) {
      int random = Aes.random(1)[0] & 0xff;
      if (random < FAIR) {
        code.append(signs > 0 && signs % GROUP == 0 ? "-" : "")
            .append(SIGNS.charAt(random % SIGNS.length()));
        signs++;
      }
    }
    return code.toString();
  }

  private void commit(
      Request request, Command.SetSecondFactor set, SecondFactors.Use use, List<String> codes) {
    factors
        .access()
        .journal()
        .submit(
            new Change(use.conditions(), null, use.cells(), List.of(), List.of()),
            new CommandCompletion(request) {
              @Override
              public void applied(long number, long time) {
                audit.secondFactor(request.account(), peer(request), true);
              }

              @Override
              public void done(long number, long time) {
                request.answer(new Reply.RecoveryCodes(codes));
              }

              @Override
              public void refused(Outcome.Refused refused) {
                request.read(() -> replace(request, set)); // a code was used in the same moment
              }
            });
  }

  public void remove(Request request, Command.RemoveSecondFactor remove) throws Refusal {
    guard.checkRate(request, RateLimits.Kind.PASSWORD);
    passwords.submit(
        request,
        0,
        () -> {
          checkPassword(request, remove.password());
          request.read(() -> end(request, remove));
        },
        () -> {});
  }

  private void end(Request request, Command.RemoveSecondFactor remove)
      throws Refusal, StorageException, SealException, IOException {
    SecondFactors.Use use = factors.check(request.account(), peer(request), true, remove.code());
    if (use.cells().isEmpty()) {
      request.answer(new Reply.Done()); // it is gone already
      return;
    }
    request.write(
        use.conditions(),
        List.of(SecondFactors.removal(request.accountId())),
        () -> audit.secondFactor(request.account(), peer(request), false),
        retried -> retried.read(() -> end(retried, remove)));
  }
}
