// SPDX-License-Identifier: Apache-2.0
package chat.server.base;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Where connections come from, as far as limits go: an IPv4 address, or an IPv6 /64, which is what
 * one customer of a provider has.
 */
public record NetworkAddress(String text) {
  /** The address of a connection's other end. */
  public static NetworkAddress of(SocketAddress peer) {
    if (!(peer instanceof InetSocketAddress inet) || inet.getAddress() == null) {
      return new NetworkAddress(peer.toString());
    }
    InetAddress address = inet.getAddress();
    return new NetworkAddress(
        address instanceof Inet6Address
            ? HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), 8)) + "/64"
            : address.getHostAddress());
  }
}
