// SPDX-License-Identifier: Apache-2.0
package chat.storage;

/**
 * The ends of a stream.
 *
 * @param first the lowest number it has; 1 unless older entries were dropped
 * @param head the highest number; 0 if the stream is empty
 * @param digest over the envelopes of 1 to head
 */
public record StreamState(long first, long head, Digest digest) {
  /** A stream with nothing in it. */
  public static final StreamState EMPTY = new StreamState(1, 0, Digest.ZERO);
}
