// SPDX-License-Identifier: Apache-2.0
package chat.server.session;

import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * A service of a bundle that may be stopped at any time. Each call is made under a lease, and
 * {@link #withdraw} waits for the leases: a bundle that has stopped can't load the classes which a
 * call in progress still needs, and the call would fail halfway.
 *
 * <p><b>Threads.</b> May be used from any thread. A lease belongs to the thread that took it, which
 * may take another one meanwhile, and must not wait for anybody who may wait for {@link #withdraw}.
 */
final class Leased<S> implements AutoCloseable {
  private final String name;
  private final S service;
  private final ReentrantReadWriteLock leases = new ReentrantReadWriteLock();

  /** Guarded by {@code leases}. */
  private boolean withdrawn;

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

  /** Grants no lease any more, and returns when nobody has one. */
  void withdraw() {
    leases.writeLock().lock();
    try {
      withdrawn = true;
    } finally {
      leases.writeLock().unlock();
    }
  }
}
