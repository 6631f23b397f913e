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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exchanges one running bundle: the new jar is checked, put beside the old one under a name that no
 * start looks at, brought into the framework, and probed. If the server is not ready afterwards the
 * old one comes back. The folder {@code system/} is what counts after a restart: it holds just the
 * one that works at every moment, because the new one replaces it in one rename.
 *
 * <p>A bundle of stores is exchanged <b>overlapped</b>: the new one is installed beside the old one
 * and opens the same data; only then the server changes over, and the old one goes. So is the
 * server's logic: the new one makes itself ready beside the old one, and begins when that has left.
 * All others, and these if so asked, are exchanged <b>in place</b>: updated, which ends the old one
 * before the new one begins.
 */
final class Swap {
  private static final Logger LOG = LoggerFactory.getLogger(Swap.class);
  private static final int KEPT = 3;

  /** What a log, its index and the files beside take until the first checkpoint. */
  private static final long ROOM = 16 << 20;

  private static final String STORE = "chat.storage.ChatStore";
  private static final String FEED = "chat.storage.CommitFeed";

  private final BundleContext bundles;
  private final Operations operations;
  private final ProgramHealth health;
  private final ReleaseCheck check;
  private final Audit audit;

  Swap(
      BundleContext bundles,
      Operations operations,
      ProgramHealth health,
      ReleaseCheck check,
      Audit audit) {
    this.check = check;
    this.bundles = bundles;
    this.operations = operations;
    this.health = health;
    this.audit = audit;
  }

  /** Exchanges the bundle that has the symbolic name of this jar. */
  Map<String, Object> with(Path jar, boolean inPlace) throws OperationException, IOException {
    JarName name = JarName.of(jar);
    if (name.exports()) {
      throw new OperationException(
          Reason.INVALID_ARGUMENT,
          jar + " is a contract that others are wired to; exchange it with the whole release");
    }
    Bundle old = health.part(name.symbolicName());
    health.checkNothingIsCopied();
    Path place = BundleLocations.file(old);
    Path incoming = place.resolveSibling("." + place.getFileName());
    String before = old.getVersion().toString();
    Instant start = Instant.now();
    How how;
    String digest;
    try {
      if (inPlace) {
        checkRoom(old);
      }
      Files.copy(jar, incoming, StandardCopyOption.REPLACE_EXISTING);
      digest = check.check(jar, incoming);
      how = inPlace ? inPlace(old, incoming, place) : exchanged(old, name, incoming, place);
    } catch (BundleException | OperationException | IOException e) {
      Files.deleteIfExists(incoming);
      String why = String.valueOf(e.getMessage());
      audit.record("swap failed", "%s %s: %s".formatted(name.symbolicName(), before, why));
      throw new OperationException(
          Reason.FAILED,
          "the old " + name.symbolicName() + " goes on; the new one was refused: " + why,
          e);
    }
    keep(place, name.symbolicName(), before);
    Files.move(incoming, place, StandardCopyOption.ATOMIC_MOVE);
    long millis = Duration.between(start, Instant.now()).toMillis();
    audit.done(
        "swap",
        "%s %s -> %s %s in %d ms, sha256 %s"
            .formatted(name.symbolicName(), before, name.version(), how.word(), millis, digest));
    return Fields.of("part", name.symbolicName())
        .with("from", before)
        .with("to", name.version())
        .with("how", how.word())
        .with("pauseMillis", how.pause().map(Duration::toMillis))
        .with("millis", millis)
        .with("sha256", digest)
        .map();
  }

  private How exchanged(Bundle old, JarName name, Path incoming, Path place)
      throws BundleException, OperationException, IOException {
    ProvidedServices services = ProvidedServices.of(old);
    if (services.has(STORE)) {
      return overlapped(old, incoming);
    }
    return services.has(FEED) && name.standsBy()
        ? relieved(old, incoming)
        : inPlace(old, incoming, place);
  }

  /**
   * How a part was exchanged.
   *
   * @param pause for how long nobody could write, if a store took over
   */
  private record How(String word, Optional<Duration> pause) {}

  /** Keeps the jar of before, a few versions back. */
  private static void keep(Path place, String name, String version) throws IOException {
    Path previous = Files.createDirectories(place.resolveSibling("../../previous").normalize());
    Files.copy(
        place,
        previous.resolve(name + "-" + version + ".jar"),
        StandardCopyOption.REPLACE_EXISTING);
    try (Stream<Path> files = Files.list(previous)) {
      List<Path> kept =
          files
              .filter(file -> file.getFileName().toString().matches(name + "-\\d.*\\.jar"))
              .sorted(
                  Comparator.comparingLong((Path file) -> file.toFile().lastModified()).reversed())
              .toList();
      for (Path old : kept.subList(Math.min(KEPT, kept.size()), kept.size())) {
        Files.delete(old);
      }
    }
  }

  /**
   * A store that was ended needs room to begin again: that is looked for while the old one is still
   * there.
   */
  private void checkRoom(Bundle bundle) throws OperationException, IOException {
    if (!ProvidedServices.of(bundle).has(STORE)) {
      return;
    }
    Path data = Path.of(String.valueOf(bundles.getProperty("chat.data")));
    long room = Files.getFileStore(data).getUsableSpace();
    if (room < ROOM) {
      throw new OperationException(
          Reason.FAILED,
          "there are %d KiB left for %s, and a store takes %d to begin; free some first"
              .formatted(room >> 10, data, ROOM >> 10));
    }
  }

  /** Nothing is wired to it, so that no refresh is needed: the old revision goes by itself. */
  private How inPlace(Bundle bundle, Path incoming, Path place)
      throws BundleException, OperationException, IOException {
    ProvidedServices before = ProvidedServices.of(bundle);
    try {
      update(bundle, incoming);
      health.await(() -> ProvidedServices.of(bundle).covers(before));
      return new How("in-place", Optional.empty());
    } catch (BundleException | OperationException | IOException e) {
      try {
        update(bundle, place);
      } catch (BundleException again) {
        LOG.error("{} does not come back", bundle.getSymbolicName(), again);
        e.addSuppressed(again);
      }
      throw e;
    }
  }

  private static void update(Bundle bundle, Path jar) throws BundleException, IOException {
    try (InputStream in = Files.newInputStream(jar)) {
      bundle.update(in);
    }
    if (bundle.getState() != Bundle.ACTIVE) {
      bundle.start();
    }
  }

  private Bundle installedBeside(Bundle old, Path incoming) throws BundleException, IOException {
    try (InputStream in = Files.newInputStream(incoming)) {
      Bundle fresh = bundles.installBundle(BundleLocations.another(bundles, old), in);
      fresh
          .adapt(BundleStartLevel.class)
          .setStartLevel(old.adapt(BundleStartLevel.class).getStartLevel());
      return fresh;
    }
  }

  /** The new one begins by itself when the old one has left. */
  private How relieved(Bundle old, Path incoming)
      throws BundleException, OperationException, IOException {
    ProvidedServices before = ProvidedServices.of(old);
    Bundle fresh = installedBeside(old, incoming);
    boolean left = false;
    try {
      fresh.start();
      health.awaitStandby(fresh);
      health.checkNothingIsCopied();
      left = true;
      old.stop(Bundle.STOP_TRANSIENT);
      health.awaitWithout(old, () -> ProvidedServices.of(fresh).covers(before));
      old.uninstall();
      return new How("overlapped", Optional.empty());
    } catch (BundleException | OperationException e) {
      fresh.uninstall();
      if (left) {
        old.start();
      }
      throw e;
    }
  }

  private How overlapped(Bundle old, Path incoming)
      throws BundleException, OperationException, IOException {
    Bundle fresh = installedBeside(old, incoming);
    boolean tookOver = false;
    try {
      fresh.start();
      health.await(() -> ProvidedServices.of(fresh).covers(ProvidedServices.of(old)));
      Optional<Duration> pause = takeOver(old, fresh);
      tookOver = true;
      health.await();
      old.uninstall();
      return new How("overlapped", pause);
    } catch (BundleException | OperationException e) {
      if (tookOver) {
        takeOver(fresh, old);
      }
      fresh.uninstall();
      throw e;
    }
  }

  private Optional<Duration> takeOver(Bundle from, Bundle to) throws OperationException {
    return operations.stores().takeOver(from.getBundleId(), to.getBundleId());
  }
}
