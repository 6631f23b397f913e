// SPDX-License-Identifier: Apache-2.0
package chat.server.command.administration;

import chat.operations.OperationException;
import chat.protocol.AccountAction;
import chat.protocol.AccountInfo;
import chat.protocol.Command;
import chat.protocol.Limits;
import chat.protocol.Problem;
import chat.protocol.Reply;
import chat.server.base.Refusal;
import chat.server.base.text.AccountName;
import chat.server.command.AccessGuard;
import chat.server.command.Request;
import chat.server.command.account.AccountAdministration;
import chat.server.room.Account;
import chat.server.room.Accounts;
import chat.server.room.Directory;
import chat.server.room.Role;
import chat.server.room.ServerRight;
import chat.server.session.AuditTrail;
import chat.server.session.Presence;
import chat.server.session.RateLimits;
import chat.storage.StorageException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What owners of the server do to accounts, and what everybody may do to the own name. It is what
 * operators do ({@link AccountAdministration}), so that both follow the same rules.
 *
 * <p><b>Threads.</b> Changes are made on a reader's thread, which waits for the disk.
 */
public record AdministrationHandler(
    AccessGuard guard,
    AccountAdministration accounts,
    Directory directory,
    Presence presence,
    AuditTrail audit,
    Limits limits) {
  private static final byte[] NONE = {};

  private interface Deed {
    void run() throws OperationException, StorageException, IOException, Refusal;
  }

  private void check(Request request, RateLimits.Kind rate) throws Refusal {
    if (!ServerRight.ADMINISTER_ACCOUNTS.isOf(request.account())) {
      throw Refusal.denied(Problem.NOT_ALLOWED, "owners of this server look after accounts");
    }
    guard.checkRate(request, rate);
  }

  public void list(Request request, Command.Accounts asked) throws Refusal {
    check(request, RateLimits.Kind.SEARCH);
    request.read(() -> {
      int limit = Math.clamp(asked.limit(), 1, limits.page());
      List<Account> found =
          directory
              .accounts()
              .first(AccountName.fold(asked.words()), AccountName.fold(asked.after()), limit + 1);
      request.answer(
          new Reply.AccountPage(
              found.stream().limit(limit).map(this::info).toList(), found.size() > limit));
    });
  }

  private AccountInfo info(Account account) {
    Accounts known = directory.accounts();
    boolean online = presence.hasDevice(account.id());
    return new AccountInfo(
        known.person(account.id()),
        account.role().shown(),
        account.created(),
        online,
        online ? 0 : known.seen(account.id()),
        account.suspended());
  }

  public void devices(Request request, Command.DevicesOf asked) throws Refusal {
    check(request, RateLimits.Kind.SEARCH);
    Account account = account(asked.account());
    request.read(() ->
        request.answer(
            new Reply.DeviceList(accounts.sessions().of(account.id(), NONE, limits.page()))));
  }

  private Account account(long id) throws Refusal {
    return directory
        .accounts()
        .get(id)
        .orElseThrow(() -> Refusal.denied(Problem.PERSON_UNKNOWN, "there is no such account"));
  }

  public void inviteToReset(Request request, Command.InviteToResetPassword invite) throws Refusal {
    check(request, RateLimits.Kind.START);
    Account account = account(invite.account());
    carryOut(
        request,
        () -> {
          String code = accounts.resetCode(account);
          audit.administered(request.account(), "reset-link", account, Map.of());
          request.answer(new Reply.Invited(code));
        });
  }

  public void administer(Request request, Command.AdministerAccount asked) throws Refusal {
    check(request, RateLimits.Kind.MESSAGE);
    if (asked.action() == AccountAction.DELETE
        && directory.accounts().get(asked.account()).isEmpty()) {
      request.answer(new Reply.Done()); // it is gone already
      return;
    }
    Account account = account(asked.account());
    if (asked.action() == AccountAction.RENAME) {
      renaming(request, () -> administer(request, account, asked));
    } else {
      carryOut(request, () -> administer(request, account, asked));
    }
  }

  private void administer(Request request, Account account, Command.AdministerAccount asked)
      throws OperationException, StorageException, IOException {
    switch (asked.action()) {
      case SUSPEND -> accounts.suspend(account);
      case RESUME -> accounts.resume(account);
      case END_SESSIONS -> accounts.endSessions(account);
      case MAKE_MEMBER -> accounts.setRole(account, Role.MEMBER);
      case MAKE_MODERATOR -> accounts.setRole(account, Role.ADMIN);
      case MAKE_OWNER -> accounts.setRole(account, Role.OWNER);
      case RENAME -> accounts.rename(account, asked.name());
      case REMOVE_SECOND_FACTOR -> accounts.removeSecondFactor(account);
      case DELETE -> accounts.delete(account);
    }
    Map<String, String> details =
        asked.action() == AccountAction.RENAME ? Map.of("newName", asked.name()) : Map.of();
    audit.administered(request.account(), word(asked.action()), account, details);
    request.answer(new Reply.Done());
  }

  private static String word(AccountAction action) {
    return action.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Gives somebody another name who asks for it. */
  public void changeName(Request request, Command.ChangeName change) throws Refusal {
    guard.checkRate(request, RateLimits.Kind.PASSWORD);
    Account account = request.account();
    renaming(
        request,
        () -> {
          accounts.rename(account, change.name());
          audit.renamed(account, request.session().connection().peer(), change.name());
          request.answer(new Reply.Done());
        });
  }

  /** Who looks alike is looked up, which no event loop waits for. */
  private void renaming(Request request, Deed deed) {
    var unused =
        directory
            .accounts()
            .lookalikes()
            .ready()
            .whenComplete((_, _) -> carryOut(request, deed, Problem.NAME_TAKEN));
  }

  private static void carryOut(Request request, Deed deed) {
    carryOut(request, deed, Problem.NOT_ALLOWED);
  }

  private static void carryOut(Request request, Deed deed, Problem inConflict) {
    request.read(() -> {
      try {
        deed.run();
      } catch (OperationException e) {
        throw refusal(e, inConflict);
      }
    });
  }

  private static Refusal refusal(OperationException e, Problem inConflict) {
    String why = String.valueOf(e.getMessage());
    return switch (e.reason()) {
      case NOT_READY -> Refusal.storeIsAway(Request.AWAY_MILLIS);
      case INVALID_ARGUMENT -> Refusal.invalid(Problem.NAME_INVALID, why);
      case NOT_FOUND -> Refusal.denied(Problem.PERSON_UNKNOWN, why);
      case CONFLICT -> Refusal.denied(inConflict, why);
      case FAILED -> Refusal.faulty(why);
    };
  }
}
