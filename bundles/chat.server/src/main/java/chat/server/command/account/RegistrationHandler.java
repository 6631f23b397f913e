// SPDX-License-Identifier: Apache-2.0
package chat.server.command.account;

import chat.protocol.Command;
import chat.protocol.Content;
import chat.protocol.Event;
import chat.protocol.Limits;
import chat.protocol.Person;
import chat.protocol.Problem;
import chat.protocol.Reply;
import chat.server.base.AccountName;
import chat.server.base.SealException;
import chat.server.base.ServerConfig;
import chat.server.base.Sha256;
import chat.server.command.CommandCompletion;
import chat.server.room.Account;
import chat.server.room.Directory;
import chat.server.room.EntryCodec;
import chat.server.room.NewEntries;
import chat.server.room.Role;
import chat.server.room.Room;
import chat.server.session.Passwords;
import chat.server.session.RateLimits;
import chat.server.session.Session;
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
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes accounts, where that is open or by an invitation. */
public record RegistrationHandler(
    AccessTokens tokens,
    StoredSessions sessions,
    Passwords passwords,
    RateLimits rates,
    ServerConfig config,
    InstantSource clock) {
  private static final Logger LOG = LoggerFactory.getLogger(RegistrationHandler.class);

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

  public void register(Session session, int correlation, Command.Register register) {
    Optional<AccountName> names = AccountName.of(register.name());
    if (!registrationOpen() && register.invitation().isEmpty()) {
      session.fail(correlation, Problem.REGISTRATION_CLOSED, "an invitation is needed");
    } else if (names.isEmpty()) {
      session.fail(
          correlation,
          Problem.NAME_INVALID,
          "1 to " + Limits.NAME + " visible characters, no spaces at the ends");
    } else if (!Passwords.valid(register.password(), session.policy().passwordMin())) {
      session.fail(
          correlation,
          Problem.PASSWORD_INVALID,
          session.policy().passwordMin() + " to " + Limits.PASSWORD_MAX + " characters");
    } else if (registrationOpen() && isTaken(names.get())) {
      session.fail(correlation, Problem.NAME_TAKEN, "choose another name");
    } else if (access().isUnavailable()) {
      session.fail(correlation, Problem.UNAVAILABLE, "the store is away", Passwords.BUSY_MILLIS);
    } else {
      long wait = rates.registration(session.connection().peer());
      if (wait > 0) {
        session.fail(correlation, Problem.TOO_MANY, "too many registrations", wait);
        return;
      }
      passwords.submit(
          session,
          correlation,
          0,
          () -> register(session, correlation, register, names.get()),
          () -> {});
    }
  }

  private void register(
      Session session, int correlation, Command.Register register, AccountName name) {
    Optional<RegistrationGrant> admission = admission(session, correlation, register);
    if (admission.isEmpty()) {
      return;
    }
    if (isTaken(name)) { // said to nobody before it is admitted: names are not for strangers
      session.busy(false);
      session.fail(correlation, Problem.NAME_TAKEN, "choose another name");
      return;
    }
    String hash = passwords.hash(register.password());
    submit(session, correlation, register, name, hash, admission.get());
  }

  private boolean isTaken(AccountName name) {
    return directory().accounts().named(name.folded()).isPresent();
  }

  /** By what somebody registers; empty if it is nothing good, which has been answered then. */
  private Optional<RegistrationGrant> admission(
      Session session, int correlation, Command.Register register) {
    if (register.invitation().isEmpty()) {
      return Optional.of(RegistrationGrant.OPEN);
    }
    try {
      CellKey key = Invitations.key(register.invitation());
      Optional<Cell> known = access().read((store, generation) -> store.cell(key));
      InvitationGrant grant =
          known.isEmpty()
              ? InvitationGrant.NONE
              : InvitationGrant.of(tokens.seals().openCell(known.get()));
      if (grant.isOver(clock.millis())) {
        session.busy(false);
        session.fail(correlation, Problem.INVITATION_INVALID, "unknown, used up or over");
      } else if (registration().equals("closed") && grant.role() == Role.MEMBER) {
        session.busy(false);
        session.fail(correlation, Problem.REGISTRATION_CLOSED, "nobody may register here");
      } else {
        return known.map(cell -> grant.admission(tokens.seals(), cell));
      }
    } catch (StorageException e) {
      refuse(session, correlation, e);
    } catch (IOException | SealException e) {
      tokens.seals().integrity().leftOut("an invitation that was shown", e);
      session.busy(false);
      session.fail(correlation, Problem.INVITATION_INVALID, "unknown, used up or over");
    }
    return Optional.empty();
  }

  private void submit(
      Session session,
      int correlation,
      Command.Register register,
      AccountName name,
      String hash,
      RegistrationGrant admission) {
    long id = directory().accounts().nextId();
    long now = clock.millis();
    Account account = new Account(id, name.shown(), admission.role(), hash, now);
    byte[] token = tokens.fresh(id);
    UUID joined = UUID.randomUUID();
    NewAccount created = new NewAccount(account, name, directory(), tokens.seals());
    List<Condition> conditions = new ArrayList<>(created.conditions());
    conditions.addAll(admission.conditions());
    List<CellWrite> cells = new ArrayList<>(created.cells());
    cells.addAll(
        sessions.begun(Sha256.of(token), account, register.device(), session.connection().peer()));
    cells.addAll(admission.cells());
    NewEntry entry =
        NewEntries.of(tokens.seals(), Room.LOBBY, joined, id, EntryCodec.empty(EntryCodec.JOINED));
    access()
        .journal()
        .submit(
            new Change(conditions, entry, cells, List.of(), List.of()),
            new CommandCompletion(session, correlation) {
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
                session.loggedIn(account, Sha256.of(token));
                session.answer(correlation, new Reply.LoggedIn(person(account), token));
              }

              @Override
              public void refused(Outcome.Refused refused) {
                switch (refused.condition()) {
                  case NewAccount.ID_TAKEN ->
                      submit(session, correlation, register, name, hash, admission);
                  case NewAccount.NAME_TAKEN, NewAccount.SKELETON_TAKEN -> {
                    session.busy(false);
                    session.fail(correlation, Problem.NAME_TAKEN, "choose another name");
                  }
                  default -> admitAgain(session, correlation, register, name, hash);
                }
              }
            });
  }

  /** Somebody else used the invitation in the same moment; it may be good for more. */
  private void admitAgain(
      Session session, int correlation, Command.Register register, AccountName name, String hash) {
    session.read(
        correlation,
        () ->
            admission(session, correlation, register)
                .ifPresent(
                    admission -> submit(session, correlation, register, name, hash, admission)));
  }

  private Person person(Account account) {
    return directory().accounts().person(account.id());
  }

  private void refuse(Session session, int correlation, StorageException why) {
    LOG.warn("A log-in had to wait: {}", why.getMessage());
    session.busy(false);
    session.fail(correlation, Problem.UNAVAILABLE, "the store is away", Passwords.BUSY_MILLIS);
  }
}
