// SPDX-License-Identifier: Apache-2.0
package chat.admin;

import chat.admin.command.Fields;
import chat.operations.OperationException;
import chat.operations.OperationException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
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
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exchanges all of our bundles for those of another release, contracts included, with one refresh:
 * who uses a contract is stopped from the top down (the server parks its connections first),
 * everything is updated, and started again from the bottom up.
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
  private static final int FIRST_OWN_LEVEL = 5;
  private static final int KEPT = 3;
  private static final long REFRESH_SECONDS = 30;
  private static final long LAST_WORDS_MILLIS = 300;
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss.SSS").withZone(ZoneOffset.UTC);

  private final BundleContext bundles;
  private final ProgramHealth health;
  private final ReleaseCheck check;
  private final Audit audit;

  Upgrade(BundleContext bundles, ProgramHealth health, ReleaseCheck check, Audit audit) {
    this.check = check;
    this.bundles = bundles;
    this.health = health;
    this.audit = audit;
  }

  /** A jar of the release that differs from what runs. */
  private record Part(Path jar, Bundle bundle) {
    int level() {
      return bundle.adapt(BundleStartLevel.class).getStartLevel();
    }
  }

  /** Exchanges everything that differs in a release, which is unpacked in a folder. */
  Map<String, Object> to(Path release) throws OperationException, IOException {
    Path from = Files.isDirectory(release.resolve("system")) ? release.resolve("system") : release;
    Map<String, Path> offered = jars(from);
    if (!offered.containsKey("chat.server")) {
      throw new OperationException(
          Reason.INVALID_ARGUMENT,
          release + " holds no release: there is no system/12/chat.server.jar");
    }
    health.checkNothingIsCopied();
    Path system = home().resolve("system");
    List<Part> parts = different(offered);
    List<String> libraries = otherLibraries(from, system);
    if (parts.isEmpty()) {
      return Fields.of("release", release).with("parts", 0).with("restartFor", libraries).map();
    }
    Path next = compose(system, parts);
    Map<String, String> digests = checked(parts, system, next);
    Instant start = Instant.now();
    List<Part> now =
        parts.stream().filter(part -> !part.bundle().equals(bundles.getBundle())).toList();
    try {
      exchange(now, part -> composed(part, system, next));
      health.await();
    } catch (BundleException | OperationException | IOException | RuntimeException e) {
      throw refused(release, now, next, e);
    }
    Duration took = Duration.between(start, Instant.now());
    Path previous = exchangeFolders(system, next);
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
      delete(next);
      audit.record("upgrade failed", String.valueOf(e.getMessage()));
      throw e;
    }
  }

  private static Path composed(Part part, Path system, Path next) {
    return next.resolve(system.relativize(BundleLocations.file(part.bundle())));
  }

  /** Takes back what was exchanged. */
  private OperationException refused(Path release, List<Part> now, Path next, Exception e)
      throws IOException {
    String why = String.valueOf(e.getMessage());
    back(now);
    delete(next);
    if (concernsThisOne(now)) {
      Path jar = BundleLocations.file(bundles.getBundle());
      exchangeThisOne(jar, jar);
    }
    audit.record("upgrade failed", release + ": " + why);
    return new OperationException(
        Reason.FAILED, "the old release goes on; the new one was refused: " + why, e);
  }

  private Path home() {
    return Path.of(bundles.getProperty("chat.home"));
  }

  private static Map<String, Path> jars(Path system) throws OperationException, IOException {
    Map<String, Path> jars = new TreeMap<>();
    for (Path jar : files(system, level -> level >= FIRST_OWN_LEVEL)) {
      jars.put(JarName.of(jar).symbolicName(), jar);
    }
    return jars;
  }

  @FunctionalInterface
  private interface Levels {
    boolean has(int level);
  }

  private static List<Path> files(Path system, Levels levels) throws IOException {
    List<Path> found = new ArrayList<>();
    if (!Files.isDirectory(system)) {
      return found;
    }
    try (Stream<Path> folders = Files.list(system).sorted()) {
      for (Path folder : folders.toList()) {
        String name = folder.getFileName().toString();
        if (name.matches("\\d\\d") && levels.has(Integer.parseInt(name))) {
          try (Stream<Path> files = Files.list(folder).sorted()) {
            files
                .filter(file -> file.getFileName().toString().matches("[^.].*\\.jar"))
                .forEach(found::add);
          }
        }
      }
    }
    return found;
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

  private static List<String> otherLibraries(Path release, Path system) throws IOException {
    List<String> here = names(system);
    return names(release).stream().filter(name -> !here.contains(name)).toList();
  }

  private static List<String> names(Path system) throws IOException {
    return files(system, level -> level < FIRST_OWN_LEVEL).stream()
        .map(file -> file.getFileName().toString())
        .toList();
  }

  /** The folder as it will be: what runs now, and the new parts. */
  private static Path compose(Path system, List<Part> parts) throws IOException {
    Path next = system.resolveSibling("system.next");
    delete(next);
    for (Path file : files(system, level -> true)) {
      Path target = next.resolve(system.relativize(file));
      Files.createDirectories(target.getParent());
      Files.copy(file, target);
    }
    for (Part part : parts) {
      Files.copy(part.jar(), composed(part, system, next), StandardCopyOption.REPLACE_EXISTING);
    }
    return next;
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

  private Path exchangeFolders(Path system, Path next) throws IOException {
    Path all = Files.createDirectories(home().resolve("previous"));
    Path previous = Files.createDirectory(all.resolve("release-" + STAMP.format(Instant.now())));
    Files.move(system, previous.resolve("system"), StandardCopyOption.ATOMIC_MOVE);
    Files.move(next, system, StandardCopyOption.ATOMIC_MOVE);
    try (Stream<Path> releases = Files.list(all)) {
      List<Path> kept =
          releases
              .filter(folder -> folder.getFileName().toString().startsWith("release-"))
              .sorted(Comparator.reverseOrder())
              .toList();
      for (Path old : kept.subList(Math.min(KEPT, kept.size()), kept.size())) {
        delete(old);
      }
    }
    return previous;
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

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
