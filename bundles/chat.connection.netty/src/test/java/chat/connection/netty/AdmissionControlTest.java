// SPDX-License-Identifier: Apache-2.0
package chat.connection.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.connection.Connection;
import chat.connection.ConnectionHandler;
import io.netty.channel.Channel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who gets in, and who has to go for it; strangers come from 127.0.0.1, others from 127.0.0.2. */
@Timeout(60)
class AdmissionControlTest {
  private static final String STRANGER = "127.0.0.1";
  private static final String OTHER = "127.0.0.2";

  @TempDir Path folder;
  private final Sockets sockets = new Sockets(Timings.DEFAULT);
  private final Welcomer handler = new Welcomer();
  private final List<Socket> open = new ArrayList<>();
  private @Nullable Channel server;

  /** Says a byte to whoever gets in. */
  private static final class Welcomer implements ConnectionHandler {
    final BlockingQueue<Connection> adopted = new LinkedBlockingQueue<>();
    final BlockingQueue<Connection> writable = new LinkedBlockingQueue<>();

    @Override
    public void adopt(Connection connection) {
      adopted.add(connection);
      connection.resumeReads();
      connection.send(new byte[] {1});
    }

    @Override
    public void received(Connection connection, ByteBuffer bytes) {
      bytes.position(bytes.limit());
    }

    @Override
    public void writable(Connection connection) {
      writable.add(connection);
    }

    @Override
    public void closed(Connection connection) {}

    @Override
    public void released(Connection connection) {}

    @Override
    public void leaving(Duration within) {}
  }

  @AfterEach
  void close() throws IOException {
    for (Socket socket : open) {
      socket.close();
    }
    sockets.close();
  }

  private void listen(Port.Limits limits, @Nullable ServerKey key) throws IOException {
    InetSocketAddress any = new InetSocketAddress("0.0.0.0", 0);
    Port port = new Port("test", any, List.of("bytes"), key, limits, Pacing.NONE);
    sockets.add(handler);
    server = sockets.listen(any, () -> port);
  }

  private Socket connect(String from) {
    try {
      int port = ((InetSocketAddress) server.localAddress()).getPort();
      Socket socket =
          new Socket(InetAddress.getByName("127.0.0.1"), port, InetAddress.getByName(from), 0);
      socket.setSoTimeout(20_000);
      open.add(socket);
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the server let it in, and has not closed it since. */
  private static boolean isIn(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read() == 1;
    } catch (SocketException e) {
      return false;
    }
  }

  private static boolean isClosed(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (SocketException e) {
      return true;
    }
  }

  @Test
  void whenItIsFullTheLongestSilentStrangerOfTheMostMakesRoom() throws Exception {
    listen(new Port.Limits(4, 4, 100), null);
    Socket known = connect(STRANGER);
    assertTrue(isIn(known));
    handler.adopted.take().attributes().put(AdmissionControl.LOGGED_IN, true);
    Socket waiting = connect(OTHER);
    assertTrue(isIn(waiting));
    Socket first = connect(STRANGER);
    assertTrue(isIn(first));
    Socket second = connect(STRANGER);
    assertTrue(isIn(second));

    assertTrue(isIn(connect(OTHER)));

    assertTrue(isClosed(first), "the longest silent one of the address with most strangers");
    for (Socket socket : List.of(known, waiting, second)) {
      socket.setSoTimeout(50);
      assertTrue(!isClosed(socket));
    }
  }

  @Test
  void whereEverybodyIsLoggedInTheNewOneIsRefused() throws Exception {
    listen(new Port.Limits(2, 2, 100), null);
    for (int i = 0; i < 2; i++) {
      assertTrue(isIn(connect(STRANGER)));
      handler.adopted.take().attributes().put(AdmissionControl.LOGGED_IN, true);
    }
    assertTrue(!isIn(connect(OTHER)));
  }

  @Test
  void anAddressConnectsOnlySoOftenAndOthersAsBefore() throws Exception {
    listen(new Port.Limits(1000, 1000, 5), null);
    int in = 0;
    for (int i = 0; i < 20; i++) {
      in += isIn(connect(STRANGER)) ? 1 : 0;
    }
    assertEquals(5, in);
    assertTrue(isIn(connect(OTHER)));
  }

  @Test
  void sixtyFourBitsOfAnAddressOfVersionSixAreOnePlace() throws Exception {
    assertEquals(
        AdmissionControl.address(at("2001:db8:1:2::1")),
        AdmissionControl.address(at("2001:db8:1:2:ffff::9")));
    assertTrue(
        !AdmissionControl.address(at("2001:db8:1:2::1"))
            .equals(AdmissionControl.address(at("2001:db8:1:3::1"))));
    assertEquals(
        AdmissionControl.address(at("192.0.2.1")),
        AdmissionControl.address(at("::ffff:192.0.2.1")));
  }

  private static InetSocketAddress at(String address) throws IOException {
    return new InetSocketAddress(InetAddress.getByName(address), 1);
  }

  @Test
  void halfOpenHandshakesOfOneAddressAreBoundedAndOthersGetIn() throws Exception {
    listen(new Port.Limits(1000, 1000, 1000), ServerKey.selfSigned(folder.resolve("server.p12")));
    for (int i = 0; i < AdmissionControl.HALF_OPEN_PER_ADDRESS; i++) {
      connect(STRANGER);
    }
    assertTrue(isIn(secure(connect(OTHER))));
    assertTrue(isClosed(connect(STRANGER)), "one more of the same address");
    for (Socket silent : List.copyOf(open).subList(0, AdmissionControl.HALF_OPEN_PER_ADDRESS)) {
      silent.close();
    }
    boolean in = false;
    while (!in) { // until the server has seen that they are gone
      try {
        in = isIn(secure(connect(STRANGER)));
      } catch (IOException e) {
        Thread.onSpinWait();
      }
    }
  }

  /** The costly part of a handshake is carried out by its own threads. */
  @Test
  void handshakesLeaveTheEventLoopsAlone() throws Exception {
    listen(new Port.Limits(1000, 1000, 1000), ServerKey.selfSigned(folder.resolve("server.p12")));
    assertTrue(isIn(secure(connect(STRANGER))));
    assertTrue(sockets.handshakeTasks() > 0);
  }

  private static SSLSocket secure(Socket plain) throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLSv1.3");
      context.init(null, new TrustManager[] {new AnyServer()}, new SecureRandom());
      SSLSocket socket =
          (SSLSocket) context.getSocketFactory().createSocket(plain, "localhost", 0, true);
      socket.startHandshake();
      return socket;
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The tests look at who gets in, not at who lets them. */
  private static final class AnyServer implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  @Test
  void whenMemoryIsShortWhoTakesNothingGoesAndOthersStay() throws Exception {
    listen(new Port.Limits(10, 10, 10), null);
    Socket slow = connect(STRANGER);
    assertTrue(isIn(slow));
    NettyConnection stuck = (NettyConnection) handler.adopted.take();
    assertTrue(isIn(connect(OTHER)));
    NettyConnection reading = (NettyConnection) handler.adopted.take();
    do { // what the system's own buffers take is not the end yet
      while (stuck.writable()) {
        stuck.send(new byte[64 << 10]);
      }
    } while (handler.writable.poll(300, TimeUnit.MILLISECONDS) != null);
    PendingBytes pending = new PendingBytes(1);
    pending.add(stuck.pendingBytes());
    pending.relieve(List.of(stuck, reading));
    assertTrue(!stuck.writable());
    while (slow.getInputStream().read() >= 0) {
      // what the system's buffers have, then the end
    }
    assertTrue(reading.writable());
  }
}
