// SPDX-License-Identifier: Apache-2.0
package chat.server.base;

import java.time.Duration;

/**
 * How long the server waits for what.
 *
 * @param logIn time from connecting to being logged in
 * @param drain time the journal gets to finish when the server leaves
 * @param noStore time without a store after which new commands are refused
 * @param read time a read waits for a store
 * @param away time without a connection after which somebody has left
 * @param presence between two words about who came and went
 * @param offer life of an offered file
 */
public record Timings(
    Duration logIn,
    Duration drain,
    Duration noStore,
    Duration read,
    Duration away,
    Duration presence,
    Duration offer) {
  public static Timings of(ServerConfig config) {
    return new Timings(
        Duration.ofSeconds(10),
        Duration.ofSeconds(4),
        Duration.ofSeconds(30),
        Duration.ofSeconds(5),
        Duration.ofSeconds(config.awaySeconds()),
        Duration.ofMillis(200),
        Duration.ofHours(24));
  }
}
