// SPDX-License-Identifier: Apache-2.0
package chat.bench;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** A member's connection, of which frames are told apart by length and type and never decoded. */
final class Line implements AutoCloseable {
  private static final int LENGTH = 4;

  private final SocketChannel channel;
  private byte[] rest;

  /** Goes on with a connection that is logged in. */
  Line(Peer peer, Selector selector) throws IOException {
    channel = peer.channel();
    rest = new byte[peer.unread().remaining()];
    peer.unread().get(rest);
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_READ, this);
  }

  /** Hears of a whole frame. */
  interface Frames {
    void frame(Line from, ByteBuffer bytes, int start, int end) throws IOException;
  }

  /** Reads what is there. */
  void read(ByteBuffer buffer, Frames frames) throws IOException {
    buffer.clear().put(rest);
    if (channel.read(buffer) < 0) {
      throw new EOFException("the server has closed a connection");
    }
    buffer.flip();
    int start = 0;
    while (buffer.limit() - start >= LENGTH) {
      int end = start + LENGTH + buffer.getInt(start);
      if (end > buffer.limit()) {
        break;
      }
      frames.frame(this, buffer, start, end);
      start = end;
    }
    rest = new byte[buffer.limit() - start];
    buffer.get(start, rest);
  }

  void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
