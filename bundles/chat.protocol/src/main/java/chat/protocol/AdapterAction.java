// SPDX-License-Identifier: Apache-2.0
package chat.protocol;

/** What a {@link ProtocolAdapter} asks the server to do; carried out in order. */
public sealed interface AdapterAction {

  /**
   * Carry out a command of the client; its reply comes back with this correlation.
   *
   * @param correlation unique for the life of the connection, ascending
   */
  record RunCommand(int correlation, Command command) implements AdapterAction {}

  /** Send the client one whole frame. */
  record Send(byte[] frame) implements AdapterAction {}

  /** Call {@link ProtocolAdapter#onTimer} when this time is over. */
  record StartTimer(long millis) implements AdapterAction {}

  /**
   * The client said something that could not be understood; for the log.
   *
   * @param why never holds what people wrote
   */
  record ReportError(String why) implements AdapterAction {}

  /** Close the connection after what was sent. */
  record Close() implements AdapterAction {}
}
