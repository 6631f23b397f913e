// SPDX-License-Identifier: Apache-2.0
package chat.operations;

import java.util.UUID;

/**
 * A store that is there.
 *
 * @param name chooses it, in the configuration and in a migration
 * @param description for people: where its data is
 */
public record StoreInfo(String name, String engine, Mode mode, String description) {

  /** What a store is. */
  public sealed interface Mode {}

  /** The one that is in use. */
  public record Active() implements Mode {}

  /** It has been in use, and could be again. */
  public record Standby(long generation) implements Mode {}

  /** Another one took over from it. */
  public record Retired(UUID successor) implements Mode {}

  /** A copy that was not brought to its end. */
  public record UnfinishedCopy(UUID source) implements Mode {}

  /** It holds nothing. */
  public record Empty() implements Mode {}

  /** It can't be read. */
  public record Unreadable(String why) implements Mode {}
}
