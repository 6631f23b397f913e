// SPDX-License-Identifier: Apache-2.0
package chat.desktop.plugin;

import chat.desktop.api.Command;
import chat.desktop.api.ComposeAction;
import chat.desktop.api.EventListener;
import chat.desktop.api.MessageRenderer;
import chat.desktop.api.Notifier;
import chat.desktop.api.PreferencePage;
import chat.desktop.api.SlashCommand;
import chat.desktop.api.View;
import chat.desktop.api.Workbench;
import chat.protocol.Content;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.felix.framework.FrameworkFactory;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.launch.Framework;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;

/**
 * The framework in which plug-ins run: Felix with SCR. What they may import comes from the class
 * path of the client. Belongs to the thread of {@link PluginHost}.
 */
final class OsgiPlugins implements AutoCloseable {
  private static final long STOP_MILLIS = 2_000;
  private static final List<Class<?>> TYPES =
      List.of(
          Command.class,
          ComposeAction.class,
          EventListener.class,
          MessageRenderer.class,
          Notifier.class,
          PreferencePage.class,
          SlashCommand.class,
          View.class);
  private static final String PACKAGES =
      String.join(
          ",",
          versioned(Workbench.class),
          versioned(Content.class),
          "chat.client",
          packages(
              "org.eclipse.swt",
              "",
              ".accessibility",
              ".browser",
              ".custom",
              ".dnd",
              ".events",
              ".graphics",
              ".layout",
              ".printing",
              ".program",
              ".widgets"),
          packages(
              "org.eclipse.jface",
              ".action",
              ".bindings.keys",
              ".dialogs",
              ".fieldassist",
              ".layout",
              ".operation",
              ".preference",
              ".resource",
              ".util",
              ".viewers",
              ".window",
              ".wizard"),
          packages("org.eclipse.core.commands", "", ".common"),
          "org.osgi.service.component;version=1.5.1",
          "org.osgi.service.component.runtime;version=1.5.0",
          "org.osgi.service.component.runtime.dto;version=1.5.0",
          "org.osgi.util.promise;version=1.3.0",
          "org.osgi.util.function;version=1.2.0");

  private final Framework framework;
  private final Map<String, Bundle> bundles = new HashMap<>();
  private final ServiceTracker<Object, List<Contribution<?>>> tracker;

  /** Hears what comes and goes, in the thread of the host. */
  interface Listener {
    void came(String plugin, List<Contribution<?>> brought);

    void went(String plugin, List<Contribution<?>> gone);

    PluginWorkbench workbench(String plugin);

    void failed(String plugin, Trouble trouble);
  }

  OsgiPlugins(Path cache, Listener listener) throws BundleException, IOException {
    framework = new FrameworkFactory().newFramework(properties(cache));
    framework.init();
    BundleContext context = framework.getBundleContext();
    context.registerService(Workbench.class, new Workbenches(listener), new Hashtable<>());
    tracker = new ServiceTracker<>(context, filter(context), new Contributions(context, listener));
    framework.start();
    install("org/apache/felix/scr/impl/Activator.class").start();
    tracker.open();
  }

  private static Map<String, String> properties(Path cache) {
    Map<String, String> properties = new HashMap<>();
    properties.put(Constants.FRAMEWORK_STORAGE, cache.toString());
    properties.put(
        Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
    properties.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, PACKAGES);
    properties.put("felix.service.urlhandlers", "false");
    properties.put("felix.log.level", "0");
    properties.put("ds.loglevel", "0");
    properties.put("ds.global.extender", "false");
    return properties;
  }

  private static String packages(String base, String... names) {
    return List.of(names).stream().map(name -> base + name).collect(Collectors.joining(","));
  }

  /** The package of a contract with its version, as the manifest of its jar has them. */
  private static String versioned(Class<?> type) {
    String name = type.getPackageName();
    String inside = type.getName().replace('.', '/') + ".class";
    URL found = Objects.requireNonNull(type.getClassLoader().getResource(inside), inside);
    String base = found.toString().substring(0, found.toString().length() - inside.length());
    try (InputStream in = URI.create(base + JarFile.MANIFEST_NAME).toURL().openStream()) {
      String exports =
          String.valueOf(new Manifest(in).getMainAttributes().getValue(Constants.EXPORT_PACKAGE));
      Matcher version =
          Pattern.compile(Pattern.quote(name) + ";(?:[^,]*;)?version=\"([0-9.]+)\"")
              .matcher(exports);
      if (version.find()) {
        return name + ";version=" + version.group(1);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new IllegalStateException(base + " exports no version of " + name);
  }

  /** Installs the jar of the class path that has this class. */
  private Bundle install(String resource) throws BundleException, IOException {
    URL found =
        Objects.requireNonNull(OsgiPlugins.class.getClassLoader().getResource(resource), resource);
    URL jar = ((JarURLConnection) found.openConnection()).getJarFileURL();
    return framework.getBundleContext().installBundle("reference:" + jar);
  }

  private static org.osgi.framework.Filter filter(BundleContext context) {
    try {
      return context.createFilter(
          TYPES.stream()
              .map(type -> "(objectClass=" + type.getName() + ")")
              .collect(Collectors.joining("", "(|", ")")));
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException("the filter is made of constants", e);
    }
  }

  /** Starts a plug-in; what it brings comes through the listener. */
  void start(PluginFile plugin) throws PluginException {
    Bundle bundle;
    try (InputStream in = Files.newInputStream(plugin.file())) {
      bundle = framework.getBundleContext().installBundle("plugin:" + plugin.id(), in);
    } catch (BundleException e) {
      throw new PluginException(kind(e), message(e));
    } catch (IOException e) {
      throw new PluginException(Trouble.Kind.UNREADABLE, String.valueOf(e.getMessage()));
    }
    bundles.put(plugin.id(), bundle);
    try {
      bundle.start();
    } catch (BundleException e) {
      throw new PluginException(kind(e), message(e));
    }
    String missing = unsatisfied(bundle);
    if (!missing.isEmpty()) {
      throw new PluginException(Trouble.Kind.UNRESOLVED, missing);
    }
  }

  private static Trouble.Kind kind(BundleException e) {
    return switch (e.getType()) {
      case BundleException.RESOLVE_ERROR, BundleException.NATIVECODE_ERROR ->
          Trouble.Kind.UNRESOLVED;
      case BundleException.DUPLICATE_BUNDLE_ERROR -> Trouble.Kind.DUPLICATE;
      case BundleException.ACTIVATOR_ERROR -> Trouble.Kind.THREW;
      default -> Trouble.Kind.NOT_A_PLUGIN;
    };
  }

  private static String message(BundleException e) {
    Throwable cause = e.getCause();
    return String.valueOf(cause == null ? e.getMessage() : cause.toString());
  }

  /** The components of a bundle that wait for something, and for what. */
  private String unsatisfied(Bundle bundle) {
    return components(bundle).stream()
        .filter(each -> each.state == ComponentConfigurationDTO.UNSATISFIED_REFERENCE)
        .map(each ->
            each.description.name
                + ": "
                + List.of(each.unsatisfiedReferences).stream()
                    .map(reference -> reference.name)
                    .collect(Collectors.joining(", ")))
        .collect(Collectors.joining("; "));
  }

  private List<ComponentConfigurationDTO> components(Bundle bundle) {
    BundleContext context = framework.getBundleContext();
    ServiceReference<ServiceComponentRuntime> reference =
        context.getServiceReference(ServiceComponentRuntime.class);
    if (reference == null) {
      return List.of();
    }
    ServiceComponentRuntime runtime = context.getService(reference);
    try {
      return runtime.getComponentDescriptionDTOs(bundle).stream()
          .flatMap(each -> runtime.getComponentConfigurationDTOs(each).stream())
          .toList();
    } finally {
      context.ungetService(reference);
    }
  }

  /** Why a component of a bundle did not get ready; its first line. */
  private String failure(Bundle bundle) {
    return components(bundle).stream()
        .map(each -> each.failure)
        .filter(Objects::nonNull)
        .flatMap(String::lines)
        .filter(line -> !line.isBlank())
        .findFirst()
        .orElse("a component can't be activated");
  }

  /** Stops a plug-in and forgets it; nothing happens if it does not run. */
  void stop(String plugin) {
    Bundle bundle = bundles.remove(plugin);
    if (bundle == null) {
      return;
    }
    try {
      bundle.uninstall();
    } catch (BundleException e) {
      System.getLogger(OsgiPlugins.class.getName())
          .log(System.Logger.Level.WARNING, "Plug-in " + plugin + " did not stop well", e);
    }
  }

  /** The class loader of a plug-in that runs; for tests of what stays. */
  @Nullable ClassLoader loader(String plugin) {
    Bundle bundle = bundles.get(plugin);
    return bundle == null
        ? null
        : bundle.adapt(org.osgi.framework.wiring.BundleWiring.class).getClassLoader();
  }

  @Override
  public void close() throws BundleException, InterruptedException {
    framework.stop();
    var unused = framework.waitForStop(STOP_MILLIS);
  }

  /** Gives each plug-in a workbench of its own. */
  private record Workbenches(Listener listener) implements ServiceFactory<Workbench> {
    @Override
    public Workbench getService(Bundle bundle, ServiceRegistration<Workbench> registration) {
      return listener.workbench(bundle.getSymbolicName());
    }

    @Override
    public void ungetService(
        Bundle bundle, ServiceRegistration<Workbench> registration, Workbench service) {
      if (service instanceof PluginWorkbench workbench) {
        workbench.close();
      }
    }
  }

  /** Turns services into contributions. */
  private final class Contributions
      implements ServiceTrackerCustomizer<Object, List<Contribution<?>>> {
    private final BundleContext context;
    private final Listener listener;

    Contributions(BundleContext context, Listener listener) {
      this.context = context;
      this.listener = listener;
    }

    @Override
    public @Nullable List<Contribution<?>> addingService(ServiceReference<Object> reference) {
      Bundle bundle = reference.getBundle();
      String plugin = bundle.getSymbolicName();
      Object service = context.getService(reference);
      if (service == null) {
        listener.failed(plugin, new Trouble(Trouble.Kind.THREW, failure(bundle)));
        return null;
      }
      List<Contribution<?>> brought = new ArrayList<>();
      for (String name : (String[]) reference.getProperty(Constants.OBJECTCLASS)) {
        TYPES.stream()
            .filter(type -> type.getName().equals(name) && type.isInstance(service))
            .forEach(type -> brought.add(contribution(plugin, type, service)));
      }
      listener.came(plugin, brought);
      return brought;
    }

    private static <T> Contribution<T> contribution(String plugin, Class<T> type, Object service) {
      return new Contribution<>(plugin, type, type.cast(service));
    }

    @Override
    public void modifiedService(ServiceReference<Object> reference, List<Contribution<?>> brought) {
      // Its properties mean nothing here.
    }

    @Override
    public void removedService(ServiceReference<Object> reference, List<Contribution<?>> brought) {
      listener.went(brought.getFirst().plugin(), brought);
      context.ungetService(reference);
    }
  }
}
