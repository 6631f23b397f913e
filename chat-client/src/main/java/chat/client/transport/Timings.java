// SPDX-License-Identifier: Apache-2.0
package chat.client.transport;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * Time and chance, so that tests need not wait for them.
 *
 * @param connect for reaching the server and agreeing on keys
 * @param idle silence of ours after which the idle frame is sent
 * @param dead silence of the server after which the connection is given up
 * @param answer after which a command without an answer is given up; what must arrive is repeated
 * @param save between two writes of cursors
 * @param first and {@code most} of the time between two tries
 * @param steady time online after which the next tries begin quickly again
 */
public record Timings(
    InstantSource clock,
    RandomGenerator random,
    Duration connect,
    Duration idle,
    Duration dead,
    Duration answer,
    Duration save,
    Duration first,
    Duration most,
    Duration steady) {

  public static Timings standard() {
    return new Timings(
        InstantSource.system(),
        new SecureRandom(),
        Duration.ofSeconds(10),
        Duration.ofSeconds(15),
        Duration.ofSeconds(45),
        Duration.ofSeconds(90),
        Duration.ofSeconds(1),
        Duration.ofMillis(500),
        Duration.ofSeconds(30),
        Duration.ofSeconds(10));
  }
}
