// SPDX-License-Identifier: Apache-2.0
package chat.prove.hostile;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Who comes from where: on loopback each of these is a place of its own. */
final class Addresses {
  /** The attacker. */
  static final InetAddress ATTACKER = loopback(0, 1);

  /** The normal people. */
  static final InetAddress PEOPLE = loopback(0, 2);

  /** Those whose messages are counted. */
  static final InetAddress WRITERS = loopback(0, 3);

  private Addresses() {}

  /** One of many that an attacker may have. */
  static InetAddress ofAttacker(int index) {
    return loopback(1, 1 + index % 200);
  }

  private static InetAddress loopback(int third, int fourth) {
    try {
      return InetAddress.getByAddress(new byte[] {127, 0, (byte) third, (byte) fourth});
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }
}
