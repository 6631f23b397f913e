// SPDX-License-Identifier: Apache-2.0
package chat.admin;

import chat.operations.Health;
import chat.operations.OperationException;
import chat.operations.OperationException.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.Version;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;

/** Whether all parts are at work, and if not, which one is not and why. */
record ProgramHealth(
    BundleContext bundles,
    ServiceComponentRuntime components,
    ConfigCheck configs,
    Operations operations,
    Extensions extensions) {
  private static final Duration PROBE = Duration.ofSeconds(10);

  /** Within this everything that is stored has been read. */
  private static final Duration STANDBY = Duration.ofMinutes(10);

  private static final long PROBE_STEP_MILLIS = 5;
  private static final String STORE = "chat.storage.ChatStore";
  private static final String LISTENER = "chat.connection.Listener";

  /**
   * A listener that is open.
   *
   * @param warning what is wrong with it; empty if nothing is
   * @param delayMillis the longest that its threads came late in the last ten seconds
   * @param refused connections since it began to listen
   */
  record Listening(
      String name,
      String address,
      String fingerprint,
      String warning,
      long delayMillis,
      long refused) {}

  List<Listening> listeners() {
    try {
      ServiceReference<?>[] found = bundles.getAllServiceReferences(LISTENER, null);
      List<Listening> listeners = new ArrayList<>();
      for (ServiceReference<?> each : found == null ? new ServiceReference<?>[0] : found) {
        listeners.add(
            new Listening(
                property(each, "chat.listener.name"),
                property(each, "chat.listener.address"),
                property(each, "chat.listener.fingerprint"),
                property(each, "chat.listener.warning"),
                number(each, "chat.listener.delayMillis"),
                number(each, "chat.listener.refused")));
      }
      // The one that people connect to comes first.
      listeners.sort(
          Comparator.comparing((Listening each) -> !each.name().equals("native"))
              .thenComparing(Listening::name));
      return listeners;
    } catch (InvalidSyntaxException e) {
      throw new AssertionError("there is no filter", e);
    }
  }

  /** Whether every listener that is configured is open, one at least. */
  boolean everybodyListens() {
    return !listeners().isEmpty()
        && components.getComponentDescriptionDTOs().stream()
            .filter(each -> each.bundle.symbolicName.startsWith("chat.connection."))
            .flatMap(each -> components.getComponentConfigurationDTOs(each).stream())
            .filter(each -> each.state != ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION)
            .allMatch(each -> each.state == ComponentConfigurationDTO.ACTIVE);
  }

  /** What is wrong with a store that works all the same. */
  List<String> storeWarnings() {
    return properties(STORE, "chat.storage.warning");
  }

  /** Why stores that are configured are not open yet; they are tried again and again. */
  private List<String> waitingStores() {
    return properties(Supplier.class.getName(), "chat.storage.waiting");
  }

  /** The values of a property of all services of a type, as far as they have it. */
  private List<String> properties(String type, String key) {
    try {
      ServiceReference<?>[] found = bundles.getAllServiceReferences(type, null);
      return Arrays.stream(found == null ? new ServiceReference<?>[0] : found)
          .map(each -> property(each, key))
          .filter(value -> !value.isEmpty())
          .distinct()
          .toList();
    } catch (InvalidSyntaxException e) {
      throw new AssertionError("there is no filter", e);
    }
  }

  private static long number(ServiceReference<?> reference, String key) {
    return reference.getProperty(key) instanceof Long value ? value : 0;
  }

  private static String property(ServiceReference<?> reference, String key) {
    Object value = reference.getProperty(key);
    return value == null ? "" : value.toString();
  }

  /** Whether everything is at work. */
  Health ofProgram() {
    List<String> problems = problems();
    if (!problems.isEmpty()) {
      return new Health.Failed(String.join("\n", problems));
    }
    Health server = operations.serverHealth();
    return switch (server) {
      case Health.Ready() when !everybodyListens() -> new Health.Waiting("a listener");
      // None of the stores that are there is the one, but another one is on its way.
      case Health.Failed(String why) when isOpeningStores() -> new Health.Waiting(why);
      default -> server;
    };
  }

  /** Whether a store that is configured is not offered yet: its database does not answer. */
  private boolean isOpeningStores() {
    return components.getComponentDescriptionDTOs().stream()
        .filter(each -> each.bundle.symbolicName.startsWith("chat.storage."))
        .anyMatch(each ->
            components.getComponentConfigurationDTOs(each).stream()
                    .filter(one -> one.state == ComponentConfigurationDTO.ACTIVE)
                    .count()
                > offeredBy(each.bundle.id));
  }

  private long offeredBy(long bundle) {
    Bundle provider = bundles.getBundle(bundle);
    ServiceReference<?>[] services = provider == null ? null : provider.getRegisteredServices();
    return services == null
        ? 0
        : Arrays.stream(services)
            .filter(each ->
                Arrays.asList((Object[]) each.getProperty(Constants.OBJECTCLASS)).contains(STORE))
            .count();
  }

  /** The same for the launcher; behind {@code ready} a line for each listener. */
  List<String> published() {
    Health health = ofProgram();
    List<String> lines = new ArrayList<>(health.lines());
    if (health instanceof Health.Ready) {
      listeners()
          .forEach(each ->
              lines.add(
                  "listener %s %s %s".formatted(each.name(), each.address(), each.fingerprint())));
    }
    return lines;
  }

  /** Something that must become true for all to be well. */
  @FunctionalInterface
  interface Condition {
    boolean holds() throws OperationException;
  }

  /** Waits until all is well. */
  void await() throws OperationException {
    await(() -> true);
  }

  /**
   * Waits until all is well and something more holds.
   *
   * @throws OperationException at once if something is wrong, after 10 s if it just does not get
   *     well
   */
  void await(Condition more) throws OperationException {
    await(bundle -> true, more);
  }

  /** The same, after a bundle was stopped. */
  void awaitWithout(Bundle stopped, Condition more) throws OperationException {
    await(bundle -> !bundle.equals(stopped), more);
  }

  /**
   * Waits until a build of the server that stands by is ready for its turn, as long as it is on its
   * way.
   */
  void awaitStandby(Bundle standby) throws OperationException {
    long begun = System.nanoTime();
    while (true) {
      List<String> problems = problems();
      if (!problems.isEmpty()) {
        throw new OperationException(Reason.FAILED, String.join("; ", problems));
      }
      Optional<Health> health = healthOf(standby);
      switch (health.orElse(new Health.Waiting("it did not begin in time"))) {
        case Health.Ready() -> {
          return;
        }
        case Health.Failed(String why) -> throw new OperationException(Reason.FAILED, why);
        case Health.Waiting(String why) -> {
          Duration patience = health.isEmpty() ? PROBE : STANDBY;
          if (System.nanoTime() - begun > patience.toNanos()) {
            throw new OperationException(Reason.FAILED, why);
          }
          if (!(operations.serverHealth() instanceof Health.Ready)) {
            throw new OperationException(Reason.FAILED, "the one at work lost its store meanwhile");
          }
          pause();
        }
      }
    }
  }

  @SuppressWarnings("unchecked") // the property tells its type
  private Optional<Health> healthOf(Bundle standby) {
    ServiceReference<?>[] services = standby.getRegisteredServices();
    for (ServiceReference<?> each : services == null ? new ServiceReference<?>[0] : services) {
      if (Health.OF_STANDBY.equals(each.getProperty(Health.SERVICE))
          && bundles.getService(each) instanceof Supplier<?> lines) {
        Health health = Health.of((List<String>) lines.get());
        bundles.ungetService(each);
        return Optional.of(health);
      }
    }
    return Optional.empty();
  }

  private void await(Predicate<Bundle> counted, Condition more) throws OperationException {
    long deadline = System.nanoTime() + PROBE.toNanos();
    while (true) {
      List<String> problems = new ArrayList<>(problems(counted));
      problems.addAll(waitingStores());
      if (!problems.isEmpty()) {
        throw new OperationException(Reason.FAILED, String.join("; ", problems));
      }
      Health server = operations.serverHealth();
      if (server instanceof Health.Ready && more.holds()) {
        return;
      }
      if (System.nanoTime() > deadline) {
        throw new OperationException(Reason.FAILED, late(server));
      }
      pause();
    }
  }

  private static String late(Health server) {
    return switch (server) {
      case Health.Ready() -> "it did not become ready in time";
      case Health.Waiting(String why) -> "the server waits: " + why;
      case Health.Failed(String why) -> "the server failed: " + why;
    };
  }

  private static void pause() throws OperationException {
    try {
      Thread.sleep(PROBE_STEP_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OperationException(Reason.FAILED, "interrupted", e);
    }
  }

  /** A copy of the store must not lose its place. */
  void checkNothingIsCopied() throws OperationException {
    if (operations.isCopying()) {
      throw new OperationException(
          Reason.CONFLICT,
          "everything is being copied; wait for it (chatroom copying), or chatroom cancel");
    }
  }

  /** What is wrong, a line each; empty if all is well or still on its way. */
  List<String> problems() {
    return problems(bundle -> true);
  }

  private List<String> problems(Predicate<Bundle> counted) {
    List<String> problems = new ArrayList<>(configs.problems());
    for (Bundle bundle : ours()) {
      if (bundle.getState() != Bundle.ACTIVE
          && bundle.getState() != Bundle.STARTING
          && counted.test(bundle)) {
        problems.add(bundle.getSymbolicName() + " " + bundle.getVersion() + " is not active");
      }
    }
    problems.addAll(failures().of(bundle -> !extensions.has(bundle)));
    return problems;
  }

  /** What is wrong with extensions, without which the server is at work all the same. */
  List<String> extensionProblems() {
    List<String> problems = new ArrayList<>();
    for (Bundle bundle : extensions.all()) {
      if (bundle.getState() != Bundle.ACTIVE) {
        problems.add("the extension " + bundle.getSymbolicName() + " is not active");
      }
    }
    problems.addAll(failures().of(extensions::has));
    return problems;
  }

  ComponentFailures failures() {
    return new ComponentFailures(bundles, components);
  }

  /** The bundles of this project. */
  List<Bundle> ours() {
    List<Bundle> ours = new ArrayList<>();
    for (Bundle bundle : bundles.getBundles()) {
      if (bundle.getSymbolicName() != null
          && bundle.getSymbolicName().startsWith("chat.")
          && !extensions.has(bundle)) {
        ours.add(bundle);
      }
    }
    return ours;
  }

  /**
   * The part, or extension, of this symbolic name.
   *
   * @throws OperationException if there is none, or it is this one
   */
  Bundle part(String name) throws OperationException {
    List<Bundle> parts = new ArrayList<>(ours());
    parts.addAll(extensions.all());
    for (Bundle bundle : parts) {
      if (bundle.getSymbolicName().equals(name) && !bundle.equals(bundles.getBundle())) {
        return bundle;
      }
    }
    List<String> names = parts.stream().map(Bundle::getSymbolicName).toList();
    throw new OperationException(
        Reason.NOT_FOUND, name + " is not a part that can be exchanged; there are " + names);
  }

  /** The version of this program. */
  Version version() {
    return bundles.getBundle().getVersion();
  }
}
