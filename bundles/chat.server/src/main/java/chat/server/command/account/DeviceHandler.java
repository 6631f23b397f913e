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
import chat.server.session.RateLimits;
import chat.server.session.Session;
import chat.storage.StorageException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The devices that are logged in to an account, and how their sessions end. */
public record DeviceHandler(
    AccessGuard guard, StoredSessions sessions, AccountChanges changes, Limits limits) {
  private static final String ENDED = "the session was ended on another device";

  public void list(Request request, Command.Devices asked) throws Refusal {
    guard.checkRate(request, RateLimits.Kind.SEARCH);
    request.read(() ->
        request.answer(
            new Reply.DeviceList(
                sessions.of(request.accountId(), request.session().tokenHash(), limits.page()))));
  }

  public void logOut(Request request) {
    end(request, request.session().tokenHash(), "logged out on another connection");
  }

  public void end(Request request, Command.EndDevice end) throws Refusal {
    guard.checkRate(request, RateLimits.Kind.MESSAGE);
    request.read(() -> {
      Optional<byte[]> hash = sessions.hash(request.accountId(), end.device());
      if (hash.isPresent()) {
        end(request, hash.get(), ENDED);
      } else {
        request.answer(new Reply.Done()); // it is ended already
      }
    });
  }

  private void end(Request request, byte[] hash, String why) {
    Session own = request.session();
    request.write(
        List.of(),
        StoredSessions.ended(request.accountId(), hash),
        () -> {
          sessions
              .devices()
              .logOut(request.accountId(), session -> session != own && session.uses(hash), why);
          if (own.uses(hash)) {
            own.loggedOut();
          }
        },
        retried -> end(retried, hash, why));
  }

  public void endOthers(Request request, Command.EndOtherDevices end) throws Refusal {
    guard.checkRate(request, RateLimits.Kind.MESSAGE);
    request.read(() -> endOthers(request));
  }

  private void endOthers(Request request)
      throws Refusal, StorageException, SealException, IOException {
    Optional<AccountChanges.Prepared> prepared =
        changes.prepare(
            request.accountId(), Account::withoutSessions, request.session().tokenHash(), ENDED);
    if (prepared.isEmpty()) {
      throw Refusal.denied(Problem.PERSON_UNKNOWN, "the account is no more");
    }
    request.write(
        prepared.get().conditions(),
        prepared.get().cells(),
        prepared.get().applied(),
        retried -> retried.read(() -> endOthers(retried)));
  }
}
