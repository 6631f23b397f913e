// SPDX-License-Identifier: Apache-2.0
package chat.protocol;

/** What a wire format found at the front of a buffer. */
public sealed interface Decoded<M> {

  /** Not a whole frame yet; the buffer's position has not moved. */
  record Incomplete<M>() implements Decoded<M> {}

  /** A whole message; a correlation of 0 belongs to an event. */
  record Message<M>(int correlation, M message) implements Decoded<M> {}

  /** A sign of life. */
  record Idle<M>() implements Decoded<M> {}

  /** A whole frame of a type that this format does not know; the connection goes on. */
  record Unknown<M>(int correlation, int type) implements Decoded<M> {}

  /** A whole frame whose body is not what its type says; the connection goes on. */
  record Malformed<M>(int correlation, String why) implements Decoded<M> {}

  /** A whole frame with more in it than {@link Max} allows; the connection goes on. */
  record TooLarge<M>(int correlation, String why) implements Decoded<M> {}

  /** It can't be told where the next frame begins: the connection is to be closed. */
  record Broken<M>(Problem problem, String why) implements Decoded<M> {}
}
