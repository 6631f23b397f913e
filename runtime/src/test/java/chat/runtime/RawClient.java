package chat.runtime;

import chat.protocol.Command;
import chat.protocol.Decoded;
import chat.protocol.Dialect;
import chat.protocol.Event;
import chat.protocol.Problem;
import chat.protocol.Reply;
import chat.protocol.ServerMessage;
import chat.protocol.cbor.CborClientFormat;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** A client without manners: says whatever bytes it likes, over real TLS. One thread. */
final class RawClient implements AutoCloseable {
  private static final int MAX_FRAME = 1 << 20;
  private static final int PATIENCE_MILLIS = 60_000;

  private final CborClientFormat format = new CborClientFormat();
  private final Socket socket;
  private final Queue<Event> events = new ArrayDeque<>();
  private ByteBuffer unread = ByteBuffer.allocate(MAX_FRAME).flip();
  private int correlation;

  /** What the server said: a reply, an event, or that it hung up. */
  record Said(int correlation, @Nullable ServerMessage message) {}

  RawClient(ServerProcess server) throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLSv1.3");
      context.init(null, new TrustManager[] {new Anybody()}, null);
      socket = context.getSocketFactory().createSocket("127.0.0.1", server.port());
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.setTcpNoDelay(true);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** Says Hello. */
  static RawClient greeted(ServerProcess server) throws IOException {
    RawClient client = new RawClient(server);
    client.ask(new Command.Hello(Dialect.VERSION, List.of(), "raw", "en"));
    return client;
  }

  /** Has registered and entered. */
  static RawClient entered(ServerProcess server, String name) throws IOException {
    RawClient client = greeted(server);
    client.ask(new Command.Register(name, Friend.PASSWORD, "raw", ""));
    client.ask(new Command.Enter(List.of(), 0, 0));
    return client;
  }

  void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  /** Sends a command and does not wait. */
  int say(Command command) throws IOException {
    send(format.encode(++correlation, command));
    return correlation;
  }

  byte[] frame(Command command) {
    return format.encode(++correlation, command);
  }

  /** Sends a command and gives its reply; events on the way are kept. */
  Reply ask(Command command) throws IOException {
    int asked = say(command);
    while (true) {
      Said said = hear();
      if (said.message() == null) {
        throw new EOFException("the server hung up on " + command);
      }
      if (said.correlation() == asked && said.message() instanceof Reply reply) {
        return reply;
      }
    }
  }

  /** The problem with which a command is refused. */
  Problem refusal(Command command) throws IOException {
    Reply reply = ask(command);
    if (reply instanceof Reply.Failed failed) {
      return failed.problem();
    }
    throw new AssertionError("not refused: " + reply);
  }

  /** The next thing the server says. */
  Said hear() throws IOException {
    while (true) {
      Decoded<ServerMessage> decoded = format.decode(unread, MAX_FRAME);
      switch (decoded) {
        case Decoded.Message<ServerMessage>(int to, ServerMessage message) -> {
          if (message instanceof Event event) {
            events.add(event);
          }
          return new Said(to, message);
        }
        case Decoded.Idle<ServerMessage> idle -> {}
        case Decoded.Incomplete<ServerMessage> half -> {
          if (!more()) {
            return new Said(0, null);
          }
        }
        case Decoded.Unknown<ServerMessage> unknown -> throw new AssertionError(unknown);
        case Decoded.Malformed<ServerMessage> malformed -> throw new AssertionError(malformed);
        case Decoded.Broken<ServerMessage> broken -> throw new AssertionError(broken);
      }
    }
  }

  private boolean more() throws IOException {
    byte[] bytes = new byte[64 << 10];
    int n = socket.getInputStream().read(bytes);
    if (n < 0) {
      return false;
    }
    ByteBuffer next = ByteBuffer.allocate(unread.remaining() + n);
    unread = next.put(unread).put(bytes, 0, n).flip();
    return true;
  }

  /** Everything that is said until the server hangs up. */
  List<ServerMessage> lastWords() throws IOException {
    List<ServerMessage> words = new ArrayList<>();
    try {
      for (Said said = hear(); said.message() != null; said = hear()) {
        words.add(said.message());
      }
    } catch (SocketException e) {
      return words; // it hung up while we were still talking
    }
    return words;
  }

  /** Closes without a word, also while another thread is stuck in the middle of one. */
  void vanish() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  Queue<Event> events() {
    return events;
  }

  @Override
  public void close() throws IOException {
    socket.close();
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
