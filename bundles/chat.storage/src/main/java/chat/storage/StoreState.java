// SPDX-License-Identifier: Apache-2.0
package chat.storage;

import java.util.UUID;

/**
 * Who a store is, kept in its own data.
 *
 * @param id given when the store was first activated or received, never changed
 * @param generation counts the activations along the chain of stores; 0 before the first
 * @param mode whether it may be written
 */
public record StoreState(UUID id, long generation, Mode mode) {

  /** Whether a store may be written. */
  public sealed interface Mode {}

  /** The store takes commits of its generation. */
  public record Active() implements Mode {}

  /** The store was followed by another one and is read-only until it receives what it missed. */
  public record Retired(Successor successor) implements Mode {}

  /** The store is a copy in the making, which may lack anything. */
  public record Copying(UUID source) implements Mode {}

  /** The store that took over. */
  public record Successor(UUID id, long generation) {}
}
