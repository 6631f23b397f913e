// SPDX-License-Identifier: Apache-2.0
package chat.server.session;

import chat.connection.Connection;
import chat.protocol.Limits;
import chat.server.store.Journal;
import chat.server.store.Readers;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * Whether another command of a client may be taken: while the journal has room, fewer than {@link
 * Limits#outstanding} commands are unanswered, nobody holds it, the lane to the disk is not full
 * and the client takes what it is sent. Else the connection's reads pause, and go on as soon as
 * that has changed.
 *
 * <p><b>Threads.</b> May be used from any thread; takes no lock.
 */
final class ReadGate {
  private final Connection connection;
  private final Journal journal;
  private final Readers.Lane lane;
  private final int limit;
  private final BooleanSupplier understands;
  private final AtomicInteger outstanding = new AtomicInteger();
  private final AtomicInteger holders = new AtomicInteger();
  private volatile boolean paused;

  /**
   * @param limit the most commands without an answer
   * @param understands whether the session and its client's words are there
   */
  ReadGate(
      Connection connection,
      Journal journal,
      Readers.Lane lane,
      int limit,
      BooleanSupplier understands) {
    this.connection = connection;
    this.journal = journal;
    this.lane = lane;
    this.limit = limit;
    this.understands = understands;
  }

  /** A command was taken. */
  void taken() {
    outstanding.incrementAndGet();
  }

  /** So many commands were answered, or need no answer any more. */
  void answered(int count) {
    outstanding.addAndGet(-count);
  }

  /** What was taken last is looked at before anything behind it is taken. */
  void hold() {
    holders.incrementAndGet();
  }

  /** It was looked at. */
  void release() {
    holders.decrementAndGet();
    resume();
  }

  boolean isOpen() {
    return understands.getAsBoolean()
        && holders.get() == 0
        && journal.hasRoom()
        && outstanding.get() < limit
        && lane.hasRoom()
        && connection.writable();
  }

  /** Takes no bytes until it is open again. */
  void pause() {
    paused = true;
    connection.pauseReads();
    resume();
  }

  /** Goes on reading if it was paused and need not be any more. */
  void resume() {
    if (paused) {
      offerAgain();
    }
  }

  /** Offers bytes again that nobody took, if any can be taken now. */
  void offerAgain() {
    if (isOpen()) {
      paused = false;
      connection.resumeReads();
    }
  }
}
