// SPDX-License-Identifier: Apache-2.0
package chat.server.copy;

import chat.operations.CopyState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/** How far a copy is, for the operator. One thread counts, any thread asks. */
final class CopyProgress {
  private volatile String phase = "beginning";
  private volatile long entries;
  private volatile long entriesInAll;
  private volatile long bytes;
  private volatile long bytesInAll;
  private volatile long cells;
  private volatile long since = System.nanoTime();
  private volatile boolean cancelled;

  void phase(String now) {
    phase = now;
  }

  /** What has to be copied, as far as it is known when it begins. */
  void plan(long entriesToCopy, long bytesToCopy) {
    entriesInAll = entriesToCopy;
    bytesInAll = bytesToCopy;
    since = System.nanoTime();
  }

  void entries(int more) {
    entries = entries + more;
  }

  void cells(int more) {
    cells = cells + more;
  }

  void bytes(long more) {
    bytes = bytes + more;
  }

  void cancel() {
    cancelled = true;
  }

  boolean isCancelled() {
    return cancelled;
  }

  long entriesPlanned() {
    return entriesInAll;
  }

  long fileBytesPlanned() {
    return bytesInAll;
  }

  /** How far it is by now. */
  CopyState.Progress now() {
    return new CopyState.Progress(
        phase,
        entries,
        Math.max(entries, entriesInAll),
        bytes,
        Math.max(bytes, bytesInAll),
        Duration.ofNanos(Math.max(1, System.nanoTime() - since)));
  }

  /** What was copied into a file. */
  CopyState.Copied copied() {
    return copied(OptionalInt.empty(), Optional.empty(), Optional.empty());
  }

  CopyState.Copied copied(
      OptionalInt equalStreams, Optional<Duration> pause, Optional<Instant> backupTime) {
    return new CopyState.Copied(entries, cells, bytes, equalStreams, pause, backupTime);
  }
}
