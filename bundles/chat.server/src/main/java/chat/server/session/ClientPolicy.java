// SPDX-License-Identifier: Apache-2.0
package chat.server.session;

import chat.protocol.Limits;
import chat.protocol.ProtocolAdapter;

/**
 * What differs between kinds of clients.
 *
 * @param passwordMin fewest code points of a password that is registered
 * @param loginTimeLimit whether a connection is closed where nobody logs in
 * @param singleSession whether a log-in is refused while another device of the account is here
 * @param logoutOnClose whether who closes the connection has left on purpose
 * @param sharedAddress whether many may come from one address, as through a tunnel
 */
public record ClientPolicy(
    int passwordMin,
    boolean loginTimeLimit,
    boolean singleSession,
    boolean logoutOnClose,
    boolean sharedAddress) {
  /** Of clients that speak our words themselves. */
  static final ClientPolicy DIRECT =
      new ClientPolicy(Limits.PASSWORD_MIN, true, false, false, false);

  /** Of clients of whom nobody knows yet what they speak, and who can't say anything. */
  static final ClientPolicy UNKNOWN =
      new ClientPolicy(Limits.PASSWORD_MIN, false, false, false, false);

  static ClientPolicy of(ProtocolAdapter adapter) {
    return new ClientPolicy(adapter.passwordMin(), false, true, true, true);
  }
}
