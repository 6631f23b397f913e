// SPDX-License-Identifier: Apache-2.0
package chat.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * The least that a fan-out costs in Java: one thread, one selector; what arrives on any socket goes
 * to every socket, in one write a round. No frames, no order between senders, nothing stored.
 */
public final class NioFanOut {
  private static final int BUFFER = 1 << 20;

  private NioFanOut() {}

  private record Member(SocketChannel channel, ByteBuffer pending) {}

  public static void main(String[] arguments) throws IOException {
    Selector selector = Selector.open();
    ServerSocketChannel server = ServerSocketChannel.open();
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    server.configureBlocking(false);
    server.register(selector, SelectionKey.OP_ACCEPT);
    System.out.println(server.socket().getLocalPort());
    List<Member> members = new ArrayList<>();
    ByteBuffer round = ByteBuffer.allocateDirect(BUFFER);
    while (true) {
      selector.select();
      round.clear();
      for (SelectionKey key : selector.selectedKeys()) {
        if (key.isAcceptable()) {
          members.add(accept(server, selector));
        } else if (key.isReadable() && round.remaining() > BUFFER / 2) {
          if (((SocketChannel) key.channel()).read(round) < 0) {
            return;
          }
        }
      }
      selector.selectedKeys().clear();
      round.flip();
      for (Member member : members) {
        member.pending().put(round.duplicate()).flip();
        member.channel().write(member.pending());
        member.pending().compact();
      }
    }
  }

  private static Member accept(ServerSocketChannel server, Selector selector) throws IOException {
    SocketChannel channel = server.accept();
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.register(selector, SelectionKey.OP_READ);
    return new Member(channel, ByteBuffer.allocateDirect(4 * BUFFER));
  }
}
