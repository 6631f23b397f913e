// SPDX-License-Identifier: Apache-2.0
package chat.connection.netty;

import java.time.Duration;

/**
 * How long a connection waits for what.
 *
 * @param idleAfter silence of ours after which the idle frame is sent
 * @param deadAfter silence of the peer after which the connection is given up
 * @param stuckAfter time without becoming writable after which the connection is given up
 * @param lastWords time for what is queued when a connection is closed
 * @param leaving time the handler gets to tell its peers that all sockets will close
 */
record Timings(
    Duration idleAfter,
    Duration deadAfter,
    Duration stuckAfter,
    Duration lastWords,
    Duration leaving) {
  static final Timings DEFAULT =
      new Timings(
          Duration.ofSeconds(15),
          Duration.ofSeconds(44),
          Duration.ofSeconds(60),
          Duration.ofSeconds(2),
          Duration.ofMillis(500));
}
