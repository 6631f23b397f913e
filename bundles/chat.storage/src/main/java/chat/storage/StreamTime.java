// SPDX-License-Identifier: Apache-2.0
package chat.storage;

/**
 * The times of a stream's entries. A clock that is set back a little does not make time run back
 * within a stream. A clock that was wrong once by more than {@link #LEAD_MILLIS} does not freeze
 * the times that follow either: they are the clock's again.
 */
public final class StreamTime {
  /** How far the last entry's time may be ahead of the clock, in milliseconds. */
  public static final long LEAD_MILLIS = 60_000;

  private StreamTime() {}

  /**
   * The time of the next entry, in UTC milliseconds.
   *
   * @param now by the clock
   * @param last of the entry before; any past time if there is none
   */
  public static long next(long now, long last) {
    return last - now > LEAD_MILLIS ? now : Math.max(now, last);
  }
}
