// SPDX-License-Identifier: Apache-2.0
package chat.connection.netty;

import java.util.concurrent.TimeUnit;

/**
 * How frames leave to clients that take each read for one frame: one write each, at least so long
 * after the last one; a frame of another length than the usual stands quite alone.
 *
 * @param frame bytes of a usual frame; 0 if frames may leave as they come
 * @param gapMillis between two usual frames
 */
record Pacing(int frame, int gapMillis) {
  /** Frames leave as they come. */
  static final Pacing NONE = new Pacing(0, 0);

  /** Before and after a frame of another length. */
  private static final long ALONE_MILLIS = 100;

  boolean isOn() {
    return frame > 0;
  }

  /**
   * Nanoseconds between two frames of these lengths; a last length of 0 means that there was none,
   * or that it is not known.
   */
  long gapNanos(int last, int next) {
    boolean usual = last == frame && next == frame;
    return TimeUnit.MILLISECONDS.toNanos(usual ? gapMillis : ALONE_MILLIS);
  }
}
