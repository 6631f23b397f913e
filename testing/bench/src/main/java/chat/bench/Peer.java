// SPDX-License-Identifier: Apache-2.0
package chat.bench;

import chat.protocol.Command;
import chat.protocol.Decoded;
import chat.protocol.Event;
import chat.protocol.NegotiatedProtocol;
import chat.protocol.Reply;
import chat.protocol.ServerMessage;
import chat.protocol.cbor.CborClientFormat;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;

/** A client that counts what it is given; one thread reads, another may post. */
final class Peer implements AutoCloseable {
  private static final int MAX_FRAME = 1 << 20;
  private static final String PASSWORD = "a bench password";

  private final CborClientFormat format = new CborClientFormat();
  private final SocketChannel channel;
  private final Socket socket;
  private final Semaphore window;
  private ByteBuffer unread = ByteBuffer.allocate(0);
  private int correlation;

  Peer(int port, int outstanding) throws IOException {
    channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    socket = channel.socket();
    socket.setTcpNoDelay(true);
    window = new Semaphore(outstanding);
    ask(new Command.Hello(NegotiatedProtocol.VERSION, List.of(), "bench", "en"));
  }

  /** Registers; gives the token. */
  byte[] register(String name) throws IOException {
    return token(ask(new Command.Register(name, PASSWORD, "", "")));
  }

  void resume(byte[] token) throws IOException {
    token(ask(new Command.Resume(token)));
  }

  private static byte[] token(Reply reply) {
    if (reply instanceof Reply.LoggedIn in) {
      return in.token();
    }
    throw new IllegalStateException("not logged in: " + reply);
  }

  void enter() throws IOException {
    ask(new Command.Sync(List.of(), 0, 0));
  }

  Reply ask(Command command) throws IOException {
    socket.getOutputStream().write(format.encode(++correlation, command));
    while (true) {
      if (next() instanceof Reply reply) {
        return reply;
      }
    }
  }

  /** Posts as fast as answers come, until interrupted. */
  void post(String text) throws IOException, InterruptedException {
    while (!Thread.currentThread().isInterrupted()) {
      say(text);
    }
  }

  /** Posts once, as soon as few enough are unanswered. */
  void say(String text) throws IOException, InterruptedException {
    window.acquire();
    socket
        .getOutputStream()
        .write(format.encode(++correlation, new Command.Post(UUID.randomUUID(), 1, text)));
  }

  /** The connection, for somebody else to go on with. */
  SocketChannel channel() {
    return channel;
  }

  /** What has arrived and was not read. */
  ByteBuffer unread() {
    return unread;
  }

  /** Counts entries and acknowledgements until the connection ends. */
  void count(LongAdder deliveries, LongAdder acknowledged) {
    try {
      while (true) {
        switch (next()) {
          case Event.Entry entry -> deliveries.increment();
          case Reply.Posted posted -> {
            acknowledged.increment();
            window.release();
          }
          case Reply.Failed failed -> throw new IllegalStateException(failed.toString());
          default -> {}
        }
      }
    } catch (IOException e) {
      // The measurement is over.
    }
  }

  private ServerMessage next() throws IOException {
    while (true) {
      if (format.decode(unread, MAX_FRAME) instanceof Decoded.Message<ServerMessage> message) {
        return message.message();
      }
      byte[] bytes = new byte[64 << 10];
      int n = socket.getInputStream().read(bytes);
      if (n < 0) {
        throw new IOException("closed");
      }
      unread = ByteBuffer.allocate(unread.remaining() + n).put(unread).put(bytes, 0, n).flip();
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
