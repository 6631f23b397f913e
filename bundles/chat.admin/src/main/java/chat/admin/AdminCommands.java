// SPDX-License-Identifier: Apache-2.0
package chat.admin;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.metatype.MetaTypeService;

/** The words about the program as a whole. */
@Component(
    service = AdminCommands.class,
    immediate = true,
    property = {
      "chat.admin=true",
      "osgi.command.scope=chatroom",
      "osgi.command.function=status",
      "osgi.command.function=ready",
      "osgi.command.function=wires",
      "osgi.command.function=swap",
      "osgi.command.function=upgrade",
      "osgi.command.function=restore",
      "osgi.command.function=part",
      "osgi.command.function=stop"
    })
public final class AdminCommands {
  private final BundleContext bundles;
  private final CommandRegistry words;
  private final Health health;
  private final Audit audit;
  private final Swap swap;
  private final Upgrade upgrade;
  private final ReentrantLock exchanging = new ReentrantLock();

  @Activate
  public AdminCommands(
      BundleContext bundles,
      @Reference ServiceComponentRuntime components,
      @Reference ConfigurationAdmin configurations,
      @Reference MetaTypeService types) {
    this.bundles = bundles;
    this.words = new CommandRegistry(bundles);
    this.health = new Health(bundles, components, new ConfigCheck(bundles, configurations, types));
    this.audit = new Audit(bundles);
    bundles.registerService(
        Consumer.class,
        (Consumer<String>) audit::record,
        new Hashtable<>(Map.of("chat.audit", "true")));
    this.swap = new Swap(bundles, words, health, audit);
    this.upgrade = new Upgrade(bundles, words, health, audit);
  }

  /**
   * {@code ready} and the listeners, or {@code waiting: ...} or {@code failed: ...}; lines of
   * {@code key value}.
   */
  public String ready(String... arguments) {
    List<String> problems = health.problems();
    if (!problems.isEmpty()) {
      return "failed: " + String.join("\n        ", problems);
    }
    String server;
    try {
      server = words.call(List.of("health"));
    } catch (CommandException e) {
      server = "waiting: the server";
    }
    if (!server.equals("ready")) {
      return server;
    }
    if (!health.everybodyListens()) {
      return "waiting: a listener";
    }
    return "ready\n" + listeners();
  }

  private String listeners() {
    return health.listeners().stream()
        .map(each ->
            "listener %s %s %s\n".formatted(each.name(), each.address(), each.fingerprint()))
        .collect(Collectors.joining());
  }

  /** How everything is doing, in lines of {@code key value}. */
  public String status(String... arguments) throws CommandException {
    StringBuilder text = new StringBuilder();
    text.append("version ").append(health.version()).append('\n');
    text.append("uptime ")
        .append(Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime()).toSeconds())
        .append(" s\n");
    text.append(words.call(List.of("serverStatus")).stripTrailing()).append('\n');
    text.append(listeners());
    health.listeners().stream()
        .filter(each -> !each.warning().isEmpty())
        .forEach(each ->
            text.append("warning listener %s: %s%n".formatted(each.name(), each.warning())));
    for (Bundle bundle : health.ours()) {
      text.append(
          "bundle %s %s %s since %s\n"
              .formatted(
                  bundle.getSymbolicName(),
                  bundle.getVersion(),
                  state(bundle),
                  Instant.ofEpochMilli(bundle.getLastModified())));
    }
    audit.last().ifPresent(last -> text.append("lastSwap ").append(last).append('\n'));
    health.problems().forEach(problem -> text.append("problem ").append(problem).append('\n'));
    return text.toString();
  }

  private static String state(Bundle bundle) {
    return switch (bundle.getState()) {
      case Bundle.ACTIVE -> "active";
      case Bundle.STARTING -> "starting";
      case Bundle.STOPPING -> "stopping";
      case Bundle.RESOLVED -> "resolved";
      case Bundle.INSTALLED -> "unresolved";
      default -> "gone";
    };
  }

  /** The bundles that a bundle is wired to now: an update of one of them restarts it. */
  public String wires(String... arguments) throws CommandException {
    if (arguments.length != 1) {
      throw new CommandException("usage: wires <symbolic name>");
    }
    for (Bundle bundle : bundles.getBundles()) {
      if (arguments[0].equals(bundle.getSymbolicName())) {
        return bundle.adapt(BundleWiring.class).getRequiredWires(null).stream()
            .map(wire -> wire.getProvider().getSymbolicName())
            .distinct()
            .sorted()
            .collect(Collectors.joining("\n"));
      }
    }
    throw new CommandException("there is no bundle " + arguments[0]);
  }

  /** {@code swap [--in-place] JAR}: exchanges a running bundle for the one in a jar file. */
  public String swap(String... arguments) throws CommandException {
    boolean inPlace = arguments.length > 0 && arguments[0].equals("--in-place");
    if (arguments.length != (inPlace ? 2 : 1)) {
      throw new CommandException("usage: swap [--in-place] JAR");
    }
    Path jar = Path.of(arguments[arguments.length - 1]);
    return exchanging("the swap", () -> swap.with(jar, inPlace));
  }

  /** {@code upgrade FOLDER}: exchanges all bundles for those of a release. */
  public String upgrade(String... arguments) throws CommandException {
    if (arguments.length != 1) {
      throw new CommandException("usage: upgrade FOLDER");
    }
    return exchanging("the upgrade", () -> upgrade.to(Path.of(arguments[0]).toAbsolutePath()));
  }

  /** {@code part start|stop NAME}: lets a part rest, or takes it up again. */
  public String part(String... arguments) throws CommandException {
    if (arguments.length != 2 || !(arguments[0].equals("start") || arguments[0].equals("stop"))) {
      throw new CommandException("usage: part start|stop NAME");
    }
    boolean start = arguments[0].equals("start");
    return exchanging(
        "the part",
        () -> {
          Bundle part = health.part(arguments[1]);
          try {
            if (start) {
              part.start();
            } else {
              health.nothingIsCopied(words);
              part.stop();
            }
          } catch (BundleException e) {
            throw new CommandException(arguments[1] + ": " + e.getMessage(), e);
          }
          return audit.done("part", arguments[1] + (start ? " started" : " stopped"));
        });
  }

  /** {@code restore FILE [STORE]}: begins to put a backup in the place of all there is. */
  public String restore(String... arguments) throws CommandException {
    if (arguments.length < 1 || arguments.length > 2) {
      throw new CommandException("usage: restore FILE [STORE]");
    }
    Restore restore = new Restore(bundles, words, health);
    return exchanging(
        "the restoration",
        () ->
            arguments.length == 2
                ? restore.into(arguments[0], arguments[1])
                : restore.from(arguments[0]));
  }

  @FunctionalInterface
  private interface Exchange {
    String run() throws CommandException, IOException;
  }

  /** One at a time. */
  private String exchanging(String what, Exchange exchange) throws CommandException {
    if (!exchanging.tryLock()) {
      throw new CommandException("another exchange is under way; try again when it is done");
    }
    try {
      return exchange.run();
    } catch (IOException e) {
      throw new CommandException(what + " failed: " + e.getMessage(), e);
    } finally {
      exchanging.unlock();
    }
  }

  /** Ends the server; what was acknowledged stays. */
  public String stop(String... arguments) {
    Thread.ofPlatform()
        .name("chat-stop")
        .start(() -> {
          try {
            bundles.getBundle(0).stop();
          } catch (BundleException e) {
            throw new IllegalStateException("the framework does not stop", e);
          }
        });
    return "stopping";
  }
}
