// SPDX-License-Identifier: Apache-2.0
package chat.protocol;

/** What an {@link Interpreter} wants done, in the order in which it says so. */
public sealed interface Step {

  /**
   * Carry out a command of the client; its reply comes back with this correlation.
   *
   * @param correlation unique for the life of the connection, ascending
   */
  record Ask(int correlation, Command command) implements Step {}

  /** Send the client one whole frame. */
  record Send(byte[] frame) implements Step {}

  /** Call {@link Interpreter#woken} when this time is over. */
  record WakeAfter(long millis) implements Step {}

  /**
   * The client said something that could not be understood; for the log.
   *
   * @param why never holds what people wrote
   */
  record Complain(String why) implements Step {}

  /** Close the connection after what was sent. */
  record Close() implements Step {}
}
