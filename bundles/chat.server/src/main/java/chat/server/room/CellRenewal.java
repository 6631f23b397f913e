// SPDX-License-Identifier: Apache-2.0
package chat.server.room;

import chat.server.base.CellKind;
import chat.server.base.Cells;
import chat.server.base.KeyRing;
import chat.server.base.MasterKey;
import chat.server.base.SealException;
import chat.server.base.Seals;
import chat.server.store.StoreAccess;
import chat.storage.Cell;
import chat.storage.CellKey;
import chat.storage.Change;
import chat.storage.ChatStore;
import chat.storage.Outcome;
import chat.storage.StorageException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals every cell anew while people chat: those of an earlier build once, and all of them after a
 * change of the master key.
 *
 * <p>It goes from cell to cell, and each is written again under the condition that nobody else has
 * written it since. When a whole pass finds nothing to do, the ring says so, and what is not sealed
 * under a data key of the ring's floor or a later one is refused from then on. After a crash or a
 * swap a pass begins anew and finds what is done.
 *
 * <p><b>Threads.</b> One of its own for the passes; {@link #rekey} is called by operators, and
 * figures are read by anybody.
 */
public final class CellRenewal implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CellRenewal.class);

  /** What was sealed in the form of before has been handed to the journal by then. */
  private static final long GRACE_MILLIS = 1_000;

  private static final long AGAIN_MILLIS = 5_000;

  private final StoreAccess access;
  private final Directory directory;
  private final Seals seals;
  private final EntryStamps stamps;
  private final MasterKey master;
  private @Nullable Thread thread;
  private boolean closed;
  private volatile long done;
  private volatile long planned;

  public CellRenewal(
      StoreAccess access, Directory directory, Seals seals, EntryStamps stamps, MasterKey master) {
    this.access = access;
    this.directory = directory;
    this.seals = seals;
    this.stamps = stamps;
    this.master = master;
  }

  /** How many cells were looked at in this pass. */
  public long done() {
    return done;
  }

  /** How many there were when it began. */
  public long planned() {
    return planned;
  }

  /** Begins, or goes on with, what is still to be sealed anew. */
  public synchronized void startSoon() {
    if (thread == null && !closed) {
      thread = Thread.ofPlatform().name("chat-renewal").daemon().start(this::runUntilDone);
    }
  }

  private synchronized void ended() {
    thread = null;
  }

  private void runUntilDone() {
    try {
      while (true) {
        try {
          run();
          return;
        } catch (StorageException e) {
          LOG.warn("Cells are sealed anew a little later: {}", e.getMessage());
          Thread.sleep(AGAIN_MILLIS);
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("The rest is sealed anew after the next start");
    } catch (RuntimeException e) {
      LOG.error("Cells can't be sealed anew", e);
    } finally {
      ended();
    }
  }

  /** Seals everything anew that is not yet, and returns when nothing else is accepted any more. */
  void run() throws StorageException, InterruptedException {
    KeyRing ring = seals.ring();
    if (!ring.isSealed() && !ring.isRenewing()) {
      LOG.info("The cells of an earlier build are being sealed");
      commit(ring::renewed);
    }
    while (ring.isRenewing()) {
      int target = ring.target();
      Thread.sleep(GRACE_MILLIS);
      access.settle(Change.write(List.of(), new Change.CellWrite(Cells.PROBE, new byte[0])));
      if (!ring.isStamped()) {
        planned = 0;
        done = 0;
        stamps.stampAll(more -> done += more);
        stampEmptyRooms();
      }
      int rewritten = pass();
      if (rewritten == 0 && ring.target() == target) {
        commit(() -> ring.settled(target));
        LOG.info("All cells are sealed under data key {} or a later one", target);
      }
    }
    mark();
  }

  /**
   * A room in which nothing was said yet has its cell, too: the lack of one is a sign of a theft.
   */
  private void stampEmptyRooms() throws StorageException {
    for (Room room : directory.rooms().all()) {
      CellKey key = Cells.stamps(room.id());
      if (access.read((store, generation) -> store.cell(key)).isEmpty()) {
        access.settle(
            Change.write(
                List.of(new Change.CellVersion(key, 0)), EntryStamps.ofNewRoom(seals, room.id())));
        stamps.reload(room.id());
      }
    }
  }

  /** Says beside the store that nothing unsealed is accepted of it. */
  private void mark() throws StorageException {
    UUID id = access.read((store, generation) -> store.state().orElseThrow().id());
    try {
      master.sealed(id);
    } catch (IOException e) {
      throw new StorageException.Unavailable("the mark of the sealed store: " + e.getMessage(), e);
    }
  }

  private void commit(Supplier<KeyRing.Renewal> renewal) throws StorageException {
    while (true) {
      KeyRing.Renewal next = renewal.get();
      Outcome outcome = access.await(access.commit(next.change(), committed -> next.committed()));
      if (outcome instanceof Outcome.Committed) {
        return;
      }
    }
  }

  /** How many cells were sealed anew, or were written by somebody else in the same moment. */
  private int pass() throws StorageException, InterruptedException {
    planned = access.read((store, generation) -> count(store));
    done = 0;
    int rewritten = 0;
    CellKey after = new CellKey("", "");
    while (true) {
      CellKey from = after;
      List<Cell> page = access.read((store, generation) -> store.cells(from, ChatStore.MAX_ROWS));
      if (page.isEmpty()) {
        return rewritten;
      }
      rewritten += renew(page);
      done += page.size();
      after = page.getLast().key();
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
  }

  private static long count(ChatStore store) throws StorageException {
    long count = 0;
    for (CellKind kind : CellKind.values()) {
      count += store.count(kind.space());
    }
    return count;
  }

  private int renew(List<Cell> page) throws StorageException {
    List<CompletableFuture<Outcome>> submitted = new ArrayList<>();
    for (Cell cell : page) {
      if (seals.isDue(cell)) {
        try {
          submitted.add(renew(cell, seals.openCell(cell)));
        } catch (SealException e) {
          seals.integrity().leftOut(cell.key().space() + " " + cell.key().key(), e);
        }
      }
    }
    for (CompletableFuture<Outcome> each : submitted) {
      access.await(each);
    }
    return submitted.size();
  }

  private CompletableFuture<Outcome> renew(Cell cell, byte[] clear) {
    return access.commit(
        Change.write(
            List.of(new Change.CellVersion(cell.key(), cell.version())),
            seals.write(cell.key(), clear)),
        committed -> {
          directory.rewritten(cell.key(), cell.version() + 1);
          stamps.rewritten(cell.key(), cell.version() + 1);
        });
  }

  /**
   * Puts another master key in the place of the one that is good, and begins to seal everything
   * anew.
   */
  public synchronized void rekey() throws StorageException, IOException {
    if (seals.ring().isRenewing() || !seals.ring().isSealed()) {
      throw new StorageException.Unavailable(
          "cells are being sealed anew already; wait until status does not say so any more");
    }
    SecretKey fresh = master.begin();
    while (true) {
      KeyRing.Renewal next = seals.ring().renewed(fresh);
      Outcome outcome =
          access.await(
              access.commit(
                  next.change(),
                  committed -> {
                    next.committed();
                    complete(fresh);
                  }));
      if (outcome instanceof Outcome.Committed) {
        break;
      }
    }
    startSoon();
  }

  /** On the journal's thread: whatever becomes of who waits, store and key file agree. */
  private void complete(SecretKey fresh) {
    try {
      master.complete(fresh);
      LOG.info("The master key is another one");
    } catch (IOException e) {
      LOG.error("The new master key stays in master.key.next until the next start", e);
    }
  }

  @Override
  public void close() {
    Thread running;
    synchronized (this) {
      closed = true;
      running = thread;
    }
    if (running != null) {
      running.interrupt();
      try {
        running.join(1_000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
