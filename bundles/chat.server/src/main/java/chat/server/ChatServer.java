// SPDX-License-Identifier: Apache-2.0
package chat.server;

import chat.connection.Connection;
import chat.connection.ConnectionHandler;
import chat.operations.AuditLog;
import chat.operations.ServerStatus;
import chat.protocol.Availability;
import chat.protocol.Event;
import chat.server.base.Cells;
import chat.server.base.KeyRing;
import chat.server.base.MasterKey;
import chat.server.base.Seals;
import chat.server.base.ServerConfig;
import chat.server.base.Timings;
import chat.server.command.account.AccountAdministration;
import chat.server.command.account.AccountErasure;
import chat.server.command.account.Invitations;
import chat.server.command.account.StoredSessions;
import chat.server.command.administration.AccountExporter;
import chat.server.command.administration.Announcements;
import chat.server.command.importer.Importer;
import chat.server.command.message.SharedBlobs;
import chat.server.room.CellRenewal;
import chat.server.room.Directory;
import chat.server.room.Entries;
import chat.server.room.EntryStamps;
import chat.server.room.RoomQueries;
import chat.server.session.AuditTrail;
import chat.server.session.CpuBudget;
import chat.server.session.Devices;
import chat.server.session.Passwords;
import chat.server.session.Presence;
import chat.server.session.Refusals;
import chat.server.session.Session;
import chat.server.session.SessionContext;
import chat.server.session.Snapshot;
import chat.server.store.ActiveStore;
import chat.server.store.JoinedReplies;
import chat.server.store.Journal;
import chat.server.store.Readers;
import chat.server.store.StoreAccess;
import chat.storage.Cell;
import chat.storage.CellKey;
import chat.storage.Change;
import chat.storage.Outcome;
import chat.storage.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server at work: made when a store is open, attends to connections until it leaves.
 *
 * <p><b>Leaving.</b> The connections are parked by their owner first. Then what hooks look at is
 * decided, the journal is drained, and each session leaves a {@link Snapshot} in its connection,
 * from which the next server goes on; what had no answer by then is repeated by the clients.
 *
 * <p><b>Threads.</b> Connections call on their event loops; the journal, the readers and one timer
 * are the server's own.
 */
final class ChatServer implements ConnectionHandler, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ChatServer.class);
  private static final long CATCH_UP_MILLIS = 2_000;

  /** Until then an earlier build can take over again, if this one does not prove itself. */
  private static final long RENEWAL_MILLIS = 10_000;

  private static final long FIRST_SWEEP_MILLIS = 10_000;
  private static final long TIMER_MILLIS = 1_000;
  private static final long SWEEP_MILLIS = 600_000;
  private static final long FIRST_SESSIONS_MILLIS = 60_000;
  private static final long SESSIONS_MILLIS = 86_400_000;
  private static final long STAMP_MILLIS = 10_000;
  private static final long RESTORING_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long BACK_AFTER_MILLIS = 500;

  private final Timings timings;
  private final StoreAccess access;
  private final Directory directory;
  private final Seals seals;
  private final EntryStamps stamps;
  private final CellRenewal renewal;
  private final Passwords passwords = new Passwords();
  private final SessionContext context;
  private final CommandHandlers handlers;
  private final AccountErasure erasure;
  private final ConcurrentMap<Connection, Session> sessions = new ConcurrentHashMap<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("chat-timer").daemon().factory());
  private final InstantSource clock;
  private final long since;
  private final long begunAt = System.nanoTime();

  private ChatServer(
      ServerConfig config,
      ActiveStore store,
      SessionContext.Providers providers,
      Loaded loaded,
      MasterKey masterKey,
      AuditLog audit,
      InstantSource clock) {
    this.clock = clock;
    this.since = clock.millis();
    this.timings = Timings.of(config);
    this.directory = loaded.directory();
    this.seals = loaded.seals();
    Journal journal =
        new Journal(
            store,
            Change.write(List.of(), new Change.CellWrite(Cells.PROBE, new byte[0])),
            this::committed,
            this::afterBatch,
            this::onCapacity);
    this.access = new StoreAccess(store, journal, new Readers(loaded.readers()), timings);
    this.stamps = new EntryStamps(access, seals);
    this.renewal = new CellRenewal(access, directory, seals, stamps, masterKey);
    Entries entries = new Entries(seals, directory.accounts(), stamps);
    RoomQueries queries = new RoomQueries(access, directory, entries, seals);
    Devices devices = new Devices(config.connectionsPerAccount());
    Presence presence =
        new Presence(timings, directory.accounts(), directory.contacts(), this::gone);
    this.context =
        new SessionContext(
            SessionContext.limits(config),
            access,
            directory,
            queries,
            new SessionContext.Online(
                devices,
                presence,
                new CpuBudget(config),
                new Refusals(),
                new AuditTrail(audit, clock),
                new JoinedReplies(journal)),
            providers,
            adapterExecutor());
    this.erasure =
        new AccountErasure(
            access, directory, seals, entries, devices, new SharedBlobs(access, seals));
    this.handlers = CommandHandlers.of(context, seals, passwords, config, erasure, clock);
  }

  private static ScheduledExecutorService adapterExecutor() {
    ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(
            1,
            Thread.ofPlatform().name("chat-adapter").daemon().factory(),
            new ThreadPoolExecutor.DiscardPolicy());
    executor.setRemoveOnCancelPolicy(true);
    return executor;
  }

  /** Begins with what is in memory. */
  static ChatServer start(
      ServerConfig config,
      ActiveStore store,
      SessionContext.Providers providers,
      Loaded loaded,
      MasterKey masterKey,
      AuditLog audit,
      InstantSource clock) {
    ChatServer server = new ChatServer(config, store, providers, loaded, masterKey, audit, clock);
    server.access.journal().start();
    server.schedule(server::tick, server.timings.presence().toMillis());
    server.schedule(server::catchUp, CATCH_UP_MILLIS);
    server.schedule(server.stamps::flushSoon, STAMP_MILLIS);
    server.schedule(server::sweep, FIRST_SWEEP_MILLIS, SWEEP_MILLIS);
    server.schedule(server.sessions()::sweepSoon, FIRST_SESSIONS_MILLIS, SESSIONS_MILLIS);
    server.schedule(server.renewal::startSoon, RENEWAL_MILLIS, SWEEP_MILLIS);
    return server;
  }

  private void schedule(Runnable task, long everyMillis) {
    schedule(task, everyMillis, everyMillis);
  }

  private void schedule(Runnable task, long firstMillis, long everyMillis) {
    var unused =
        timer.scheduleWithFixedDelay(
            () -> {
              try {
                task.run();
              } catch (RuntimeException e) {
                LOG.error("A timed task failed", e);
              }
            },
            firstMillis,
            everyMillis,
            TimeUnit.MILLISECONDS);
  }

  /** What sessions work with. */
  SessionContext context() {
    return context;
  }

  /** The session on a connection. */
  Session session(Connection connection) {
    return Objects.requireNonNull(sessions.get(connection), "no session");
  }

  Invitations invitations() {
    return new Invitations(access, seals, clock);
  }

  /** What operators do to accounts. */
  AccountAdministration accounts() {
    return handlers.administration().accounts();
  }

  /** What is announced to everybody. */
  Announcements announcements() {
    return handlers.administration().announcements();
  }

  /** Tells what accounts said. */
  AccountExporter exporter() {
    return handlers.administration().exporter();
  }

  /** The sessions that tokens open. */
  StoredSessions sessions() {
    return handlers.account().sessions();
  }

  Importer importer() {
    return Importer.of(context, seals, passwords, clock);
  }

  /** Seals what goes into the store. */
  Seals seals() {
    return seals;
  }

  /** Seals everything anew. */
  CellRenewal renewal() {
    return renewal;
  }

  /** How many clients are connected. */
  int sessionCount() {
    return sessions.size();
  }

  /** What is asked of the machine. */
  ServerStatus.Load load() {
    Map<String, Long> refusals = new TreeMap<>();
    context
        .online()
        .refusals()
        .counts()
        .forEach((problem, count) -> refusals.put(problem.name(), count));
    return new ServerStatus.Load(
        HeapUse.afterCollection(),
        Runtime.getRuntime().maxMemory(),
        passwords.waiting(),
        handlers.messages().search().queue().waiting(),
        access.readers().waiting(),
        refusals,
        context.providers().hooks().passedOver());
  }

  /** When this server began, in UTC milliseconds. */
  long since() {
    return since;
  }

  @Override
  public void adopt(Connection connection) {
    if (!(connection.attributes().remove(Snapshot.ATTRIBUTE) instanceof byte[] left)) {
      Session session = new Session(context, handlers, connection);
      sessions.put(connection, session);
      session.begin();
      return;
    }
    try {
      Snapshot snapshot = Snapshot.of(left);
      Session session = new Session(context, handlers, connection, snapshot);
      sessions.put(connection, session);
      restore(session, snapshot);
    } catch (IOException e) {
      LOG.warn("{} can't go on: {}", connection, e.getMessage());
      new Session(context, handlers, connection)
          .close(new Event.Leaving("the server was exchanged", BACK_AFTER_MILLIS));
    }
  }

  /** The session is taken up again if its token is still worth something. */
  private void restore(Session session, Snapshot snapshot) {
    if (snapshot.account() == 0) {
      session.restore();
      return;
    }
    if (snapshot.availability() != Availability.INVISIBLE) {
      expect(snapshot.account());
    }
    snapshot.away().forEach(this::expect);
    boolean taken =
        session
            .lane()
            .submit(() -> {
              // What it said through the connection's last owner may not be decided yet.
              context.providers().hooks().settle();
              try {
                if (sessions().find(snapshot.tokenHash()).isPresent()) {
                  session.restore();
                } else {
                  session.close(new Event.LoggedOut("the session was ended"));
                }
              } catch (StorageException e) {
                LOG.warn("{} can't go on: {}", session, e.getMessage());
                session.close(new Event.Leaving("the server was exchanged", BACK_AFTER_MILLIS));
              }
            });
    if (!taken) {
      session.close(new Event.Leaving("the server was exchanged", BACK_AFTER_MILLIS));
    }
  }

  private void expect(long account) {
    if (directory.accounts().get(account).isPresent()) {
      context.online().presence().expect(account);
    }
  }

  /** Somebody has left: when that was is kept. */
  private void gone(long account) {
    if (directory.accounts().get(account).isPresent()) {
      long now = clock.millis();
      directory.accounts().seen(account, now);
      access
          .journal()
          .submit(
              Change.write(
                  List.of(new Change.CellPresent(Cells.account(account))),
                  seals.write(Cells.seen(account), Cells.bytes(now))),
              Journal.IGNORED);
    }
  }

  @Override
  public void received(Connection connection, ByteBuffer bytes) {
    Session session = sessions.get(connection);
    if (session != null) {
      session.received(bytes);
    }
  }

  @Override
  public void writable(Connection connection) {
    Session session = sessions.get(connection);
    if (session != null) {
      session.advance();
      session.resume();
    }
  }

  @Override
  public void closed(Connection connection) {
    Session session = sessions.remove(connection);
    if (session != null) {
      session.closed();
    }
  }

  @Override
  public void released(Connection connection) {
    Session session = sessions.remove(connection);
    if (session != null) {
      connection.attributes().put(Snapshot.ATTRIBUTE, session.park(List.of()).bytes());
    }
  }

  @Override
  public void leaving(Duration within) {
    Event.Leaving leaving =
        new Event.Leaving("the server is leaving", within.toMillis() + BACK_AFTER_MILLIS);
    sessions.values().forEach(session -> session.close(leaving));
  }

  /** A wire format or an adapter came: sessions that waited for it go on. */
  void formatArrived() {
    sessions.values().forEach(Session::formatArrived);
  }

  /** The cells of the data keys, in the store that is active. */
  private record StoredKeys(ActiveStore store) implements KeyRing.RingStore {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    @Override
    public Optional<Cell> read(CellKey key) throws StorageException, InterruptedException {
      return store.read(PATIENCE, (open, generation) -> open.cell(key));
    }

    @Override
    public Outcome commit(Change change) throws StorageException, InterruptedException {
      return store.commit(PATIENCE, List.of(change)).getFirst();
    }
  }

  private void committed(Change.NewEntry entry, long number, long time) {
    stamps.committed(entry, number, time);
  }

  private void afterBatch() {
    context.online().replies().flush();
    directory.rooms().announce();
    stamps.afterBatch();
    try {
      seals.ring().replenish(new StoredKeys(access.store()));
    } catch (StorageException e) {
      LOG.warn("No seals could be reserved: {}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void onCapacity() {
    sessions.values().forEach(Session::resume);
  }

  private void tick() {
    long now = System.nanoTime();
    if (!isRestoring(now)) {
      context.online().presence().tick(now);
    }
    sessions
        .values()
        .forEach(session -> {
          session.expire(now, timings.logIn());
          session.resumeIfOverdrawn();
        });
  }

  /** Who is not back yet would miss what is told of the others. */
  private boolean isRestoring(long now) {
    return now - begunAt < RESTORING_NANOS
        && sessions.values().stream().anyMatch(Session::isReturning);
  }

  /** Feeds that met a store that was away, and sessions whose wake-up was lost, go on. */
  private void catchUp() {
    sessions
        .values()
        .forEach(session -> {
          session.advance();
          session.resume();
        });
  }

  /** Removes what is over. */
  void sweep() {
    try {
      handlers.messages().uploads().sweep();
      invitations().sweep(directory.accounts().hasOwner());
      accounts().resets().sweep();
      erasure.sweepSoon();
    } catch (StorageException e) {
      LOG.warn("What is over stays for now: {}", e.getMessage());
    }
  }

  private void endTimer() {
    timer.shutdownNow();
    try {
      if (!timer.awaitTermination(TIMER_MILLIS, TimeUnit.MILLISECONDS)) {
        LOG.warn("A timed task goes on while the server leaves");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Drains, parks every session and ends. */
  @Override
  public void close() {
    endTimer(); // or it would tell, in the middle of parking, that people are here otherwise
    renewal.close();
    stamps.flushReady();
    context.providers().hooks().settle();
    access.journal().drain(timings.drain());
    List<Long> away = context.online().presence().away();
    sessions
        .values()
        .forEach(session ->
            session.connection().attributes().put(Snapshot.ATTRIBUTE, session.park(away).bytes()));
    sessions.clear();
    context.adapterExecutor().shutdownNow();
    access.readers().close();
    passwords.close();
    context.online().audit().close();
    handlers.messages().search().queue().close();
    LOG.info("The server left after {}", Duration.ofMillis(clock.millis() - since));
  }
}
