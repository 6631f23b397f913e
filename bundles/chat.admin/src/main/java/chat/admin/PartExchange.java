// SPDX-License-Identifier: Apache-2.0
package chat.admin;

import chat.admin.release.JarName;
import chat.operations.Health;
import chat.operations.OperationException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exchanges one running bundle for another build of it, and takes that back if the program does not
 * become well.
 *
 * <p>A bundle of stores is exchanged <b>overlapped</b>: the new one is installed beside the old one
 * and opens the same data; only then the server changes over, and the old one goes. So is the
 * server's logic: the new one makes itself ready beside the old one, and begins when that has left.
 * Of a bundle of hooks both are at work for a moment. All others, and these if so asked, are
 * exchanged <b>in place</b>: updated, which ends the old one before the new one begins.
 */
final class PartExchange {
  private static final Logger LOG = LoggerFactory.getLogger(PartExchange.class);
  static final String STORE = "chat.storage.ChatStore";
  private static final String FEED = "chat.storage.CommitFeed";

  private final BundleContext bundles;
  private final Operations operations;
  private final ProgramHealth health;

  PartExchange(BundleContext bundles, Operations operations, ProgramHealth health) {
    this.bundles = bundles;
    this.operations = operations;
    this.health = health;
  }

  /**
   * How a part was exchanged.
   *
   * @param pause for how long nobody could write, if a store took over
   */
  record How(String word, Optional<Duration> pause) {}

  /**
   * Exchanges a bundle in the way that fits it.
   *
   * @param place its jar, from which it comes back if the new one does not do
   * @throws OperationException if the new one does not do; the old one goes on then
   */
  How of(Bundle old, JarName name, Path incoming, Path place)
      throws BundleException, OperationException, IOException {
    ProvidedServices services = ProvidedServices.of(old);
    if (services.has(STORE)) {
      return overlapped(old, incoming);
    } else if (services.has(Extensions.HOOK)) {
      return doubled(old, incoming);
    }
    // Without a store that is at work there is nothing to make itself ready with.
    boolean works = operations.serverHealth() instanceof Health.Ready;
    return services.has(FEED) && name.standsBy() && works
        ? relieved(old, incoming)
        : inPlace(old, incoming, place);
  }

  /** Nothing is wired to it, so that no refresh is needed: the old revision goes by itself. */
  How inPlace(Bundle bundle, Path incoming, Path place)
      throws BundleException, OperationException, IOException {
    ProvidedServices before = ProvidedServices.of(bundle);
    try {
      update(bundle, incoming);
      health.await(() -> ProvidedServices.of(bundle).covers(before));
      return new How("in-place", Optional.empty());
    } catch (BundleException | OperationException | IOException | RuntimeException e) {
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
    } catch (BundleException | OperationException | RuntimeException e) {
      fresh.uninstall();
      if (left) {
        old.start();
      }
      throw e;
    }
  }

  /** For a moment both are asked, so that no text goes past them. */
  private How doubled(Bundle old, Path incoming)
      throws BundleException, OperationException, IOException {
    Bundle fresh = installedBeside(old, incoming);
    try {
      fresh.start();
      health.await(() -> {
        health.failures().check(fresh);
        return ProvidedServices.of(fresh).covers(ProvidedServices.of(old));
      });
      old.uninstall();
      return new How("overlapped", Optional.empty());
    } catch (BundleException | OperationException | RuntimeException e) {
      fresh.uninstall();
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
    } catch (BundleException | OperationException | RuntimeException e) {
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
