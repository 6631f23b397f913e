// SPDX-License-Identifier: Apache-2.0
package chat.server.copy;

import java.time.Duration;

/** How far a copy is, for the operator. One thread counts, any thread asks. */
final class CopyProgress {
  private static final long MEGABYTE = 1 << 20;

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

  /** What is to be copied. */
  String planned() {
    return "%,d messages and events, %,d MB of files to copy"
        .formatted(entriesInAll, bytesInAll / MEGABYTE);
  }

  /** What was copied. */
  String copied() {
    return "%,d messages and events, %,d cells, %,d MB of files"
        .formatted(entries, cells, bytes / MEGABYTE);
  }

  /** One line: what is being done, how much of it, how fast, and how long it may still take. */
  String line() {
    long nanos = Math.max(1, System.nanoTime() - since);
    double seconds = nanos / 1e9;
    double rate = entries / seconds;
    double megabytes = bytes / seconds / MEGABYTE;
    return "%s: %,d of %,d messages and events (%,.0f/s), %,d of %,d MB of files (%,.1f MB/s), %s"
        .formatted(
            phase,
            entries,
            Math.max(entries, entriesInAll),
            rate,
            bytes / MEGABYTE,
            Math.max(bytes, bytesInAll) / MEGABYTE,
            megabytes,
            left(rate, bytes / seconds));
  }

  private String left(double entriesASecond, double bytesASecond) {
    double seconds = 0;
    if (entriesInAll > entries) {
      seconds += entriesASecond > 0 ? (entriesInAll - entries) / entriesASecond : Double.NaN;
    }
    if (bytesInAll > bytes) {
      seconds += bytesASecond > 0 ? (bytesInAll - bytes) / bytesASecond : Double.NaN;
    }
    if (Double.isNaN(seconds)) {
      return "time left not known yet";
    }
    Duration left = Duration.ofSeconds(Math.round(seconds));
    return left.isZero()
        ? "almost done"
        : "about %d:%02d left".formatted(left.toMinutes(), left.toSecondsPart());
  }
}
