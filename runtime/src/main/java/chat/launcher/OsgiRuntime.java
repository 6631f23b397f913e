// SPDX-License-Identifier: Apache-2.0
package chat.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;

/** The framework with everything that stands in {@code system/}. */
final class OsgiRuntime {
  private static final int LISTENERS_LEVEL = 14;
  private static final int LAST_LEVEL = 16;

  /** Behind the server, before anybody can connect: no text goes past a hook. */
  private static final int EXTENSIONS_LEVEL = 13;

  private static final long STEP_MILLIS = 25;

  /**
   * All bundles log through the launcher's SLF4J: a bundle of Logback would be found by weaving
   * only, which costs a sixth of a start. The second version is the one that SQLite and HikariCP
   * ask for; SLF4J's own manifest promises both.
   */
  private static final String LOGGING =
      Stream.of("", ".event", ".helpers", ".spi")
          .map(name -> "org.slf4j" + name + ";version=2.0")
          .collect(Collectors.joining(",", "", ",org.slf4j;version=1.7.36"));

  private final Framework framework;

  private OsgiRuntime(Framework framework) {
    this.framework = framework;
  }

  static OsgiRuntime start(Options options, SecretKey masterKey) throws StartException {
    Framework framework = new FrameworkFactory().newFramework(properties(options));
    try {
      framework.init();
      BundleContext context = framework.getBundleContext();
      context.registerService(
          SecretKey.class, masterKey, new Hashtable<>(Map.of("chat.key", "master")));
      context.registerService(
          ConcurrentMap.class,
          new ConcurrentHashMap<String, Object>(),
          new Hashtable<>(Map.of("chat.parking", "sockets")));
      List<Bundle> bundles = install(context, options);
      List<Bundle> extensions = options.maintenance() ? List.of() : extensions(context, options);
      framework.start();
      for (Bundle bundle : bundles) {
        bundle.start();
      }
      for (Bundle extension : extensions) {
        extension.start();
      }
      framework.adapt(FrameworkStartLevel.class).setStartLevel(LAST_LEVEL);
      return new OsgiRuntime(framework);
    } catch (BundleException | IOException e) {
      throw new StartException("the bundles can't be started: " + e.getMessage(), e);
    }
  }

  private static Map<String, String> properties(Options options) {
    Path data = options.data();
    Map<String, String> properties = new HashMap<>();
    properties.put(Constants.FRAMEWORK_STORAGE, data.resolve("cache").toString());
    properties.put(
        Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
    properties.put(Constants.FRAMEWORK_BEGINNING_STARTLEVEL, "1");
    properties.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, LOGGING);
    properties.put("felix.service.urlhandlers", "false");
    properties.put("gosh.args", "--nointeractive --noshutdown");
    properties.put("felix.fileinstall.dir", options.config().toString());
    properties.put("felix.fileinstall.filter", ".*\\.config");
    properties.put("felix.fileinstall.poll", "1000");
    properties.put("felix.fileinstall.noInitialDelay", "true");
    properties.put("felix.fileinstall.enableConfigSave", "false");
    properties.put("felix.fileinstall.tmpdir", data.resolve("tmp").toString());
    properties.put("felix.fileinstall.log.level", "1");
    properties.put("felix.fileinstall.log.default", "jul");
    properties.put(Constants.FRAMEWORK_BSNVERSION, Constants.FRAMEWORK_BSNVERSION_MULTIPLE);
    properties.put("chat.conf", options.config().toString());
    properties.put("chat.home", options.home().toString());
    properties.put("chat.data", data.toString());
    properties.put("chat.run", data.resolve("run").toString());
    options.port().ifPresent(port -> properties.put("chat.port", port.toString()));
    return properties;
  }

  /** Finishes an upgrade that was interrupted between its two renames. */
  private static Path system(Path home) throws IOException {
    Path system = home.resolve("system");
    Path next = home.resolve("system.next");
    if (Files.notExists(system) && Files.isDirectory(next)) {
      Files.move(next, system, StandardCopyOption.ATOMIC_MOVE);
    }
    return system;
  }

  private static List<Bundle> install(BundleContext context, Options options)
      throws BundleException, IOException {
    List<Bundle> bundles = new ArrayList<>();
    try (Stream<Path> levels = Files.list(system(options.home())).sorted()) {
      for (Path level : levels.toList()) {
        int number = Integer.parseInt(level.getFileName().toString());
        if (options.maintenance() && number == LISTENERS_LEVEL) {
          continue;
        }
        try (Stream<Path> jars = Files.list(level).filter(OsgiRuntime::isJar).sorted()) {
          for (Path jar : jars.toList()) {
            try (var in = Files.newInputStream(jar)) {
              Bundle bundle = context.installBundle("file:" + jar, in);
              bundle.adapt(BundleStartLevel.class).setStartLevel(number);
              bundles.add(bundle);
            }
          }
        }
      }
    }
    return bundles;
  }

  /**
   * What the operator has added; what can't be used is left out, and nobody is kept from chatting.
   */
  private static List<Bundle> extensions(BundleContext context, Options options)
      throws IOException {
    Path folder = options.data().resolve("extensions");
    List<Bundle> bundles = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> jars = Files.list(folder).filter(OsgiRuntime::isJar).sorted()) {
        for (Path jar : jars.toList()) {
          try (var in = Files.newInputStream(jar)) {
            Bundle bundle = context.installBundle("file:" + jar, in);
            bundle.adapt(BundleStartLevel.class).setStartLevel(EXTENSIONS_LEVEL);
            bundles.add(bundle);
          } catch (BundleException e) {
            Main.note("the extension " + jar + " can't be used: " + e.getMessage());
          }
        }
      }
    }
    return bundles;
  }

  private static boolean isJar(Path path) {
    String name = path.getFileName().toString();
    return name.endsWith(".jar") && !name.startsWith(".");
  }

  /**
   * Waits until all parts are at work.
   *
   * @return the lines that chat.admin says about it: the listeners
   */
  List<String> awaitReady(long withinMillis) throws StartException, InterruptedException {
    long deadline = System.nanoTime() + withinMillis * 1_000_000;
    String why = "";
    while (System.nanoTime() < deadline) {
      List<String> health = health();
      List<String> details = health.subList(1, health.size());
      switch (health.getFirst()) {
        case "ready" -> {
          return details;
        }
        case "failed" -> throw new StartException(String.join("\n        ", details));
        default -> why = String.join(" ", details);
      }
      Thread.sleep(STEP_MILLIS);
    }
    throw new StartException("not ready in " + withinMillis / 1000 + " s, still waiting: " + why);
  }

  /**
   * What chat.admin publishes as {@code chat.operations.Health} says. The classes of bundles are
   * not seen from here, so it is one of the JDK.
   */
  private List<String> health() {
    BundleContext context = framework.getBundleContext();
    if (context == null) {
      return List.of("failed", "the framework has stopped");
    }
    try {
      for (ServiceReference<?> each :
          context.getServiceReferences(Supplier.class, "(chat.health=program)")) {
        if (context.getService(each) instanceof Supplier<?> health
            && health.get() instanceof List<?> lines) {
          return lines.stream().map(String::valueOf).toList();
        }
      }
      return List.of("waiting", "chat.admin");
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException("the filter is a constant", e);
    }
  }

  /** Stops everything; false if it does not end in this time. */
  boolean stop(long withinMillis) {
    try {
      framework.stop();
      return framework.waitForStop(withinMillis).getType() != FrameworkEvent.WAIT_TIMEDOUT;
    } catch (BundleException e) {
      System.err.println("chatroom: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  void awaitStop() throws InterruptedException {
    framework.waitForStop(0);
  }
}
