package chat.server;

import chat.connection.ConnectionHandler;
import chat.protocol.WireFormat;
import chat.storage.ChatStore;
import chat.storage.StorageException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
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
    service = OperatorWords.class,
    immediate = true,
    configurationPid = "chat.server",
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    property = {
      "osgi.command.scope=chatroom",
      "osgi.command.function=serverStatus",
      "osgi.command.function=users",
      "osgi.command.function=health"
    })
@Designate(ocd = ServerConfig.class)
public final class ServerComponent implements OperatorWords {
  private static final Logger LOG = LoggerFactory.getLogger(ServerComponent.class);

  private final BundleContext bundles;
  private final Formats formats = new Formats();
  private final ActiveStore store;
  private final Path invitation;
  private final Thread starter;

  private @Nullable ServiceRegistration<ConnectionHandler> registration;
  private volatile @Nullable ChatServer server;
  private volatile String failure = "";
  private boolean ended;

  @Activate
  public ServerComponent(
      BundleContext bundles,
      ServerConfig config,
      @Reference(target = "(chat.key=master)") SecretKey masterKey) {
    this.bundles = bundles;
    Path data = folder("chat.data", "data");
    this.invitation = folder("chat.run", "run").resolve("first-admin.txt");
    this.store = new ActiveStore(new ActiveFile(data.resolve("active")), config.store());
    this.starter =
        Thread.ofPlatform()
            .name("chat-server-start")
            .daemon()
            .start(() -> start(config, masterKey));
  }

  private Path folder(String property, String otherwise) {
    String folder = bundles.getProperty(property);
    return Path.of(folder == null ? otherwise : folder);
  }

  private void start(ServerConfig config, SecretKey masterKey) {
    try {
      ChatServer fresh =
          ChatServer.start(config, store, formats, masterKey, InstantSource.system());
      store.read(
          Duration.ofSeconds(10),
          (open, generation) -> {
            invite(fresh, open, generation);
            return true;
          });
      begin(fresh);
    } catch (StorageException | RuntimeException e) {
      failure = String.valueOf(e.getMessage());
      LOG.error("The server can't start: {}", failure, e);
    } catch (InterruptedException e) {
      LOG.debug("The server was stopped before it had a store");
    }
  }

  private void invite(ChatServer fresh, ChatStore open, long generation) throws StorageException {
    try {
      OwnerInvitation.offer(invitation, fresh.services().accounts(), open, generation);
    } catch (IOException e) {
      LOG.error("The owner's invitation can't be written to {}: {}", invitation, e.getMessage());
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

  @Reference(
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void addStore(ChatStore offered, Map<String, Object> properties) {
    store.offer(offered, String.valueOf(properties.get("chat.storage.engine")));
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

  @Deactivate
  void deactivate() {
    ChatServer current;
    synchronized (this) {
      ended = true;
      current = server;
      server = null;
      if (registration != null) {
        registration.unregister();
      }
    }
    starter.interrupt();
    if (current != null) {
      current.close();
    }
    store.close();
  }

  @Override
  public String serverStatus(String... arguments) {
    ChatServer current = server;
    return current == null ? health() : ServerStatus.of(current, store).text();
  }

  @Override
  public String users(String... arguments) {
    ChatServer current = server;
    return current == null ? health() : ServerStatus.users(current);
  }

  @Override
  public String health(String... arguments) {
    String waiting = store.waitingFor();
    if (server != null && waiting.isEmpty()) {
      return "ready";
    }
    return failure.isEmpty() ? "waiting: " + waiting : "failed: " + failure;
  }
}
