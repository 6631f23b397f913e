// SPDX-License-Identifier: Apache-2.0
package chat.storage.postgresql;

import chat.storage.Change;
import chat.storage.Outcome;
import chat.storage.Part;
import chat.storage.StorageException;
import chat.storage.StorageException.Fenced;
import chat.storage.StoreState.Successor;
import chat.storage.support.WriterCache;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one connection that writes, used under this object's monitor.
 *
 * <p>After any failure the connection is thrown away and the next call opens another one: what was
 * left of a transaction goes with it, and so does the sign of {@link Occupancy}, which an object
 * that was fenced must not leave behind. A failure before COMMIT means that nothing was applied;
 * one of COMMIT itself leaves that open.
 */
final class Writer {
  private static final Logger LOG = LoggerFactory.getLogger(Writer.class);

  private final Database database;
  private final InstantSource clock;
  private final AtomicBoolean erased = new AtomicBoolean();
  private final WriterCache<Rows.Head> cache = new WriterCache<>();
  private @Nullable Link link;
  private boolean signed;
  private volatile Role role = new Role.Onlooker();

  Writer(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  Role role() {
    return role;
  }

  /** Set when bytes were erased that may still stand in the pages of a table. */
  AtomicBoolean erased() {
    return erased;
  }

  /** What is done before COMMIT. */
  @FunctionalInterface
  private interface Work<T> {
    T on(Link link) throws SQLException, StorageException;
  }

  synchronized void activate(UUID id, long generation) throws StorageException {
    cache.clear();
    transaction(on -> {
      Occupancy occupancy = new Occupancy(on, database);
      occupancy.lockActivation();
      // Before any row is locked: whoever works here must not be held up.
      occupancy.awaitNobodyElse();
      Schema.upgrade(on, database);
      new Identity(on).activate(id, generation);
      sign(on);
      return generation;
    });
    role = new Role.Writer(generation);
    erased.set(true);
  }

  private void sign(Link on) throws SQLException {
    if (!signed) {
      new Occupancy(on, database).putUpSign();
      signed = true;
    }
  }

  synchronized void retire(Successor successor) throws StorageException {
    transaction(on -> {
      if (Schema.version(on, database) == 0) {
        throw new Fenced("this store was never active");
      }
      new Identity(on).retire(successor, role.generation());
      return successor;
    });
  }

  synchronized void receive(UUID id, UUID source) throws StorageException {
    transaction(on -> {
      new Occupancy(on, database).lockActivation();
      Schema.upgrade(on, database);
      new Identity(on).receive(id, source);
      return source;
    });
    role = new Role.Receiver();
  }

  synchronized List<Outcome> commit(long claimed, List<Change> changes) throws StorageException {
    if (claimed == 0 || role.generation() != claimed) {
      throw new Fenced("this store object is not active in generation " + claimed);
    }
    return transaction(on -> {
      new Identity(on).checkActive(claimed);
      sign(on);
      WorkingSet set = new WorkingSet(on, cache);
      Batch batch = new Batch(set, clock.millis());
      batch.load(changes);
      List<Outcome> outcomes = batch.apply(changes);
      write(set);
      set.remember(); // until this fails
      return outcomes;
    });
  }

  synchronized void restore(Part part) throws StorageException {
    if (!(role instanceof Role.Receiver)) {
      throw new Fenced("this store object does not receive a copy");
    }
    transaction(on -> {
      new Identity(on).checkReceives();
      WorkingSet set = new WorkingSet(on, new WriterCache<>());
      new Restoration(set).take(part);
      write(set);
      return part;
    });
  }

  private void write(WorkingSet set) throws SQLException {
    if (set.write()) {
      erased.set(true);
    }
  }

  private <T> T transaction(Work<T> work) throws StorageException {
    boolean usable = false;
    try {
      Link on = link();
      T answer = work.on(on);
      commit(on);
      usable = true;
      return answer;
    } catch (SQLException e) {
      throw Failures.of(e, database);
    } finally {
      if (!usable) {
        close();
      }
    }
  }

  private void commit(Link on) throws StorageException {
    try {
      on.connection().commit();
    } catch (SQLException e) {
      throw Failures.ofCommit(e, database);
    }
  }

  private Link link() throws SQLException {
    Link open = link;
    if (open == null) {
      open = database.writer();
      link = open;
    }
    return open;
  }

  synchronized void close() {
    signed = false;
    cache.clear();
    if (link != null) {
      try {
        link.close();
      } catch (SQLException e) {
        LOG.debug("closing a connection to {}", database, e);
      }
      link = null;
    }
  }
}
