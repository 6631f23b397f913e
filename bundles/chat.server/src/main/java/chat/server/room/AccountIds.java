// SPDX-License-Identifier: Apache-2.0
package chat.server.room;

import chat.server.base.CellKind;
import chat.server.base.Cells;
import chat.server.base.Seals;
import chat.server.room.Room.Versioned;
import chat.server.store.CellLoader;
import chat.storage.Change.CellVersion;
import chat.storage.Change.CellWrite;
import chat.storage.Change.Condition;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The ids that accounts got. An id is never used again, since much that an account leaves behind
 * names it by its id: entries, reactions, rooms of two.
 *
 * <p>The accounts that are there tell the highest id that was given, unless that one was deleted.
 * So each deletion writes the highest id into a cell. A store of an earlier build has no such cell;
 * there new ids begin far behind those that are known, and the first registration writes the cell.
 *
 * <p><b>Threads.</b> Any; the journal's alone tells of a cell that was written.
 */
public final class AccountIds {
  /** More accounts than were deleted, one behind the other, before there was the cell. */
  static final long GAP = 100_000;

  private final AtomicLong last = new AtomicLong();
  private volatile Versioned<Long> cell = new Versioned<>(0L, 0);
  private boolean uncertain;

  /** The cell of a store in which nobody is yet. */
  static CellWrite ofNewStore(Seals seals) {
    return seals.write(Cells.HIGHEST_ACCOUNT, Cells.bytes(0));
  }

  CellLoader loader() {
    return new CellLoader(
        CellKind.HIGHEST,
        (read, clear) -> read(new Versioned<>(Cells.number(clear), read.version())),
        leftOut -> leftOut(leftOut.version()),
        key -> {});
  }

  private synchronized void read(Versioned<Long> found) {
    cell = found;
    uncertain = false;
    given(found.value());
  }

  private synchronized void leftOut(long version) {
    cell = new Versioned<>(0L, version);
    uncertain = true;
  }

  /** All that the store has was read. */
  synchronized void loaded() {
    uncertain |= cell.version() == 0 && last.get() > 0;
  }

  void given(long id) {
    last.accumulateAndGet(id, Math::max);
  }

  /** An id that was never given to anybody. */
  public long next() {
    leaveGap();
    return last.incrementAndGet();
  }

  private synchronized void leaveGap() {
    if (uncertain) {
      uncertain = false;
      last.addAndGet(GAP);
    }
  }

  /** That the highest id is kept, as a part of a change. */
  public Keeping keeping(Seals seals) {
    leaveGap();
    Versioned<Long> before = cell;
    long highest = last.get();
    return new Keeping(
        new CellVersion(Cells.HIGHEST_ACCOUNT, before.version()),
        seals.write(Cells.HIGHEST_ACCOUNT, Cells.bytes(highest)),
        () -> cell = new Versioned<>(highest, before.version() + 1));
  }

  /** Whether the store has the cell. */
  public boolean isKept() {
    return cell.version() > 0;
  }

  void rewritten(long version) {
    cell = new Versioned<>(cell.value(), version);
  }

  /**
   * What keeps the highest id.
   *
   * @param applied is run on the journal's thread when it is on disk
   */
  public record Keeping(Condition condition, CellWrite cell, Runnable applied) {}
}
