// SPDX-License-Identifier: Apache-2.0
package chat.client.profile;

import java.util.Locale;

/**
 * Which server a token is for: only the one that gave it ever sees it.
 *
 * @param key the fingerprint of the key that it must show; empty where a certificate speaks for it
 */
public record ServerIdentity(String host, int port, String key) {
  private String address() {
    return host.toLowerCase(Locale.ROOT) + ":" + port;
  }

  /** How it is kept. */
  String text() {
    return address() + " " + key;
  }

  /**
   * Whether a server that was kept like this is another one, at another address with another key.
   */
  boolean isOtherThan(String kept) {
    return !kept.isEmpty()
        && !kept.startsWith(address() + " ")
        && (key.isEmpty() || !kept.endsWith(" " + key));
  }
}
