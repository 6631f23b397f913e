// SPDX-License-Identifier: Apache-2.0
package chat.server;

import chat.operations.Health;
import chat.server.base.MasterKey;
import chat.server.base.SealException;
import chat.server.base.Seals;
import chat.server.room.Directory;
import chat.server.store.ActiveStore;
import chat.server.store.CellLoader;
import chat.server.store.ChangeCapture;
import chat.storage.Cell;
import chat.storage.ChatStore;
import chat.storage.CommitFeed;
import chat.storage.StorageException;
import chat.storage.StoreState;
import java.io.IOException;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceListener;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.wiring.BundleWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes this build of the server ready while the one before it is still at work, so that people
 * wait for little when its turn comes, however much the store holds (ADR 14).
 *
 * <p>Its classes are loaded, and the store is read into memory. What the other one commits
 * meanwhile is noted by key and read again, until little is new between two looks; the rest is read
 * when the other one has left, which its {@link CommitFeed} tells by going.
 *
 * <p><b>Threads.</b> One thread prepares, waits and takes its turn. The other server's journal
 * notes what it commits.
 */
final class Standby implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Standby.class);

  /** So many changes are read in a few milliseconds. */
  private static final int FEW = 100;

  private static final int MOST_LOOKS = 20;

  private final BundleContext bundles;
  private final ServiceReference<CommitFeed> feed;
  private final CommitFeed.Following following;
  private final ChangeCapture changes = new ChangeCapture();
  private final CountDownLatch left = new CountDownLatch(1);
  private final ServiceListener listener = this::heard;
  private final ServiceRegistration<?> health;
  private volatile Health readiness = new Health.Waiting("it is being made ready");
  private @Nullable Prepared prepared;

  private record Prepared(UUID store, Directory directory) {}

  private Standby(BundleContext bundles, ServiceReference<CommitFeed> feed, CommitFeed other) {
    this.bundles = bundles;
    this.feed = feed;
    bundles.addServiceListener(listener);
    this.following = other.follow(changes::touched);
    Supplier<List<String>> lines = () -> readiness.lines();
    this.health =
        bundles.registerService(
            Supplier.class, lines, new Hashtable<>(Map.of(Health.SERVICE, Health.OF_STANDBY)));
  }

  /** Beside the build that is at work; empty if there is none. */
  static Optional<Standby> beside(BundleContext bundles) {
    return others(bundles)
        .flatMap(feed ->
            Optional.ofNullable(bundles.getService(feed))
                .map(other -> new Standby(bundles, feed, other)));
  }

  private static Optional<ServiceReference<CommitFeed>> others(BundleContext bundles) {
    try {
      return bundles.getServiceReferences(CommitFeed.class, null).stream()
          .filter(each -> !bundles.getBundle().equals(each.getBundle()))
          .findFirst();
    } catch (InvalidSyntaxException e) {
      throw new AssertionError("there is no filter", e);
    }
  }

  private void heard(ServiceEvent event) {
    if (event.getType() == ServiceEvent.UNREGISTERING && event.getServiceReference().equals(feed)) {
      left.countDown();
    }
  }

  /** Returns when this build is at the level of the other one, and the other one has left. */
  void await(ActiveStore store, MasterKey masterKey) throws StorageException, InterruptedException {
    try {
      loadClasses();
      prepared = store.read(Loaded.FOREVER, (open, generation) -> prepare(open, masterKey));
      readiness = new Health.Ready();
    } catch (StorageException | RuntimeException e) {
      readiness = new Health.Failed(String.valueOf(e.getMessage()));
      throw e;
    }
    if (feed.getBundle() != null) {
      left.await();
    }
  }

  /** Each is read, verified and initialised only when it is needed, otherwise: under load. */
  private void loadClasses() {
    BundleWiring wiring = bundles.getBundle().adapt(BundleWiring.class);
    int options = BundleWiring.LISTRESOURCES_RECURSE | BundleWiring.LISTRESOURCES_LOCAL;
    for (String file : wiring.listResources("/", "*.class", options)) {
      String name = file.substring(0, file.length() - ".class".length()).replace('/', '.');
      try {
        Class.forName(name, true, wiring.getClassLoader());
      } catch (ClassNotFoundException | LinkageError e) {
        LOG.debug("{} is loaded when it is needed", name, e);
      }
    }
  }

  private Prepared prepare(ChatStore open, MasterKey masterKey) throws StorageException {
    UUID id = open.state().map(StoreState::id).orElseThrow();
    try {
      Directory directory = Directory.empty();
      Seals seals = Seals.reading(masterKey, open);
      directory.load(open, (loader, cell) -> read(loader, cell, seals));
      for (int look = 0; look < MOST_LOOKS; look++) {
        ChangeCapture.Touched touched = changes.take();
        directory.refresh(open, touched, (loader, cell) -> read(loader, cell, seals));
        if (touched.size() <= FEW) {
          break;
        }
      }
      return new Prepared(id, directory);
    } catch (SealException e) {
      throw new StorageException.Unusable(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * What can't be opened may be sealed under a key that was made since; the last look will tell.
   */
  private void read(CellLoader loader, Cell cell, Seals seals) throws StorageException {
    try {
      loader.taking().take(cell, seals.openCell(cell));
    } catch (IOException | SealException | RuntimeException e) {
      LOG.debug("{} is read again", cell.key(), e);
      changes.touched(cell.key());
    }
  }

  /** The store is this server's from now on; what has changed at last is read. */
  Loaded takeTurn(ActiveStore store, MasterKey masterKey)
      throws StorageException, InterruptedException {
    // fault-point: server-turn
    Prepared ready = Objects.requireNonNull(prepared, "not prepared");
    store.takeTurn();
    return store.read(
        Loaded.FOREVER,
        (open, generation) -> {
          Seals seals = Loaded.seals(masterKey, open, generation);
          if (!open.state().map(StoreState::id).equals(Optional.of(ready.store()))) {
            return new Loaded(seals, Directory.load(open, generation, seals), open.readers());
          }
          ready
              .directory()
              .refresh(open, changes.take(), (loader, cell) -> loader.read(cell, seals));
          return new Loaded(seals, ready.directory(), open.readers());
        });
  }

  @Override
  public void close() {
    following.close();
    bundles.removeServiceListener(listener);
    health.unregister();
    if (feed.getBundle() != null) {
      bundles.ungetService(feed);
    }
  }
}
