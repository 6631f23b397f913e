// SPDX-License-Identifier: Apache-2.0
package chat.prove.client;

import chat.protocol.Command;
import chat.protocol.Decoded;
import chat.protocol.Event;
import chat.protocol.NegotiatedProtocol;
import chat.protocol.Problem;
import chat.protocol.Reply;
import chat.protocol.ServerMessage;
import chat.protocol.cbor.CborClientFormat;
import chat.prove.server.Server;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * TLS to a server, whatever key it shows, and the frames on it. One thread reads; whoever writes
 * from several threads takes turns.
 */
public final class Wire implements Closeable {
  private static final int MAX_FRAME = 1 << 20;
  private static final int BUFFER = 64 << 10;
  private static final int PATIENCE_MILLIS = 60_000;
  private static final SSLContext TLS = tls();

  /** The server wants to be asked again, on this connection, after a time. */
  static final class AgainException extends IOException {
    private static final long serialVersionUID = 1;
    private final transient Duration after;

    AgainException(String why, Duration after) {
      super(why);
      this.after = after;
    }

    Duration after() {
      return after;
    }
  }

  private final CborClientFormat format = new CborClientFormat();
  private final Socket plain;
  private final SSLSocket socket;
  private final InputStream in;
  private ByteBuffer unread = ByteBuffer.allocate(BUFFER).flip();
  private int correlation;
  private long sent;

  /**
   * @param from the address to come from; null for any
   */
  Wire(InetSocketAddress address, @Nullable InetAddress from) throws IOException {
    plain = new BufferedSocket();
    try {
      plain.setTcpNoDelay(true);
      plain.setSoTimeout(PATIENCE_MILLIS);
      if (from != null) {
        plain.bind(new InetSocketAddress(from, 0));
      }
      plain.connect(address, PATIENCE_MILLIS);
      socket =
          (SSLSocket)
              TLS.getSocketFactory()
                  .createSocket(plain, address.getHostString(), address.getPort(), true);
      in = socket.getInputStream();
    } catch (IOException e) {
      plain.close();
      throw e;
    }
  }

  /** Says Hello to a server, from where its guests come. */
  static Wire greeted(Server server, String client) throws IOException {
    return greeted(server.address(), server.guest().from(), client);
  }

  /**
   * Says Hello.
   *
   * @param from the address to come from; null for any
   */
  public static Wire greeted(InetSocketAddress address, @Nullable InetAddress from, String client)
      throws IOException {
    Wire wire = new Wire(address, from);
    try {
      wire.ask(new Command.Hello(NegotiatedProtocol.VERSION, List.of(), client, "en"));
      return wire;
    } catch (IOException e) {
      wire.close();
      throw e;
    }
  }

  void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    sent += bytes.length;
  }

  /** The bytes of all frames that were sent. */
  public long sent() {
    return sent;
  }

  byte[] frame(Command command) {
    return format.encode(++correlation, command);
  }

  /** Sends a command and does not wait. */
  public int say(Command command) throws IOException {
    send(frame(command));
    return correlation;
  }

  /**
   * Sends a command and gives its reply. For before entering: entries that are heard meanwhile are
   * dropped.
   *
   * @throws AgainException if the server can't tell now, or has forgotten that it was asked
   */
  Reply ask(Command command) throws IOException {
    Reply reply = answer(command);
    if (reply instanceof Reply.Failed failed && later(failed)) {
      throw new AgainException(
          failed.problem() + " " + failed.detail(), Duration.ofMillis(failed.retryAfter()));
    }
    return reply;
  }

  /**
   * Sends a command and gives its reply, whatever it says; what else is heard meanwhile is dropped.
   *
   * @throws AgainException if the server has forgotten that it was asked
   */
  public Reply answer(Command command) throws IOException {
    int asked = say(command);
    while (true) {
      Decoded.Message<ServerMessage> said = heard();
      if (said.correlation() == asked && said.message() instanceof Reply reply) {
        return reply;
      }
    }
  }

  /** The next reply, to whichever command; what else is heard meanwhile is dropped. */
  public Reply reply() throws IOException {
    while (true) {
      if (heard().message() instanceof Reply reply) {
        return reply;
      }
    }
  }

  private Decoded.Message<ServerMessage> heard() throws IOException {
    Decoded.Message<ServerMessage> said = next();
    if (said == null) {
      throw new EOFException("the server hung up");
    }
    if (said.message() instanceof Event.Restarted) {
      throw new AgainException("the server was restarted", Duration.ZERO);
    }
    return said;
  }

  /** Whether it is worth asking again. */
  public static boolean later(Reply.Failed failed) {
    return failed.problem() == Problem.UNAVAILABLE
        || failed.problem() == Problem.BUSY
        || failed.problem() == Problem.TOO_MANY;
  }

  /** The next thing the server says; null if it hung up. */
  Decoded.@Nullable Message<ServerMessage> next() throws IOException {
    while (true) {
      Decoded<ServerMessage> decoded = format.decode(unread, MAX_FRAME);
      switch (decoded) {
        case Decoded.Message<ServerMessage> message -> {
          return message;
        }
        case Decoded.Idle<ServerMessage> idle -> {}
        case Decoded.Incomplete<ServerMessage> half -> {
          if (!more()) {
            return null;
          }
        }
        case Decoded.Unknown<ServerMessage> unknown ->
            throw new IllegalStateException(nonsense(unknown));
        case Decoded.Malformed<ServerMessage> malformed ->
            throw new IllegalStateException(nonsense(malformed));
        case Decoded.TooLarge<ServerMessage> tooLarge ->
            throw new IllegalStateException(nonsense(tooLarge));
        case Decoded.Broken<ServerMessage> broken ->
            throw new IllegalStateException(nonsense(broken));
      }
    }
  }

  private static String nonsense(Decoded<ServerMessage> decoded) {
    return "the server said nonsense: " + decoded;
  }

  /** Reads as much as there is and fits behind what is left of the last frame. */
  private boolean more() throws IOException {
    boolean large = unread.remaining() == unread.capacity();
    ByteBuffer target = large ? ByteBuffer.allocate(2 * unread.capacity()) : unread;
    if (large) {
      target.put(unread);
    } else {
      target.compact();
    }
    int n = in.read(target.array(), target.position(), target.remaining());
    unread = target.position(target.position() + Math.max(n, 0)).flip();
    return n >= 0;
  }

  /** Cuts the connection with a reset, also while another thread is stuck in the middle of it. */
  public void cut() throws IOException {
    if (!plain.isClosed()) {
      plain.setSoLinger(true, 0);
      plain.close();
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /** TLS reads a record's head and body one by one; this makes large reads of them. */
  private static final class BufferedSocket extends Socket {
    private @Nullable InputStream buffered;

    @Override
    public InputStream getInputStream() throws IOException {
      if (buffered == null) {
        buffered = new BufferedInputStream(super.getInputStream(), BUFFER);
      }
      return buffered;
    }
  }

  private static SSLContext tls() {
    try {
      SSLContext context = SSLContext.getInstance("TLSv1.3");
      context.init(null, new TrustManager[] {new Anybody()}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class Anybody implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
