// SPDX-License-Identifier: Apache-2.0
package chat.admin;

import chat.admin.audit.Audit;
import chat.admin.command.AdminSocket;
import chat.admin.command.Command;
import chat.admin.command.CommandRegistry;
import chat.admin.command.ConsoleCommand;
import chat.admin.release.ReleaseCheck;
import chat.operations.AccountOperations;
import chat.operations.AuditLog;
import chat.operations.Health;
import chat.operations.ImportOperations;
import chat.operations.OperationException;
import chat.operations.OperationException.Reason;
import chat.operations.ServerOperations;
import chat.operations.StoreOperations;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.metatype.MetaTypeService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the operator's commands together with a server that comes and goes. */
@Component(
    service = {},
    immediate = true)
public final class Administration implements Operations {
  private static final Logger LOG = LoggerFactory.getLogger(Administration.class);
  private static final String SERVER_HEALTH = "(chat.health=server)";

  private final AdminSocket socket;
  private final List<ServiceRegistration<?>> services;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable ServerOperations server;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable AccountOperations accounts;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable StoreOperations stores;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable ImportOperations imports;

  @Reference(
      target = SERVER_HEALTH,
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable Supplier<List<String>> serverHealth;

  @Activate
  public Administration(
      BundleContext bundles,
      @Reference ServiceComponentRuntime components,
      @Reference ConfigurationAdmin configurations,
      @Reference MetaTypeService types)
      throws IOException {
    logStartNotes();
    Audit audit = new Audit(folder(bundles, "chat.data", "data").resolve("log/audit.log"));
    ProgramHealth health =
        new ProgramHealth(
            bundles,
            components,
            new ConfigCheck(bundles, configurations, types),
            this,
            new Extensions(bundles, folder(bundles, "chat.data", "data").resolve("extensions")));
    Exclusion exclusion = new Exclusion();
    StoreConfigs stores = new StoreConfigs(components, folder(bundles, "chat.data", "data"));
    StoreRemoval removal = new StoreRemoval(stores, this, audit);
    Restore restore = new Restore(folder(bundles, "chat.conf", "conf"), this, stores, removal);
    CommandRegistry commands =
        new CommandRegistry(
            Stream.of(
                    new StatusCommands(this, health, audit).all(),
                    new ServerCommands(this).all(),
                    new AccountCommands(this).all(),
                    new StoreCommands(this, restore, removal, exclusion).all(),
                    parts(bundles, health, audit, exclusion),
                    new ImportCommands(this).all(),
                    new AuditCommand(audit, InstantSource.system()).all())
                .flatMap(List::stream)
                .toList());
    this.socket = new AdminSocket(folder(bundles, "chat.run", "run"), commands);
    Supplier<List<String>> ofProgram = health::published;
    this.services =
        List.of(
            bundles.registerService(AuditLog.class, audit, null),
            bundles.registerService(
                Supplier.class,
                ofProgram,
                new Hashtable<>(Map.of(Health.SERVICE, Health.OF_PROGRAM))),
            bundles.registerService(
                ConsoleCommand.class, new ConsoleCommand(commands), ConsoleCommand.properties()));
  }

  private List<Command> parts(
      BundleContext bundles, ProgramHealth health, Audit audit, Exclusion exclusion) {
    ReleaseCheck check = releaseCheck(bundles);
    PartExchange exchange = new PartExchange(bundles, this, health);
    Swap swap = new Swap(bundles, health, exchange, check, audit);
    Upgrade upgrade = new Upgrade(bundles, health, exchange, check, audit);
    return Stream.concat(
            new PartCommands(bundles, health, audit, swap, upgrade, exclusion).all().stream(),
            new ExtensionCommands(health.extensions(), health, check, swap, audit, exclusion)
                .all().stream())
        .toList();
  }

  /** What the launcher corrected; it hands this over once. */
  private static void logStartNotes() {
    String notes = System.clearProperty("chat.start.notes");
    if (notes != null) {
      notes.lines().forEach(LOG::warn);
    }
  }

  private static ReleaseCheck releaseCheck(BundleContext bundles) {
    return new ReleaseCheck(
        folder(bundles, "chat.conf", "conf").resolve("release.pub"),
        folder(bundles, "chat.home", ".").resolve("previous"));
  }

  private static Path folder(BundleContext bundles, String property, String otherwise) {
    String folder = bundles.getProperty(property);
    return Path.of(folder == null ? otherwise : folder);
  }

  @Deactivate
  void deactivate() throws IOException {
    services.forEach(ServiceRegistration::unregister);
    socket.close();
  }

  @Override
  public ServerOperations server() throws OperationException {
    return there(server);
  }

  @Override
  public AccountOperations accounts() throws OperationException {
    return there(accounts);
  }

  @Override
  public StoreOperations stores() throws OperationException {
    return there(stores);
  }

  @Override
  public ImportOperations imports() throws OperationException {
    return there(imports);
  }

  private static <T> T there(@Nullable T service) throws OperationException {
    if (service == null) {
      throw new OperationException(Reason.NOT_READY, "the server is not there; try again");
    }
    return service;
  }

  @Override
  public Health serverHealth() {
    Supplier<List<String>> there = serverHealth;
    return there == null ? new Health.Waiting("the server") : Health.of(there.get());
  }
}
