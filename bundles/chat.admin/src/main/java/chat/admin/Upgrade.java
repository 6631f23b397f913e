// SPDX-License-Identifier: Apache-2.0
package chat.admin;

import chat.admin.audit.Audit;
import chat.admin.command.Fields;
import chat.admin.release.JarContents;
import chat.admin.release.JarName;
import chat.admin.release.ReleaseCheck;
import chat.operations.OperationException;
import chat.operations.OperationException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exchanges all of our bundles for those of another release.
 *
 * <p>If its contracts are the same, but for their version, they stay until the next start, and the
 * other parts are exchanged one after the other, as {@link Swap} does. If not, everything is
 * exchanged with one refresh: who uses a contract is stopped from the top down (the server parks
 * its connections first), everything is updated, and started again from the bottom up.
 *
 * <p>The new {@code system/} is put together beside the old one and takes its place in two renames
 * when all is well; a start after a crash between them finishes that. The old one stays whole in
 * {@code previous/}, a release to go back to. Libraries are not exchanged: a release with other
 * ones needs a restart, and says so.
 *
 * <p>This bundle comes last, after the answer: it can't wait for its own end. Until then it keeps
 * the contract that it is wired to, which is exchanged for everybody else; see {@link #contracts}.
 */
final class Upgrade {
  private static final Logger LOG = LoggerFactory.getLogger(Upgrade.class);
  private static final long REFRESH_SECONDS = 30;
  private static final long LAST_WORDS_MILLIS = 300;

  private final BundleContext bundles;
  private final ProgramHealth health;
  private final PartExchange exchange;
  private final ReleaseCheck check;
  private final Audit audit;

  Upgrade(
      BundleContext bundles,
      ProgramHealth health,
      PartExchange exchange,
      ReleaseCheck check,
      Audit audit) {
    this.exchange = exchange;
    this.check = check;
    this.bundles = bundles;
    this.health = health;
    this.audit = audit;
  }

  /** A jar of the release that differs from what runs. */
  private record Part(Path jar, Bundle bundle) {
    /** Where it was taken from, and is still. */
    Path place() {
      return BundleLocations.file(bundle);
    }

    boolean isContract() throws OperationException {
      return JarName.of(jar).exports();
    }

    boolean isOtherContract() throws OperationException, IOException {
      return isContract() && !JarContents.of(jar).equals(JarContents.of(place()));
    }

    int level() {
      return bundle.adapt(BundleStartLevel.class).getStartLevel();
    }
  }

  /** Exchanges everything that differs in a release, which is unpacked in a folder. */
  Map<String, Object> to(Path release) throws OperationException, IOException {
    Path from = Files.isDirectory(release.resolve("system")) ? release.resolve("system") : release;
    Map<String, Path> offered = SystemFolder.jars(from);
    if (!offered.containsKey("chat.server")) {
      throw new OperationException(
          Reason.INVALID_ARGUMENT,
          release + " holds no release: there is no system/12/chat.server.jar");
    }
    health.checkNothingIsCopied();
    Path system = home().resolve("system");
    List<Part> parts = different(offered);
    List<String> libraries = SystemFolder.otherLibraries(from, system);
    if (parts.isEmpty()) {
      return Fields.of("release", release).with("parts", 0).with("restartFor", libraries).map();
    }
    Path next =
        SystemFolder.compose(
            system, parts.stream().collect(Collectors.toMap(Part::place, Part::jar)));
    Map<String, String> digests = checked(parts, system, next);
    Instant start = Instant.now();
    List<Part> now =
        parts.stream().filter(part -> !part.bundle().equals(bundles.getBundle())).toList();
    try {
      exchangeRunning(now, part -> composed(part, system, next));
    } catch (BundleException | OperationException | IOException | RuntimeException e) {
      throw refused(release, next, e);
    }
    Duration took = Duration.between(start, Instant.now());
    Path previous = SystemFolder.exchange(home(), system, next);
    if (concernsThisOne(parts)) {
      Path jar = BundleLocations.file(bundles.getBundle());
      exchangeThisOne(jar, previous.resolve("system").resolve(system.relativize(jar)));
    }
    for (Map.Entry<String, String> part : digests.entrySet()) {
      audit.write("upgrade part", part.getKey() + " sha256 " + part.getValue());
    }
    LOG.info("The digests of the new parts: {}", digests);
    audit.done(
        "upgrade",
        "%s: %d parts in %d ms, back with: upgrade %s"
            .formatted(release, parts.size(), took.toMillis(), previous));
    return Fields.of("release", release)
        .with("parts", parts.size())
        .with("millis", took.toMillis())
        .with("previous", previous)
        .with("restartFor", libraries)
        .map();
  }

  /** Checks what will run, which is the copy: the release may be changed by others meanwhile. */
  private Map<String, String> checked(List<Part> parts, Path system, Path next)
      throws OperationException, IOException {
    Map<String, String> digests = new TreeMap<>();
    try {
      for (Part part : parts) {
        digests.put(
            part.bundle().getSymbolicName(), check.check(part.jar(), composed(part, system, next)));
      }
      return digests;
    } catch (OperationException | IOException e) {
      SystemFolder.delete(next);
      audit.record("upgrade failed", String.valueOf(e.getMessage()));
      throw e;
    }
  }

  private static Path composed(Part part, Path system, Path next) {
    return next.resolve(system.relativize(BundleLocations.file(part.bundle())));
  }

  private void exchangeRunning(List<Part> parts, Choice jar)
      throws BundleException, OperationException, IOException {
    if (hasOtherContracts(parts)) {
      allAtOnce(parts, jar);
    } else {
      oneByOne(parts, jar);
    }
  }

  private static boolean hasOtherContracts(List<Part> parts)
      throws OperationException, IOException {
    for (Part part : parts) {
      if (part.isOtherContract()) {
        return true;
      }
    }
    return false;
  }

  private void allAtOnce(List<Part> parts, Choice jar)
      throws BundleException, OperationException, IOException {
    List<Bundle> offering =
        parts.stream().map(Part::bundle).filter(Upgrade::offersSomething).toList();
    try {
      exchange(parts, jar);
      health.await(() -> offering.stream().allMatch(Upgrade::offersSomething));
    } catch (BundleException | OperationException | IOException | RuntimeException e) {
      back(parts);
      if (concernsThisOne(parts)) {
        Path own = BundleLocations.file(bundles.getBundle());
        exchangeThisOne(own, own);
      }
      throw e;
    }
  }

  private static boolean offersSomething(Bundle bundle) {
    return !ProvidedServices.of(bundle).kinds().isEmpty();
  }

  /** From the stores up; what was exchanged before one that does not do goes back. */
  private void oneByOne(List<Part> parts, Choice jar)
      throws BundleException, OperationException, IOException {
    List<Part> done = new ArrayList<>();
    try {
      for (Part part : parts) {
        if (!part.isContract()) {
          exchange.of(part.bundle(), JarName.of(part.jar()), jar.of(part), part.place());
          done.add(part);
        }
      }
    } catch (BundleException | OperationException | IOException | RuntimeException e) {
      backOneByOne(done.reversed());
      throw e;
    }
  }

  private void backOneByOne(List<Part> parts) {
    for (Part part : parts) {
      try {
        Bundle fresh = health.part(part.bundle().getSymbolicName());
        exchange.of(fresh, JarName.of(part.place()), part.place(), part.place());
      } catch (BundleException | OperationException | IOException | RuntimeException e) {
        LOG.error("The old {} does not come back; restart the server", part.place(), e);
      }
    }
  }

  private OperationException refused(Path release, Path next, Exception e) throws IOException {
    String why = String.valueOf(e.getMessage());
    SystemFolder.delete(next);
    audit.record("upgrade failed", release + ": " + why);
    return new OperationException(
        Reason.FAILED, "the old release goes on; the new one was refused: " + why, e);
  }

  private Path home() {
    return Path.of(bundles.getProperty("chat.home"));
  }

  private List<Part> different(Map<String, Path> offered) throws IOException {
    List<Part> parts = new ArrayList<>();
    for (Bundle bundle : health.ours()) {
      Path jar = offered.get(bundle.getSymbolicName());
      if (jar != null && Files.mismatch(jar, BundleLocations.file(bundle)) >= 0) {
        parts.add(new Part(jar, bundle));
      }
    }
    parts.sort(Comparator.comparingInt(Part::level));
    return parts;
  }

  @FunctionalInterface
  private interface Choice {
    Path of(Part part);
  }

  private void exchange(List<Part> parts, Choice jar) throws BundleException, IOException {
    List<Bundle> changed = parts.stream().map(Part::bundle).toList();
    FrameworkWiring wiring = bundles.getBundle(0).adapt(FrameworkWiring.class);
    List<Bundle> touched = new ArrayList<>(wiring.getDependencyClosure(changed));
    touched.remove(bundles.getBundle());
    touched.removeIf(bundle -> bundle.getState() == Bundle.UNINSTALLED); // until it is refreshed
    touched.sort(
        Comparator.comparingInt(bundle -> bundle.adapt(BundleStartLevel.class).getStartLevel()));
    for (Bundle bundle : stopOrder(touched)) {
      bundle.stop(Bundle.STOP_TRANSIENT);
    }
    for (Part part : parts) {
      try (InputStream in = Files.newInputStream(jar.of(part))) {
        part.bundle().update(in);
      }
    }
    List<Bundle> refreshed = new ArrayList<>(touched);
    refreshed.removeAll(contracts());
    refresh(wiring, refreshed);
    for (Bundle bundle : touched) {
      bundle.start();
    }
  }

  /** The server first, so that it parks what it has while the sockets are still attended to. */
  private static List<Bundle> stopOrder(List<Bundle> touched) {
    List<Bundle> order = new ArrayList<>(touched.reversed());
    order.sort(Comparator.comparing(bundle -> !bundle.getSymbolicName().equals("chat.server")));
    return order;
  }

  private static void refresh(FrameworkWiring wiring, Collection<Bundle> changed)
      throws BundleException {
    CountDownLatch refreshed = new CountDownLatch(1);
    wiring.refreshBundles(changed, event -> refreshed.countDown());
    try {
      if (!refreshed.await(REFRESH_SECONDS, TimeUnit.SECONDS)) {
        throw new BundleException("the bundles were not refreshed in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BundleException("interrupted", e);
    }
  }

  private void back(List<Part> parts) {
    try {
      exchange(parts, part -> BundleLocations.file(part.bundle()));
    } catch (BundleException | IOException | RuntimeException e) {
      LOG.error("The old release does not come back; restart the server", e);
    }
  }

  /** Whether this bundle, or a contract that it uses, is among them. */
  private boolean concernsThisOne(List<Part> parts) {
    Set<Bundle> contracts = contracts();
    return parts.stream()
        .anyMatch(
            part -> part.bundle().equals(bundles.getBundle()) || contracts.contains(part.bundle()));
  }

  /**
   * The parts that this bundle is wired to. A refresh of them would end it in the middle of its
   * work, so they are updated without: this bundle goes on with what it has, while all who are
   * refreshed are wired to the new one. Its own update does the same for this bundle.
   */
  private Set<Bundle> contracts() {
    List<Bundle> ours = health.ours();
    return bundles.getBundle().adapt(BundleWiring.class).getRequiredWires(null).stream()
        .map(wire -> wire.getProvider().getBundle())
        .filter(ours::contains)
        .collect(Collectors.toSet());
  }

  private void exchangeThisOne(Path jar, Path old) {
    Bundle self = bundles.getBundle();
    Thread.ofPlatform()
        .name("chat-admin-upgrade")
        .start(() -> {
          try {
            Thread.sleep(LAST_WORDS_MILLIS);
            updateSelf(self, jar, old);
          } catch (InterruptedException | IOException e) {
            LOG.error("chat.admin stays the old one", e);
          }
        });
  }

  private static void updateSelf(Bundle self, Path jar, Path old) throws IOException {
    try (InputStream in = Files.newInputStream(jar)) {
      self.update(in);
    } catch (BundleException e) {
      LOG.error("The new chat.admin does not start, the old one comes back", e);
      Files.copy(old, jar, StandardCopyOption.REPLACE_EXISTING);
      try (InputStream in = Files.newInputStream(old)) {
        self.update(in);
      } catch (BundleException again) {
        LOG.error("chat.admin does not come back; restart the server", again);
      }
    }
  }
}
