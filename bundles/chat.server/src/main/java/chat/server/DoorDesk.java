// SPDX-License-Identifier: Apache-2.0
package chat.server;

import chat.protocol.Command;
import chat.protocol.Content;
import chat.protocol.Dialect;
import chat.protocol.Event;
import chat.protocol.Limits;
import chat.protocol.Person;
import chat.protocol.Problem;
import chat.protocol.Reply;
import chat.storage.Cell;
import chat.storage.CellKey;
import chat.storage.Change;
import chat.storage.Change.CellWrite;
import chat.storage.Change.Condition;
import chat.storage.Change.NewEntry;
import chat.storage.Outcome;
import chat.storage.StorageException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hello, registering, logging in and out. */
record DoorDesk(Services services) {
  private static final Logger LOG = LoggerFactory.getLogger(DoorDesk.class);
  private static final List<String> CAPABILITIES = List.of();
  private static final int TOKEN = 32;
  private static final long BUSY_MILLIS = 2_000;

  void hello(Session session, int correlation, Command.Hello hello) {
    if (hello.version() < 1) {
      session.fail(
          correlation, Problem.VERSION, "this server speaks versions 1 to " + Dialect.VERSION);
      return;
    }
    Dialect agreed =
        new Dialect(
            Math.min(hello.version(), Dialect.VERSION),
            hello.capabilities().stream().filter(CAPABILITIES::contains).toList());
    session.greeted(agreed);
    session.answer(
        correlation,
        new Reply.Welcome(
            agreed.version(),
            agreed.capabilities(),
            services.limits(),
            services.config().name(),
            registrationOpen()));
  }

  private String registration() {
    return services.config().registration();
  }

  private boolean registrationOpen() {
    return registration().equals("open");
  }

  void register(Session session, int correlation, Command.Register register) {
    Optional<Names> names = Names.of(register.name());
    if (!registrationOpen() && register.invitation().isEmpty()) {
      session.fail(correlation, Problem.REGISTRATION_CLOSED, "an invitation is needed");
    } else if (names.isEmpty()) {
      session.fail(
          correlation,
          Problem.NAME_INVALID,
          "1 to " + Limits.NAME + " visible characters, no spaces at the ends");
    } else if (!Passwords.valid(register.password(), session.manners().passwordMin())) {
      session.fail(
          correlation,
          Problem.PASSWORD_INVALID,
          session.manners().passwordMin() + " to " + Limits.PASSWORD_MAX + " characters");
    } else if (services.accounts().named(names.get().folded()).isPresent()) {
      session.fail(correlation, Problem.NAME_TAKEN, "choose another name");
    } else if (services.unavailable()) {
      session.fail(correlation, Problem.UNAVAILABLE, "the store is away", BUSY_MILLIS);
    } else {
      long wait = services.rates().registration(session.connection().peer());
      if (wait > 0) {
        session.fail(correlation, Problem.TOO_MANY, "too many registrations", wait);
        return;
      }
      hashing(session, correlation, () -> register(session, correlation, register, names.get()));
    }
  }

  /** Runs a task where passwords are hashed; other log-ins of this session wait outside. */
  private void hashing(Session session, int correlation, Runnable task) {
    session.busy(true);
    Runnable answered =
        () -> {
          try {
            task.run();
          } catch (RuntimeException | LinkageError e) {
            LOG.error("{}: a log-in failed", session, e);
            session.busy(false);
            session.fail(correlation, Problem.INTERNAL, "a fault of the server");
          }
        };
    if (!services.passwords().submit(answered)) {
      session.busy(false);
      session.fail(correlation, Problem.BUSY, "too many people at the door", BUSY_MILLIS);
    }
  }

  private void register(Session session, int correlation, Command.Register register, Names names) {
    admission(session, correlation, register)
        .ifPresent(admission -> {
          String hash = services.passwords().hash(register.password());
          submit(session, correlation, register, names, hash, admission);
        });
  }

  /** By what somebody registers; empty if it is nothing good, which has been answered then. */
  private Optional<Admission> admission(
      Session session, int correlation, Command.Register register) {
    if (register.invitation().isEmpty()) {
      return Optional.of(Admission.OPEN);
    }
    try {
      CellKey key = Invitations.key(register.invitation());
      Optional<Cell> known = services.read((store, generation) -> store.cell(key));
      Terms terms = known.isEmpty() ? Terms.NONE : Terms.of(known.get().value());
      if (terms.isOver(services.clock().millis())) {
        session.busy(false);
        session.fail(correlation, Problem.INVITATION_INVALID, "unknown, used up or over");
      } else if (registration().equals("closed") && terms.role() == Role.MEMBER) {
        session.busy(false);
        session.fail(correlation, Problem.REGISTRATION_CLOSED, "nobody may register here");
      } else {
        return known.map(terms::admission);
      }
    } catch (StorageException e) {
      refuse(session, correlation, e);
    } catch (IOException e) {
      LOG.error("An invitation can't be read: {}", e.getMessage());
      session.busy(false);
      session.fail(correlation, Problem.INTERNAL, "the store is damaged here");
    }
    return Optional.empty();
  }

  private void submit(
      Session session,
      int correlation,
      Command.Register register,
      Names names,
      String hash,
      Admission admission) {
    long id = services.accounts().nextId();
    long now = services.clock().millis();
    Account account = new Account(id, names.shown(), admission.role(), hash, now);
    byte[] token = Aes.random(TOKEN);
    CellKey sessionKey = Cells.session(Sha256.of(token));
    UUID joined = UUID.randomUUID();
    Newcomer newcomer = new Newcomer(account, names, services);
    List<Condition> conditions = new ArrayList<>(newcomer.conditions());
    conditions.addAll(admission.conditions());
    List<CellWrite> cells = new ArrayList<>(newcomer.cells());
    cells.add(sessionCell(sessionKey, id, register.device()));
    cells.addAll(admission.cells());
    NewEntry entry =
        new NewEntry(
            Room.LOBBY,
            joined,
            Bodies.JOINED,
            id,
            0,
            services.seals().hash(Room.LOBBY, Bodies.JOINED, new byte[0]),
            services.seals().sealBody(Room.LOBBY, joined, Bodies.JOINED, id, new byte[0]));
    services
        .journal()
        .submit(
            new Change(conditions, entry, cells, List.of(), List.of()),
            new Decision(session, correlation) {
              @Override
              void applied(long number, long time) {
                newcomer.arrived();
                services
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
              void done(long number, long time) {
                session.loggedIn(account, Sha256.of(token));
                session.answer(correlation, new Reply.LoggedIn(person(account), token));
              }

              @Override
              void refused(Outcome.Refused refused) {
                switch (refused.condition()) {
                  case Newcomer.ID_TAKEN ->
                      submit(session, correlation, register, names, hash, admission);
                  case Newcomer.NAME_TAKEN, Newcomer.LOOKS_TAKEN -> {
                    session.busy(false);
                    session.fail(correlation, Problem.NAME_TAKEN, "choose another name");
                  }
                  default -> admitAgain(session, correlation, register, names, hash);
                }
              }
            });
  }

  /** Somebody else used the invitation in the same moment; it may be good for more. */
  private void admitAgain(
      Session session, int correlation, Command.Register register, Names names, String hash) {
    session.read(
        correlation,
        () ->
            admission(session, correlation, register)
                .ifPresent(
                    admission -> submit(session, correlation, register, names, hash, admission)));
  }

  void logIn(Session session, int correlation, Command.LogIn logIn) {
    String folded = Names.fold(logIn.name());
    TokenBucket attempts = services.rates().logIn(folded);
    long wait = attempts.take(System.nanoTime());
    if (wait > 0) {
      session.fail(correlation, Problem.TOO_MANY, "too many attempts to log in", wait);
      return;
    }
    hashing(session, correlation, () -> check(session, correlation, logIn, folded, attempts));
  }

  private void check(
      Session session, int correlation, Command.LogIn logIn, String folded, TokenBucket attempts) {
    Optional<Account> account = services.accounts().named(folded);
    if (account.isEmpty()) {
      services.passwords().matchNobody(logIn.password());
      session.busy(false);
      session.fail(
          correlation,
          registrationOpen() ? Problem.ACCOUNT_UNKNOWN : Problem.PASSWORD_WRONG,
          registrationOpen() ? "there is no such account" : "name or password is wrong");
    } else if (!services.passwords().matches(logIn.password(), account.get().passwordHash())) {
      session.busy(false);
      session.fail(correlation, Problem.PASSWORD_WRONG, "name or password is wrong");
    } else if (services.unavailable()) {
      session.busy(false);
      session.fail(correlation, Problem.UNAVAILABLE, "the store is away", BUSY_MILLIS);
    } else if (session.manners().single() && services.presence().hasDevice(account.get().id())) {
      attempts.giveBack();
      session.busy(false);
      session.fail(correlation, Problem.NOT_ALLOWED, "somebody is logged in to this account");
    } else {
      attempts.giveBack();
      begin(session, correlation, account.get(), logIn.device());
    }
  }

  private void begin(Session session, int correlation, Account account, String device) {
    byte[] token = Aes.random(TOKEN);
    CellKey key = Cells.session(Sha256.of(token));
    services
        .journal()
        .submit(
            Change.write(List.of(), sessionCell(key, account.id(), device)),
            new Decision(session, correlation) {
              @Override
              void done(long number, long time) {
                session.loggedIn(account, Sha256.of(token));
                session.answer(correlation, new Reply.LoggedIn(person(account), token));
              }
            });
  }

  void resume(Session session, int correlation, Command.Resume resume) {
    byte[] hash = Sha256.of(resume.token());
    CellKey key = Cells.session(hash);
    session.busy(true);
    session.read(
        correlation,
        () -> {
          try {
            Optional<Cell> cell = services.read((store, generation) -> store.cell(key));
            Optional<Account> account =
                cell.isEmpty()
                    ? Optional.empty()
                    : services
                        .accounts()
                        .get(Cells.number(services.seals().openCell(key, cell.get().value())));
            if (account.isEmpty()) {
              session.busy(false);
              session.fail(correlation, Problem.TOKEN_INVALID, "log in with the password");
            } else {
              session.loggedIn(account.get(), hash);
              session.answer(
                  correlation, new Reply.LoggedIn(person(account.get()), resume.token()));
            }
          } catch (StorageException e) {
            refuse(session, correlation, e);
          } catch (SealException e) {
            LOG.error("A session can't be opened: {}", e.getMessage());
            session.busy(false);
            session.fail(correlation, Problem.TOKEN_INVALID, "log in with the password");
          }
        });
  }

  private Person person(Account account) {
    return services.accounts().person(account.id());
  }

  void logOut(Session session, int correlation, byte[] tokenHash) {
    services
        .journal()
        .submit(
            Change.write(List.of(), new CellWrite(Cells.session(tokenHash), null)),
            new Decision(session, correlation) {
              @Override
              void done(long number, long time) {
                session.loggedOut();
                session.answer(correlation, new Reply.Done());
              }
            });
  }

  private void refuse(Session session, int correlation, StorageException why) {
    LOG.warn("A log-in had to wait: {}", why.getMessage());
    session.busy(false);
    session.fail(correlation, Problem.UNAVAILABLE, "the store is away", BUSY_MILLIS);
  }

  private CellWrite sessionCell(CellKey key, long account, String device) {
    byte[] bytes =
        Packed.bytes(out -> {
          out.writeLong(account);
          out.writeLong(services.clock().millis());
          out.writeUTF(device.substring(0, Math.min(device.length(), 100)));
        });
    return new CellWrite(key, services.seals().sealCell(key, bytes));
  }
}
