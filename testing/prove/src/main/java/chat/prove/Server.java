// SPDX-License-Identifier: Apache-2.0
package chat.prove;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A server on this machine, known by its data folder. */
public sealed interface Server permits ServerProcess, RunningServer {

  Path data();

  /** Where clients connect. */
  InetSocketAddress address();

  /** Says a word on the administrator's socket; gives the answer, its first line included. */
  default String ask(String... words) throws IOException {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(data().resolve("run/admin.sock")));
      for (String word : words) {
        channel.write(ByteBuffer.wrap((word + "\0").getBytes(StandardCharsets.UTF_8)));
      }
      channel.shutdownOutput();
      return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** The words about the first listener: listener, its name, address, fingerprint. */
  static String[] listener(Path data) throws IOException {
    return Files.readAllLines(data.resolve("run/server.info")).getFirst().split(" ", -1);
  }

  /** The address of the first listener, for a client on this machine. */
  static InetSocketAddress address(Path data) throws IOException {
    String address = listener(data)[2];
    int colon = address.lastIndexOf(':');
    String host = address.substring(0, colon).replaceAll("[\\[\\]]", "");
    boolean anywhere = host.equals("0.0.0.0") || host.equals("0:0:0:0:0:0:0:0");
    return new InetSocketAddress(
        anywhere ? "127.0.0.1" : host, Integer.parseInt(address.substring(colon + 1)));
  }
}
