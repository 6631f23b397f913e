// SPDX-License-Identifier: Apache-2.0
package chat.admin;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exchanges one running bundle: the new jar is checked, put beside the old one under a name that no
 * start looks at, brought into the framework, and probed. If the house is not well afterwards the
 * old one comes back. The folder {@code system/} is what counts after a restart: it holds just the
 * one that works at every moment, because the new one replaces it in one rename.
 *
 * <p>A bundle of stores is exchanged <b>overlapped</b>: the new one is installed beside the old one
 * and opens the same data; only then the server changes over, and the old one goes. All others, and
 * a bundle of stores if so asked, are exchanged <b>in place</b>: updated, which ends the old one
 * before the new one begins.
 */
final class Swap {
  private static final Logger LOG = LoggerFactory.getLogger(Swap.class);
  private static final int KEPT = 3;
  private static final String STORE = "chat.storage.ChatStore";

  private final BundleContext bundles;
  private final CommandRegistry words;
  private final Health health;
  private final Audit audit;

  Swap(BundleContext bundles, CommandRegistry words, Health health, Audit audit) {
    this.bundles = bundles;
    this.words = words;
    this.health = health;
    this.audit = audit;
  }

  /** Exchanges the bundle that has the symbolic name of this jar. */
  String with(Path jar, boolean inPlace) throws CommandException, IOException {
    JarName name = JarName.of(jar);
    if (name.exports()) {
      throw new CommandException(
          jar + " is a contract that others are wired to; exchange it with the whole release");
    }
    Bundle old = health.part(name.symbolicName());
    health.nothingIsCopied(words);
    Path place = BundleLocations.file(old);
    Path incoming = place.resolveSibling("." + place.getFileName());
    String before = old.getVersion().toString();
    Instant start = Instant.now();
    String how;
    try {
      Files.copy(jar, incoming, StandardCopyOption.REPLACE_EXISTING);
      how =
          inPlace || !ProvidedServices.of(old).has(STORE)
              ? inPlace(old, incoming, place)
              : overlapped(old, incoming);
    } catch (BundleException | CommandException | IOException e) {
      Files.deleteIfExists(incoming);
      String why = String.valueOf(e.getMessage());
      audit.write("swap failed", "%s %s: %s".formatted(name.symbolicName(), before, why));
      throw new CommandException(
          "the old " + name.symbolicName() + " goes on; the new one was refused: " + why, e);
    }
    keep(place, name.symbolicName(), before);
    Files.move(incoming, place, StandardCopyOption.ATOMIC_MOVE);
    return audit.done(
        "swap",
        "%s %s -> %s %s in %d ms"
            .formatted(
                name.symbolicName(),
                before,
                name.version(),
                how,
                Duration.between(start, Instant.now()).toMillis()));
  }

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
              .sorted(Comparator.comparing((Path file) -> file.toFile().lastModified()).reversed())
              .toList();
      for (Path old : kept.subList(Math.min(KEPT, kept.size()), kept.size())) {
        Files.delete(old);
      }
    }
  }

  /** Nothing is wired to it, so that no refresh is needed: the old revision goes by itself. */
  private String inPlace(Bundle bundle, Path incoming, Path place)
      throws BundleException, CommandException, IOException {
    ProvidedServices before = ProvidedServices.of(bundle);
    try {
      update(bundle, incoming);
      health.await(words, () -> ProvidedServices.of(bundle).covers(before));
      return "in place";
    } catch (BundleException | CommandException | IOException e) {
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

  private String overlapped(Bundle old, Path incoming)
      throws BundleException, CommandException, IOException {
    Bundle fresh;
    try (InputStream in = Files.newInputStream(incoming)) {
      fresh = bundles.installBundle(BundleLocations.another(bundles, old), in);
    }
    boolean tookOver = false;
    try {
      fresh
          .adapt(BundleStartLevel.class)
          .setStartLevel(old.adapt(BundleStartLevel.class).getStartLevel());
      fresh.start();
      health.await(words, () -> ProvidedServices.of(fresh).covers(ProvidedServices.of(old)));
      String how = takeOver(old, fresh);
      tookOver = true;
      health.await(words);
      old.uninstall();
      return "overlapped, " + how + ",";
    } catch (BundleException | CommandException e) {
      if (tookOver) {
        takeOver(fresh, old);
      }
      fresh.uninstall();
      throw e;
    }
  }

  private String takeOver(Bundle from, Bundle to) throws CommandException {
    return words.call(
        List.of("takeOver", String.valueOf(from.getBundleId()), String.valueOf(to.getBundleId())));
  }
}
