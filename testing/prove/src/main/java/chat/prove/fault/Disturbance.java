// SPDX-License-Identifier: Apache-2.0
package chat.prove.fault;

/**
 * Something that was done to the server.
 *
 * @param start nanoseconds, as the following
 * @param end when it was done
 * @param back from the start until everybody whose connection it broke was back; 0 if it broke none
 * @param problem empty if it went well
 */
public record Disturbance(Kind kind, long start, long end, long back, String problem) {

  public long took() {
    return end - start;
  }
}
