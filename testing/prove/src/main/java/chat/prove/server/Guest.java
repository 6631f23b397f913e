// SPDX-License-Identifier: Apache-2.0
package chat.prove.server;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * How clients come to a server.
 *
 * @param from the address they come from; null for any
 * @param invitation with which they make accounts; empty where none is needed
 */
public record Guest(@Nullable InetAddress from, String invitation) {
  /** From anywhere, where anybody may register. */
  static final Guest ANYBODY = new Guest(null, "");
}
