// SPDX-License-Identifier: Apache-2.0
package chat.server.session;

import chat.protocol.Interpreter;
import chat.protocol.Limits;

/**
 * What differs between kinds of clients.
 *
 * @param passwordMin fewest code points of a password that is registered
 * @param hurried whether a connection is closed where nobody logs in
 * @param single whether a log-in is refused while another device of the account is here
 * @param closingIsLeaving whether who closes the connection has left on purpose
 */
public record Manners(int passwordMin, boolean hurried, boolean single, boolean closingIsLeaving) {
  /** Of clients that speak our words themselves. */
  static final Manners DIRECT = new Manners(Limits.PASSWORD_MIN, true, false, false);

  /** Of clients of whom nobody knows yet what they speak, and who can't say anything. */
  static final Manners UNKNOWN = new Manners(Limits.PASSWORD_MIN, false, false, false);

  static Manners of(Interpreter interpreter) {
    return new Manners(interpreter.passwordMin(), false, true, true);
  }
}
