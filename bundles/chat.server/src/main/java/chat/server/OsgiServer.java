// SPDX-License-Identifier: Apache-2.0
package chat.server;

import chat.connection.ConnectionHandler;
import chat.operations.AccountOperations;
import chat.operations.AuditLog;
import chat.operations.Health;
import chat.operations.ImportOperations;
import chat.operations.OperationException;
import chat.operations.OperationException.Reason;
import chat.operations.ServerOperations;
import chat.operations.StoreOperations;
import chat.protocol.ProtocolAdapter;
import chat.protocol.WireFormat;
import chat.server.base.MasterKey;
import chat.server.base.ServerConfig;
import chat.server.copy.CopyJobs;
import chat.server.copy.MigrationFile;
import chat.server.extension.TextHooks;
import chat.server.session.Formats;
import chat.server.session.SessionContext;
import chat.server.store.ActiveFile;
import chat.server.store.ActiveStore;
import chat.server.store.StoreExchange;
import chat.storage.ChatStore;
import chat.storage.CommitFeed;
import chat.storage.StorageException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.bundle.Header;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the server together with the stores and formats that come and go. The server itself begins
 * on a thread of its own, once there is a store, and attends to connections from then on.
 */
@Component(
    service = {},
    immediate = true,
    configurationPid = "chat.server",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = ServerConfig.class)
@Header(name = OsgiServer.STANDBY, value = "true")
public final class OsgiServer {
  /** Says that a build of this bundle makes itself ready beside the one at work. */
  static final String STANDBY = "Chat-Standby";

  private static final Logger LOG = LoggerFactory.getLogger(OsgiServer.class);

  /** How long clients are told to stay away while another store is put in place. */
  private static final Duration AWAY = Duration.ofMillis(500);

  private static final long LAST_STEP_MILLIS = 5_000;

  private final BundleContext bundles;
  private final ServerConfig config;
  private final MasterKey masterKey;
  private final Formats formats = new Formats();
  private final TextHooks hooks;
  private final ActiveStore store;
  private final StoreExchange exchange;
  private final CopyJobs copyJobs;
  private final OwnerInvitation invitation;

  /** chat.admin has it, if that is there. */
  private volatile @Nullable AuditLog audit;

  private final AuditLog records = new OptionalAuditLog(() -> audit);
  private final List<ServiceRegistration<?>> operations = new ArrayList<>();
  private Optional<Standby> standby;
  private @Nullable Thread starter;
  private @Nullable ServiceRegistration<ConnectionHandler> registration;
  private @Nullable ServiceRegistration<CommitFeed> feed;
  private volatile @Nullable ChatServer server;
  private volatile String failure = "";
  private boolean ended;

  @Activate
  public OsgiServer(
      BundleContext bundles,
      ServerConfig config,
      @Reference(target = "(chat.key=master)") SecretKey masterKey) {
    // fault-point: server-start
    this.bundles = bundles;
    this.hooks = TextHooks.of(bundles);
    this.config = config;
    Path data = folder("chat.data", "data");
    this.masterKey = new MasterKey(masterKey, data, new KeyPublisher(bundles)::publish);
    this.invitation = new OwnerInvitation(folder("chat.run", "run").resolve("first-admin.txt"));
    ActiveFile file = new ActiveFile(data.resolve("active"));
    this.store = new ActiveStore(file, config.store());
    this.exchange = new StoreExchange(store, file);
    this.copyJobs =
        new CopyJobs(
            store,
            exchange,
            new MigrationFile(data.resolve("migration")),
            this.masterKey::current,
            this::replaceStore,
            records);
    this.standby = Standby.beside(bundles);
    if (standby.isPresent()) {
      store.standBy();
    } else {
      offerOperations();
    }
    startSoon();
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindAudit(AuditLog log) {
    audit = log;
  }

  /** What waits is written as long as there is somebody to write it. */
  void unbindAudit(AuditLog log) {
    ChatServer current = server;
    if (audit == log) {
      if (current != null) {
        current.context().online().audit().flush();
      }
      audit = null;
    }
  }

  private Path folder(String property, String otherwise) {
    String folder = bundles.getProperty(property);
    return Path.of(folder == null ? otherwise : folder);
  }

  /** On a thread of its own, because it waits for a store. */
  private synchronized void startSoon() {
    if (!ended) {
      failure = "";
      starter = Thread.ofPlatform().name("chat-server-start").daemon().start(this::start);
    }
  }

  private void start() {
    try {
      ChatServer fresh =
          ChatServer.start(
              config,
              store,
              new SessionContext.Providers(formats, hooks),
              load(),
              masterKey,
              records,
              InstantSource.system());
      invite(fresh);
      begin(fresh);
      copyJobs.remember();
    } catch (StorageException | IOException | RuntimeException e) {
      failure = String.valueOf(e.getMessage());
      LOG.error("The server can't start: {}", failure, e);
    } catch (InterruptedException e) {
      LOG.debug("The server was stopped before it had a store");
    }
  }

  private Loaded load() throws StorageException, InterruptedException {
    Optional<Standby> before = standby;
    if (before.isEmpty()) {
      return Loaded.read(store, masterKey);
    }
    before.get().await(store, masterKey);
    offerOperations();
    Loaded loaded = before.get().takeTurn(store, masterKey);
    endStandby();
    return loaded;
  }

  private synchronized void endStandby() {
    standby.ifPresent(Standby::close);
    standby = Optional.empty();
  }

  private void invite(ChatServer fresh) throws StorageException {
    try {
      invitation.offer(fresh.context().directory().accounts(), fresh.invitations());
    } catch (IOException e) {
      LOG.error("The owner's invitation can't be written: {}", e.getMessage());
    }
  }

  private synchronized void begin(ChatServer fresh) {
    if (ended) {
      fresh.close();
      return;
    }
    server = fresh;
    registration = bundles.registerService(ConnectionHandler.class, fresh, null);
  }

  /**
   * Puts a store with other data in the place of the current one. What a server keeps in memory
   * would be wrong then, and so would be what it knows of its clients: they are sent away for a
   * moment, and it begins anew.
   */
  private void replaceStore(ActiveStore.StoreCandidate other, UUID id)
      throws StorageException, IOException, InterruptedException {
    stopStarting();
    ChatServer current = end();
    if (current != null) {
      current.leaving(AWAY);
      current.close();
    }
    try {
      exchange.replace(other, id);
    } finally {
      startSoon();
    }
  }

  /** Where the store is missing, a server still waits for it. */
  private void stopStarting() throws InterruptedException {
    Thread running;
    synchronized (this) {
      running = starter;
    }
    if (running != null) {
      running.interrupt();
      running.join(LAST_STEP_MILLIS);
    }
  }

  private synchronized void offerOperations() {
    if (ended) {
      return;
    }
    Supplier<List<String>> health = () -> health().lines();
    OpenListeners listeners = new OpenListeners(bundles);
    operations.addAll(
        List.of(
            bundles.registerService(
                ServerOperations.class,
                new LiveServerOperations(this::working, listeners::main, records, invitation),
                null),
            bundles.registerService(
                AccountOperations.class,
                new LiveAccountOperations(this::working, listeners::main, records),
                null),
            bundles.registerService(
                StoreOperations.class, new LiveStoreOperations(store, exchange, copyJobs), null),
            bundles.registerService(
                ImportOperations.class, new LiveImportOperations(this::working, records), null),
            bundles.registerService(
                Supplier.class,
                health,
                new Hashtable<>(Map.of(Health.SERVICE, Health.OF_SERVER)))));
    feed = bundles.registerService(CommitFeed.class, store, null);
  }

  /** Takes the server away from its connections; null if there is none. */
  private synchronized @Nullable ChatServer end() {
    ChatServer current = server;
    server = null;
    if (registration != null) {
      registration.unregister();
      registration = null;
    }
    return current;
  }

  @Reference(
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void addStore(ChatStore offered, Map<String, Object> properties) {
    store.offer(
        new ActiveStore.StoreCandidate(
            offered,
            String.valueOf(properties.get("chat.storage.name")),
            String.valueOf(properties.get("chat.storage.engine")),
            (Long) Objects.requireNonNull(properties.get(Constants.SERVICE_BUNDLEID))));
  }

  void removeStore(ChatStore withdrawn) {
    store.withdraw(withdrawn);
  }

  @Reference(
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void addFormat(WireFormat format) {
    formats.add(format);
    ChatServer current = server;
    if (current != null) {
      current.formatArrived();
    }
  }

  void removeFormat(WireFormat format) {
    formats.remove(format);
  }

  @Reference(
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void addAdapter(ProtocolAdapter adapter) {
    formats.add(adapter);
    ChatServer current = server;
    if (current != null) {
      current.formatArrived();
    }
  }

  void removeAdapter(ProtocolAdapter adapter) {
    formats.remove(adapter);
  }

  @Deactivate
  void deactivate() {
    ChatServer current;
    synchronized (this) {
      ended = true;
      operations.forEach(ServiceRegistration::unregister);
      current = end();
      if (starter != null) {
        starter.interrupt();
      }
    }
    copyJobs.close();
    if (current != null) {
      current.close();
    }
    store.close();
    hooks.close();
    endStandby();
    yieldTurn();
  }

  /** A build that stands by begins. */
  private synchronized void yieldTurn() {
    if (feed != null) {
      feed.unregister();
    }
  }

  private Health health() {
    String waiting = store.waitingFor();
    if (server != null && waiting.isEmpty()) {
      return new Health.Ready();
    }
    String why = failure.isEmpty() ? store.hopeless() : failure;
    return why.isEmpty() ? new Health.Waiting(waiting) : new Health.Failed(why);
  }

  private ChatServer working() throws OperationException {
    ChatServer current = server;
    if (current == null) {
      String why = failure.isEmpty() ? store.waitingFor() : failure;
      throw new OperationException(Reason.NOT_READY, "the server is not ready: " + why);
    }
    return current;
  }
}
