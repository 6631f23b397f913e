// SPDX-License-Identifier: Apache-2.0
package chat.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

class ConnectionProblemTest {

  @Test
  void aClosedPortIsToldAsTheSystemTellsIt() throws IOException {
    int port;
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = taken.getLocalPort();
    }
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      throw new AssertionError("somebody took port " + port);
    } catch (IOException e) {
      assertEquals(Optional.of(ConnectionProblem.REFUSED), ConnectionProblem.of(e));
    }
  }

  @Test
  void theKindCountsWhateverTheLanguageOfTheSystem() {
    assertProblem(ConnectionProblem.REFUSED, new ConnectException("拒绝连接"));
    assertProblem(ConnectionProblem.TIMED_OUT, new ConnectException("Connection timed out"));
    assertProblem(ConnectionProblem.UNREACHABLE, new ConnectException("Network is unreachable"));
    assertProblem(ConnectionProblem.UNKNOWN_HOST, new UnknownHostException("chat.example.org"));
    assertProblem(ConnectionProblem.UNREACHABLE, new NoRouteToHostException("没有到主机的路由"));
    assertProblem(ConnectionProblem.TIMED_OUT, new SocketTimeoutException("Read timed out"));
    assertProblem(ConnectionProblem.CLOSED, new SocketException("Connection reset"));
    assertProblem(ConnectionProblem.CLOSED, new EOFException());
    assertProblem(ConnectionProblem.NOT_SECURE, new SSLHandshakeException("no protocol"));
  }

  private static void assertProblem(ConnectionProblem expected, IOException why) {
    assertEquals(Optional.of(expected), ConnectionProblem.of(why));
    assertEquals(Optional.of(expected), ConnectionProblem.said(expected.words()));
  }

  @Test
  void whatTheServerSaidStaysAsItIs() {
    assertEquals(Optional.empty(), ConnectionProblem.of(new IOException("the server restarts")));
    assertEquals(Optional.empty(), ConnectionProblem.said("the server restarts"));
  }
}
