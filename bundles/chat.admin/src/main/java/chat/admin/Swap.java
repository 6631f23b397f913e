// SPDX-License-Identifier: Apache-2.0
package chat.admin;

import chat.admin.audit.Audit;
import chat.admin.command.Fields;
import chat.admin.release.JarName;
import chat.admin.release.ReleaseCheck;
import chat.operations.OperationException;
import chat.operations.OperationException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;

/**
 * Exchanges one running bundle: the new jar is checked, put beside the old one under a name that no
 * start looks at, brought into the framework, and probed. If the server is not ready afterwards the
 * old one comes back. The folder {@code system/} is what counts after a restart: it holds just the
 * one that works at every moment, because the new one replaces it in one rename.
 */
final class Swap {
  private static final int KEPT = 3;

  /** What a log, its index and the files beside take until the first checkpoint. */
  private static final long ROOM = 16 << 20;

  private final BundleContext bundles;
  private final ProgramHealth health;
  private final PartExchange exchange;
  private final ReleaseCheck check;
  private final Audit audit;

  Swap(
      BundleContext bundles,
      ProgramHealth health,
      PartExchange exchange,
      ReleaseCheck check,
      Audit audit) {
    this.check = check;
    this.bundles = bundles;
    this.health = health;
    this.exchange = exchange;
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
    PartExchange.How how;
    String digest;
    try {
      if (inPlace) {
        checkRoom(old);
      }
      Files.copy(jar, incoming, StandardCopyOption.REPLACE_EXISTING);
      digest = check.check(jar, incoming);
      how =
          inPlace
              ? exchange.inPlace(old, incoming, place)
              : exchange.of(old, name, incoming, place);
    } catch (BundleException | OperationException | IOException | RuntimeException e) {
      Files.deleteIfExists(incoming);
      String why = String.valueOf(e.getMessage());
      audit.record("swap failed", "%s %s: %s".formatted(name.symbolicName(), before, why));
      throw new OperationException(
          Reason.FAILED,
          "the old " + name.symbolicName() + " goes on; the new one was refused: " + why,
          e);
    }
    keep(place, previous(old, place), name.symbolicName(), before);
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

  private Path previous(Bundle old, Path place) {
    return health.extensions().has(old)
        ? place.resolveSibling("previous")
        : place.resolveSibling("../../previous").normalize();
  }

  /** Keeps the jar of before, a few versions back. */
  private static void keep(Path place, Path previous, String name, String version)
      throws IOException {
    Files.createDirectories(previous);
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
    if (!ProvidedServices.of(bundle).has(PartExchange.STORE)) {
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
}
