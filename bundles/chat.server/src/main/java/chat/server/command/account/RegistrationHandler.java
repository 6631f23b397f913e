// SPDX-License-Identifier: Apache-2.0
package chat.server.command.account;

import chat.protocol.Command;
import chat.protocol.Content;
import chat.protocol.Event;
import chat.protocol.Limits;
import chat.protocol.Person;
import chat.protocol.Problem;
import chat.protocol.Reply;
import chat.server.base.Refusal;
import chat.server.base.SealException;
import chat.server.base.ServerConfig;
import chat.server.base.Sha256;
import chat.server.base.text.AccountName;
import chat.server.base.text.NameRule;
import chat.server.command.CommandCompletion;
import chat.server.room.Account;
import chat.server.room.Accounts;
import chat.server.room.Directory;
import chat.server.room.EntryCodec;
import chat.server.room.NewEntries;
import chat.server.room.Role;
import chat.server.room.Room;
import chat.server.session.AuditTrail;
import chat.server.session.Passwords;
import chat.server.session.RateLimits;
import chat.server.session.Responder;
import chat.server.store.StoreAccess;
import chat.storage.Cell;
import chat.storage.CellKey;
import chat.storage.Change;
import chat.storage.Change.CellWrite;
import chat.storage.Change.Condition;
import chat.storage.Change.NewEntry;
import chat.storage.Outcome;
import chat.storage.StorageException;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Makes accounts, where that is open or by an invitation. */
public record RegistrationHandler(
    AccessTokens tokens,
    StoredSessions sessions,
    Passwords passwords,
    RateLimits rates,
    AuditTrail audit,
    ServerConfig config,
    InstantSource clock) {
  /** No account has this id. */
  private static final long NOBODY = 0;

  private StoreAccess access() {
    return sessions.access();
  }

  private Directory directory() {
    return sessions.directory();
  }

  private String registration() {
    return config.registration();
  }

  private boolean registrationOpen() {
    return registration().equals("open");
  }

  public void register(GuestRequest request, Command.Register register) throws Refusal {
    int passwordMin = request.session().policy().passwordMin();
    if (!registrationOpen() && register.invitation().isEmpty()) {
      throw Refusal.denied(Problem.REGISTRATION_CLOSED, "an invitation is needed");
    } else if (!Passwords.valid(register.password(), passwordMin)) {
      throw Refusal.invalid(
          Problem.PASSWORD_INVALID, passwordMin + " to " + Limits.PASSWORD_MAX + " characters");
    } else if (access().isUnavailable()) {
      throw Refusal.storeIsAway(Responder.AWAY_MILLIS);
    }
    // Who looks alike is looked up, which no event loop waits for; no other attempt begins
    // meanwhile.
    request.session().busy(true);
    var unused =
        directory()
            .accounts()
            .lookalikes()
            .ready()
            .whenComplete((_, _) -> request.read(() -> begin(request, register)));
  }

  private void begin(GuestRequest request, Command.Register register) throws Refusal {
    AccountName name = NameRule.ofAccount(register.name());
    if (registrationOpen()) {
      checkFree(name);
    }
    long wait =
        rates.registration(request.session().connection().peer(), request.session().policy());
    if (wait > 0) {
      throw Refusal.postponed(Problem.TOO_MANY, "too many registrations", wait);
    }
    passwords.submit(request, 0, () -> register(request, register, name), () -> {});
  }

  private void register(GuestRequest request, Command.Register register, AccountName name)
      throws Refusal, StorageException {
    RegistrationGrant admission = admission(register);
    checkFree(name); // said to nobody before it is admitted: names are not for strangers
    submit(request, register, name, passwords.hash(register.password()), admission);
  }

  private void checkFree(AccountName name) throws Refusal {
    Accounts accounts = directory().accounts();
    if (accounts.named(name.folded()).isPresent()
        || accounts.lookalikes().isTaken(name.skeletons(), NOBODY)) {
      throw nameTaken();
    }
  }

  private static Refusal nameTaken() {
    return Refusal.denied(Problem.NAME_TAKEN, "choose another name");
  }

  /** By what somebody registers. */
  private RegistrationGrant admission(Command.Register register) throws Refusal, StorageException {
    if (register.invitation().isEmpty()) {
      return RegistrationGrant.OPEN;
    }
    CellKey key = Invitations.key(register.invitation());
    Cell known =
        access()
            .read((store, generation) -> store.cell(key))
            .orElseThrow(RegistrationHandler::noInvitation);
    InvitationGrant grant = grant(known);
    if (grant.isOver(clock.millis())) {
      throw noInvitation();
    } else if (registration().equals("closed") && grant.role() == Role.MEMBER) {
      throw Refusal.denied(Problem.REGISTRATION_CLOSED, "nobody may register here");
    }
    return grant.admission(tokens.seals(), known);
  }

  private static Refusal noInvitation() {
    return Refusal.denied(Problem.INVITATION_INVALID, "unknown, used up or over");
  }

  private InvitationGrant grant(Cell cell) throws Refusal {
    try {
      return InvitationGrant.of(tokens.seals().openCell(cell));
    } catch (IOException | SealException e) {
      tokens.seals().integrity().leftOut("an invitation that was shown", e);
      throw noInvitation();
    }
  }

  private void submit(
      GuestRequest request,
      Command.Register register,
      AccountName name,
      String hash,
      RegistrationGrant admission) {
    long id = directory().accounts().ids().next();
    long now = clock.millis();
    Account account = new Account(id, name.shown(), admission.role(), hash, now);
    byte[] token = tokens.fresh(id);
    UUID joined = UUID.randomUUID();
    NewAccount created = new NewAccount(account, name, directory(), tokens.seals());
    List<Condition> conditions = new ArrayList<>(created.conditions());
    conditions.addAll(admission.conditions());
    List<CellWrite> cells = new ArrayList<>(created.cells());
    cells.addAll(
        sessions.begun(
            Sha256.of(token), account, register.device(), request.session().connection().peer()));
    cells.addAll(admission.cells());
    NewEntry entry =
        NewEntries.of(tokens.seals(), Room.LOBBY, joined, id, EntryCodec.empty(EntryCodec.JOINED));
    access()
        .journal()
        .submit(
            new Change(conditions, entry, cells, List.of(), List.of()),
            new CommandCompletion(request) {
              @Override
              public void applied(long number, long time) {
                created.applied();
                directory()
                    .rooms()
                    .lobby()
                    .add(
                        new Event.Entry(
                            Room.LOBBY,
                            number,
                            joined,
                            person(account),
                            time,
                            new Content.Joined()));
              }

              @Override
              public void done(long number, long time) {
                audit.registered(
                    account,
                    request.session().connection().peer(),
                    Invitations.id(register.invitation()));
                request.session().loggedIn(account, Sha256.of(token));
                request.answer(new Reply.LoggedIn(person(account), token, account.role().shown()));
              }

              @Override
              public void refused(Outcome.Refused refused) {
                switch (created.conflict(refused.condition())) {
                  case ID_TAKEN -> submit(request, register, name, hash, admission);
                  case NAME_TAKEN, LOOKALIKE_TAKEN -> request.refuse(nameTaken());
                  case OTHER -> admitAgain(request, register, name, hash);
                }
              }
            });
  }

  /** Somebody else used the invitation in the same moment; it may be good for more. */
  private void admitAgain(
      GuestRequest request, Command.Register register, AccountName name, String hash) {
    request.read(() -> submit(request, register, name, hash, admission(register)));
  }

  private Person person(Account account) {
    return directory().accounts().person(account.id());
  }
}
