package chat.admin;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exchanges one running bundle: the new jar is checked, put beside the old one under a name that no
 * start looks at, updated through the framework, and probed. If the house is not well afterwards
 * the old jar comes back. The folder {@code system/} is what counts after a restart: it holds just
 * the one that works at every moment, because the new one replaces it in one rename.
 *
 * <p>One swap at a time; the admin socket's thread sees to that.
 */
final class Swap {
  private static final Logger LOG = LoggerFactory.getLogger(Swap.class);
  private static final Duration PROBE = Duration.ofSeconds(10);
  private static final long PROBE_STEP_MILLIS = 20;

  private final BundleContext bundles;
  private final Words words;
  private final Health health;
  private volatile String last = "";

  Swap(BundleContext bundles, Words words, Health health) {
    this.bundles = bundles;
    this.words = words;
    this.health = health;
  }

  Optional<String> last() {
    return last.isEmpty() ? Optional.empty() : Optional.of(last);
  }

  /** Exchanges the bundle that has the symbolic name of this jar. */
  String with(Path jar) throws WordException, IOException {
    String name = symbolicName(jar);
    Bundle bundle = running(name);
    Path place = Path.of(bundle.getLocation().replaceFirst("^file:", ""));
    Path incoming = place.resolveSibling("." + place.getFileName());
    String before = bundle.getVersion().toString();
    Files.copy(jar, incoming, StandardCopyOption.REPLACE_EXISTING);
    long start = System.nanoTime();
    try {
      update(bundle, incoming);
      probe();
    } catch (BundleException | WordException | IOException e) {
      String why = back(bundle, place, incoming, e);
      audit("failed", name, before, why);
      throw new WordException("the old " + name + " goes on; the new one was refused: " + why, e);
    }
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    Path previous = Files.createDirectories(place.resolveSibling("../../previous").normalize());
    Files.copy(
        place, previous.resolve(name + "-" + before + ".jar"), StandardCopyOption.REPLACE_EXISTING);
    Files.move(incoming, place, StandardCopyOption.ATOMIC_MOVE);
    last =
        "%s %s -> %s at %s in %d ms"
            .formatted(name, before, bundle.getVersion(), Instant.now(), took.toMillis());
    LOG.info("Swapped {}", last);
    audit("done", name, before, last);
    return "swapped " + last;
  }

  private static String symbolicName(Path jar) throws WordException {
    try (JarFile file = new JarFile(jar.toFile())) {
      Manifest manifest = file.getManifest();
      String name =
          manifest == null
              ? null
              : manifest.getMainAttributes().getValue(Constants.BUNDLE_SYMBOLICNAME);
      if (name == null) {
        throw new WordException(jar + " is no bundle: it has no Bundle-SymbolicName");
      }
      if (manifest.getMainAttributes().getValue(Constants.EXPORT_PACKAGE) != null) {
        throw new WordException(
            jar + " is a contract that others are wired to; exchange it with the whole release");
      }
      return name.replaceFirst(";.*", "");
    } catch (IOException e) {
      throw new WordException(jar + " can't be read: " + e.getMessage(), e);
    }
  }

  private Bundle running(String name) throws WordException {
    for (Bundle bundle : health.ours()) {
      if (bundle.getSymbolicName().equals(name) && !bundle.equals(bundles.getBundle())) {
        return bundle;
      }
    }
    List<String> names = health.ours().stream().map(Bundle::getSymbolicName).toList();
    throw new WordException(name + " is not a part that can be exchanged; there are " + names);
  }

  /** Nothing is wired to it, so that no refresh is needed: the old revision goes by itself. */
  private static void update(Bundle bundle, Path jar) throws BundleException, IOException {
    try (InputStream in = Files.newInputStream(jar)) {
      bundle.update(in);
    }
    if (bundle.getState() != Bundle.ACTIVE) {
      bundle.start();
    }
  }

  /** Waits until all is well. */
  private void probe() throws WordException {
    long deadline = System.nanoTime() + PROBE.toNanos();
    while (true) {
      List<String> problems = health.problems();
      String server = words.call(List.of("health"));
      if (problems.isEmpty() && server.equals("ready")) {
        return;
      }
      if (System.nanoTime() > deadline || !problems.isEmpty()) {
        throw new WordException(problems.isEmpty() ? server : String.join("; ", problems));
      }
      pause();
    }
  }

  private static void pause() throws WordException {
    try {
      Thread.sleep(PROBE_STEP_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WordException("interrupted", e);
    }
  }

  private String back(Bundle bundle, Path place, Path incoming, Exception why) throws IOException {
    String reason = String.valueOf(why.getMessage());
    try {
      update(bundle, place);
      Files.deleteIfExists(incoming);
      return reason;
    } catch (BundleException e) {
      LOG.error("{} does not come back", bundle.getSymbolicName(), e);
      return reason + "; and the old one does not start again: " + e.getMessage();
    }
  }

  private void audit(String outcome, String name, String before, String text) throws IOException {
    String data = bundles.getProperty("chat.data");
    Path log = Files.createDirectories(Path.of(data == null ? "data" : data).resolve("log"));
    String line = "%s swap %s %s %s: %s\n".formatted(Instant.now(), outcome, name, before, text);
    Files.write(
        log.resolve("audit.log"),
        line.getBytes(StandardCharsets.UTF_8),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND,
        StandardOpenOption.SYNC);
  }
}
