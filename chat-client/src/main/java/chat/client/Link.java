// SPDX-License-Identifier: Apache-2.0
package chat.client;

import java.time.Instant;

/** The state of the connection, as it truly is. */
public sealed interface Link {

  /** Not connected, and not trying. */
  record Idle() implements Link {}

  /** Trying to reach the server. */
  record Connecting(String host, int port) implements Link {}

  /** The server shows a key that nobody vouched for yet; nothing was sent. */
  record Untrusted(String fingerprint) implements Link {}

  /** The server shows another key than the one pinned; nothing was sent. */
  record KeyChanged(String pinned, String shown) implements Link {}

  /**
   * Connected, by {@code TLS 1.3} or whatever {@code security} says, and ready to register or log
   * in; {@code registration} says if anybody may.
   */
  record Connected(String security, boolean registration) implements Link {}

  /** Logged in and entered: what is sent is delivered. */
  record Online(String security) implements Link {}

  /** The connection is lost; it is tried again at that time, by itself. */
  record Lost(String reason, Instant nextTry) implements Link {}
}
