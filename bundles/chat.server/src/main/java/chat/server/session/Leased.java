// SPDX-License-Identifier: Apache-2.0
package chat.server.session;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A service of a bundle that may be stopped at any time. Each call is made under a lease, and
 * {@link #withdraw} waits for the leases: a bundle that has stopped can't load the classes which a
 * call in progress still needs, and the call would fail halfway.
 *
 * <p><b>Threads.</b> May be used from any thread. A lease belongs to the thread that took it, which
 * may take another one meanwhile. While it has one it takes no lock of a session, a protocol or a
 * feed: others ask for a lease with these locks, and wait while {@link #withdraw} waits.
 */
final class Leased<S> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Leased.class);
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  private final String name;
  private final S service;
  private final ReentrantReadWriteLock leases = new ReentrantReadWriteLock();

  private volatile boolean withdrawn;

  Leased(String name, S service) {
    this.name = name;
    this.service = service;
  }

  String name() {
    return name;
  }

  /** The service, for whoever has a lease. */
  S service() {
    return service;
  }

  boolean isOf(S other) {
    return service == other;
  }

  /** Takes a lease, to be closed by the same thread; null once the service is withdrawn. */
  @Nullable Leased<S> lease() {
    leases.readLock().lock();
    if (!withdrawn) {
      return this;
    }
    leases.readLock().unlock();
    return null;
  }

  /** Ends the lease. */
  @Override
  public void close() {
    leases.readLock().unlock();
  }

  /**
   * Grants no lease any more, and returns when nobody has one; after {@link #PATIENCE} in any case,
   * since the framework does not wait longer for a service that is unbound.
   */
  void withdraw() {
    boolean unused = false;
    try {
      unused = leases.writeLock().tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    withdrawn = true;
    if (unused) {
      leases.writeLock().unlock();
    } else {
      LOG.error("{} goes although a call of it has not ended", name);
    }
  }
}
