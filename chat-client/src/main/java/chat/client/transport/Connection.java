// SPDX-License-Identifier: Apache-2.0
package chat.client.transport;

import chat.protocol.ClientFormat;
import chat.protocol.Decoded;
import chat.protocol.Problem;
import chat.protocol.Reply;
import chat.protocol.ServerMessage;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * One socket to the server, from dialling to its end.
 *
 * <p><b>Writing.</b> Frames wait in two lines, chat before files; the writer's thread joins what
 * there is into one write, and speaks an idle frame when it has been silent for too long. The lines
 * are bounded by {@link Requests}, which allows only so many unanswered commands.
 *
 * <p><b>Threads.</b> {@link #open} and {@link #read} belong to one thread. {@link #send} and {@link
 * #close} may be called by any.
 */
public final class Connection implements AutoCloseable {
  private static final int MAX_FRAME = 8 << 20;
  private static final int BUFFER = 64 << 10;
  private static final int BURST = 64 << 10;

  /** A message and the command it answers; 0 for an event. */
  public record Arrival(int correlation, ServerMessage message) {}

  private final ClientFormat format;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition spoken = lock.newCondition();
  private final Deque<byte[]> chat = new ArrayDeque<>();
  private final Deque<byte[]> files = new ArrayDeque<>();
  private boolean closed;
  private @Nullable Socket raw;
  private @Nullable InputStream in;
  private volatile String security = "";
  private ByteBuffer bytes = ByteBuffer.allocate(BUFFER).limit(0);

  public Connection(ClientFormat format) {
    this.format = format;
  }

  /** What keeps others from listening, for people: {@code TLS 1.3}. */
  public String security() {
    return security;
  }

  /** Reaches the server, looks at its key and gets ready to talk. */
  public void open(String host, int port, Trust trust, Timings timings) throws IOException {
    Socket connected = reach(host, port, timings.connect());
    connected.setOption(StandardSocketOptions.TCP_NODELAY, true);
    connected.setSoTimeout((int) timings.connect().toMillis());
    SSLSocket secure = trust.secure(connected, host, port);
    security = secure.getSession().getProtocol().replace("TLSv", "TLS ");
    secure.setSoTimeout((int) timings.dead().toMillis());
    in = secure.getInputStream();
    OutputStream out = secure.getOutputStream();
    Thread.ofPlatform().name("chat-client-writer").daemon().start(() -> write(out, timings.idle()));
  }

  private Socket reach(String host, int port, Duration within) throws IOException {
    IOException last = null;
    for (InetAddress address : InetAddress.getAllByName(host)) {
      Socket socket = new Socket();
      use(socket);
      try {
        socket.connect(new InetSocketAddress(address, port), (int) within.toMillis());
        return socket;
      } catch (IOException e) {
        socket.close();
        last = e;
      }
    }
    throw last == null ? new IOException(host + " has no address") : last;
  }

  /** From here on, closing the connection closes this socket. */
  private void use(Socket socket) throws IOException {
    lock.lock();
    try {
      raw = socket;
      if (closed) {
        socket.close();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits for what the server says next. */
  public Arrival read() throws IOException {
    while (true) {
      switch (format.decode(bytes, MAX_FRAME)) {
        case Decoded.Incomplete<ServerMessage> half -> fill();
        case Decoded.Idle<ServerMessage> idle -> {}
        case Decoded.Message<ServerMessage>(int correlation, ServerMessage message) -> {
          return new Arrival(correlation, message);
        }
        case Decoded.Unknown<ServerMessage>(int correlation, int type) -> {
          if (correlation != 0) {
            return unreadable(correlation, "the answer has type " + type);
          }
        }
        case Decoded.Malformed<ServerMessage>(int correlation, String why) -> {
          if (correlation == 0) {
            throw new IOException("the server said what can't be read: " + why);
          }
          return unreadable(correlation, why);
        }
        case Decoded.TooLarge<ServerMessage>(int correlation, String why) ->
            throw new IOException("the server said too much: " + why);
        case Decoded.Broken<ServerMessage>(Problem problem, String why) ->
            throw new IOException("the server said what can't be read: " + why);
      }
    }
  }

  private static Arrival unreadable(int correlation, String why) {
    return new Arrival(correlation, new Reply.Failed(Problem.MALFORMED, why));
  }

  private void fill() throws IOException {
    InputStream from = in;
    if (from == null) {
      throw new IOException("not connected");
    }
    if (!bytes.hasRemaining()) {
      bytes = (bytes.capacity() > BUFFER ? ByteBuffer.allocate(BUFFER) : bytes.clear()).limit(0);
    } else if (bytes.limit() == bytes.capacity()) {
      int wanted =
          bytes.remaining() < Integer.BYTES
              ? BUFFER
              : Math.max(BUFFER, Integer.BYTES + bytes.getInt(bytes.position()));
      bytes = ByteBuffer.allocate(wanted).put(bytes).flip();
    }
    int count = from.read(bytes.array(), bytes.limit(), bytes.capacity() - bytes.limit());
    if (count < 0) {
      throw new EOFException("the server closed the connection");
    }
    bytes.limit(bytes.limit() + count);
  }

  /** Queues a frame; a frame of a file lets those of the chat pass. */
  public void send(byte[] frame, boolean file) {
    lock.lock();
    try {
      if (!closed) {
        (file ? files : chat).add(frame);
        spoken.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  private void write(OutputStream out, Duration idle) {
    try (this) {
      for (byte[] burst = next(idle); burst.length > 0; burst = next(idle)) {
        out.write(burst);
        out.flush();
      }
    } catch (IOException e) {
      // The reader finds the socket closed and tells.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What to write now; empty at the end. */
  private byte[] next(Duration idle) throws InterruptedException {
    lock.lock();
    try {
      long left = idle.toNanos();
      while (chat.isEmpty() && files.isEmpty() && !closed) {
        if (left <= 0) {
          return format.idle();
        }
        left = spoken.awaitNanos(left);
      }
      return closed ? new byte[0] : join();
    } finally {
      lock.unlock();
    }
  }

  private byte[] join() {
    Deque<byte[]> line = chat.isEmpty() ? files : chat;
    ByteBuffer burst = ByteBuffer.allocate(Math.max(BURST, line.getFirst().length));
    while (!line.isEmpty() && line.getFirst().length <= burst.remaining()) {
      burst.put(line.removeFirst());
    }
    byte[] joined = new byte[burst.flip().remaining()];
    burst.get(joined);
    return joined;
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      chat.clear();
      files.clear();
      spoken.signalAll();
      if (raw != null) {
        raw.close();
      }
    } catch (IOException e) {
      // There is nothing more to do for a socket that can't be closed.
    } finally {
      lock.unlock();
    }
  }
}
