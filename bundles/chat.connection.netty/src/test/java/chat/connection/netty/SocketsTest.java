// SPDX-License-Identifier: Apache-2.0
package chat.connection.netty;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.connection.Connection;
import chat.connection.ConnectionHandler;
import io.netty.channel.Channel;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real sockets against handlers that come and go. */
@Timeout(60)
class SocketsTest {
  private static final Timings QUICK =
      new Timings(
          Duration.ofMillis(600),
          Duration.ofMillis(2_500),
          Duration.ofMillis(2_500),
          Duration.ofMillis(500),
          Duration.ofMillis(100));

  private static final int SLOW = 8;

  @TempDir Path folder;
  private final Sockets sockets = new Sockets(QUICK);
  private @Nullable Channel server;

  @AfterEach
  void close() {
    sockets.close();
  }

  /** Echoes whole lines, and tells the test what it hears. */
  private static class Echo implements ConnectionHandler {
    final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    final BlockingQueue<Connection> adopted = new LinkedBlockingQueue<>();
    final String name;

    Echo(String name) {
      this.name = name;
    }

    @Override
    public void adopt(Connection connection) {
      adopted.add(connection);
      connection.idleFrame("idle\n".getBytes(StandardCharsets.UTF_8));
      connection.resumeReads();
    }

    @Override
    public void received(Connection connection, ByteBuffer bytes) {
      while (true) {
        int end = -1;
        for (int i = bytes.position(); i < bytes.limit() && end < 0; i++) {
          end = bytes.get(i) == '\n' ? i : -1;
        }
        if (end < 0) {
          return;
        }
        byte[] line = new byte[end + 1 - bytes.position()];
        bytes.get(line);
        String text = new String(line, StandardCharsets.UTF_8);
        heard.add(text.strip());
        connection.send((name + ":" + text).getBytes(StandardCharsets.UTF_8));
      }
    }

    @Override
    public void writable(Connection connection) {
      heard.add("writable");
    }

    @Override
    public void closed(Connection connection) {
      heard.add("closed");
    }

    @Override
    public void released(Connection connection) {
      connection.attributes().put("left by", name);
      heard.add("released");
    }

    @Override
    public void leaving(Duration within) {
      heard.add("leaving");
    }
  }

  private Socket connect() throws IOException {
    if (server == null) {
      Port port = port(null);
      server = sockets.listen(port.address(), () -> port);
    }
    return new Socket(InetAddress.getLoopbackAddress(), portNumber());
  }

  private int portNumber() {
    return ((InetSocketAddress) server.localAddress()).getPort();
  }

  private static Port port(@Nullable ServerKey key) {
    return port(key, Pacing.NONE);
  }

  private static Port port(@Nullable ServerKey key, Pacing pacing) {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return new Port("test", any, List.of("lines"), key, new Port.Limits(100, 100, 100), pacing);
  }

  private static void say(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String line(Socket socket) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = socket.getInputStream().read(); c != '\n'; c = socket.getInputStream().read()) {
      if (c < 0) {
        return "end";
      }
      line.append((char) c);
    }
    return line.toString();
  }

  private static void until(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }

  @Test
  void aHandlerHearsAndAnswersAndHalfALineIsKept() throws Exception {
    Echo echo = new Echo("a");
    sockets.add(echo);
    try (Socket socket = connect()) {
      say(socket, "one\ntw");
      assertEquals("a:one", line(socket));
      say(socket, "o\n");
      assertEquals("a:two", line(socket));
    }
    assertEquals("one", echo.heard.take());
    assertEquals("two", echo.heard.take());
    assertEquals("closed", echo.heard.take());
  }

  @Test
  void aHandlerLeavesAndTheNextOneGoesOnWithTheSameSocketAndTheHalfLine() throws Exception {
    Echo first = new Echo("first");
    sockets.add(first);
    try (Socket socket = connect()) {
      say(socket, "one\nhalf a ");
      assertEquals("first:one", line(socket));
      first.adopted.take().attributes().put("test.memory", new byte[] {7});
      sockets.remove(first);
      say(socket, "line\n");
      assertEquals("idle", line(socket), "idle frames go on while nobody attends");
      Echo second = new Echo("second");
      sockets.add(second);
      String answer = line(socket);
      while (answer.equals("idle")) {
        answer = line(socket);
      }
      assertEquals("second:half a line", answer);
      assertArrayEquals(
          new byte[] {7}, (byte[]) second.adopted.take().attributes().get("test.memory"));
      assertEquals(List.of("one"), List.copyOf(first.heard));
    }
  }

  @Test
  void pausedReadsKeepBytesAndResumingOffersThemAgain() throws Exception {
    Echo echo =
        new Echo("a") {
          @Override
          public void adopt(Connection connection) {
            adopted.add(connection);
          }
        };
    sockets.add(echo);
    try (Socket socket = connect()) {
      say(socket, "one\n");
      Connection connection = echo.adopted.take();
      assertEquals(null, echo.heard.poll(200, TimeUnit.MILLISECONDS));
      connection.resumeReads();
      assertEquals("a:one", line(socket));
    }
  }

  /** What a handler hears next, but for the system's buffers that may take a little more late. */
  private static String heard(Echo echo) throws InterruptedException {
    String heard = "writable";
    while ("writable".equals(heard)) {
      heard = echo.heard.poll(20, TimeUnit.SECONDS);
    }
    return heard;
  }

  /** Takes a line at a time, and the next one only when it is told to go on. */
  private static final class OneByOne extends Echo {
    OneByOne(boolean known) {
      super("a");
      this.known = known;
    }

    private final boolean known;

    @Override
    public void adopt(Connection connection) {
      if (known) {
        connection.attributes().put("chat.logged-in", true);
      }
      super.adopt(connection);
    }

    @Override
    public void received(Connection connection, ByteBuffer bytes) {
      int first = bytes.position();
      ByteBuffer line = bytes.duplicate();
      while (line.hasRemaining()) {
        if (line.get() == '\n') {
          super.received(connection, line.flip().position(first));
          bytes.position(line.position());
          connection.pauseReads();
          return;
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatSomebodySaidJustBeforeTheEndIsStillTaken(boolean reset) throws Exception {
    OneByOne handler = new OneByOne(true);
    sockets.add(handler);
    Socket socket = connect();
    Connection connection = handler.adopted.take();
    say(socket, "one\ntwo\nthree\nhalf");
    assertEquals("one", handler.heard.take());
    if (reset) {
      socket.setOption(StandardSocketOptions.SO_LINGER, 0);
    }
    socket.close();
    connection.send("to nobody".getBytes(StandardCharsets.UTF_8));
    for (String next : List.of("two", "three")) {
      connection.resumeReads();
      assertEquals(next, handler.heard.take());
    }
    connection.resumeReads();
    assertEquals("closed", handler.heard.take());
  }

  /** A busy server takes one after the other, and together they take longer than one may. */
  @Test
  void whatIsTakenSlowlyBeforeTheEndIsTakenToTheLast() throws Exception {
    OneByOne handler = new OneByOne(true);
    sockets.add(handler);
    Socket socket = connect();
    Connection connection = handler.adopted.take();
    say(socket, "text\n".repeat(SLOW));
    socket.setOption(StandardSocketOptions.SO_LINGER, 0);
    assertEquals("text", handler.heard.take());
    socket.close();
    for (int i = 1; i < SLOW; i++) {
      Thread.sleep(QUICK.lastWords().dividedBy(5).toMillis());
      connection.resumeReads();
      assertEquals("text", handler.heard.take());
    }
    connection.resumeReads();
    assertEquals("closed", handler.heard.take());
  }

  @Test
  void whoIsNotTakenOnBeforeTheEndIsClosedInTime() throws Exception {
    OneByOne handler = new OneByOne(true);
    sockets.add(handler);
    Socket socket = connect();
    Connection connection = handler.adopted.take();
    say(socket, "one\ntwo\n");
    assertEquals("one", handler.heard.take());
    socket.setOption(StandardSocketOptions.SO_LINGER, 0);
    socket.close();
    connection.send("to nobody".getBytes(StandardCharsets.UTF_8));
    assertEquals("closed", handler.heard.take());
    connection.resumeReads();
    assertNull(handler.heard.poll(200, TimeUnit.MILLISECONDS));
  }

  @Test
  void aStrangersLastWordsAreNotWaitedFor() throws Exception {
    OneByOne handler = new OneByOne(false);
    sockets.add(handler);
    Socket socket = connect();
    Connection connection = handler.adopted.take();
    say(socket, "one\ntwo\n");
    assertEquals("one", handler.heard.take());
    socket.setOption(StandardSocketOptions.SO_LINGER, 0);
    socket.close();
    connection.send("to nobody".getBytes(StandardCharsets.UTF_8));
    assertEquals("closed", handler.heard.take());
  }

  @Test
  void whoTakesNothingIsUnwritableAndThenGivenUpAndNobodyElseNotices() throws Exception {
    Echo echo = new Echo("a");
    sockets.add(echo);
    try (Socket slow = connect()) {
      Connection stuck = echo.adopted.take();
      byte[] frame = new byte[16 << 10];
      Arrays.fill(frame, (byte) 'x');
      long sent = 0;
      do { // what the system's own buffers take is not the end yet
        while (stuck.send(frame)) {
          sent += frame.length;
          assertTrue(sent < 64 << 20, "a socket that nobody reads took " + sent + " bytes");
        }
      } while ("writable".equals(echo.heard.poll(300, TimeUnit.MILLISECONDS)));
      assertFalse(stuck.writable());
      assertTrue(stuck.pendingBytes() >= NettyConnection.HIGH_WATER / 2);
      try (Socket quick = connect()) {
        say(quick, "hello\n");
        assertEquals("a:hello", line(quick));
        assertEquals("hello", heard(echo));
        assertEquals("closed", heard(echo));
      }
      assertEquals("closed", heard(echo));
      assertFalse(slow.isClosed());
    }
  }

  /** The bytes come from another thread, and the tick comes before the flush. */
  @Test
  void whoIsSentMuchAtOnceIsNotTakenForLongDead() throws Exception {
    Echo echo = new Echo("a");
    sockets.add(echo);
    try (Socket socket = connect()) {
      NettyConnection connection = (NettyConnection) echo.adopted.take();
      connection
          .loop()
          .submit(() -> {
            Thread sender = new Thread(() -> connection.send(new byte[NettyConnection.HIGH_WATER]));
            sender.start();
            sender.join();
            connection.tick(System.nanoTime());
            return null;
          })
          .get();
      assertEquals(
          NettyConnection.HIGH_WATER,
          socket.getInputStream().readNBytes(NettyConnection.HIGH_WATER).length);
    }
  }

  @Test
  void whoReadsAgainIsWritableAgain() throws Exception {
    Echo echo = new Echo("a");
    sockets.add(echo);
    try (Socket socket = connect()) {
      Connection connection = echo.adopted.take();
      byte[] frame = new byte[16 << 10];
      long sent = frame.length;
      while (connection.send(frame)) {
        sent += frame.length;
      }
      assertEquals(sent, socket.getInputStream().readNBytes((int) sent).length);
      assertEquals("writable", echo.heard.poll(20, TimeUnit.SECONDS));
      until(() -> connection.pendingBytes() == 0);
    }
  }

  @Test
  void silentPeersAreGivenUp() throws Exception {
    Echo echo = new Echo("a");
    sockets.add(echo);
    try (Socket socket = connect()) {
      assertEquals("idle", line(socket));
      assertEquals("closed", echo.heard.poll(20, TimeUnit.SECONDS));
    }
  }

  /** Each read of a client brings one frame, though many were sent at once. */
  @Test
  void framesWithAPauseBetweenThemComeOneByOne() throws Exception {
    Echo echo = new Echo("a");
    Port port = port(null, new Pacing(8, 40)); // longer than this thread may have to wait
    try (Sockets paced = new Sockets(Timings.DEFAULT)) {
      server = paced.listen(port.address(), () -> port);
      paced.add(echo);
      Socket socket = connect();
      Connection connection = echo.adopted.take();
      for (int i = 0; i < 20; i++) {
        connection.send("usual %d\n".formatted(i % 10).getBytes(StandardCharsets.UTF_8));
      }
      connection.send("odd\n".getBytes(StandardCharsets.UTF_8));
      connection.close("usual z\n".getBytes(StandardCharsets.UTF_8));
      long oddAt = 0;
      byte[] read = new byte[1024];
      for (int i = 0; i < 22; i++) {
        int length = socket.getInputStream().read(read);
        String frame = new String(read, 0, length, StandardCharsets.UTF_8);
        assertEquals(i == 20 ? "odd\n" : "usual %s\n".formatted(i == 21 ? "z" : i % 10), frame);
        if (i == 20) {
          oddAt = System.nanoTime();
        }
      }
      long after = (System.nanoTime() - oddAt) / 1_000_000;
      assertTrue(after >= 80, "an odd frame stood alone for " + after + " ms only");
      assertEquals("end", line(socket));
    }
  }

  @Test
  void aListenerIsWarnedOfWhenItIsOpenAndPlain() throws Exception {
    Port loopback = port(null);
    assertTrue(loopback.warning().isEmpty());
    InetSocketAddress all = new InetSocketAddress("0.0.0.0", 0);
    Port open =
        new Port("test", all, List.of("lines"), null, new Port.Limits(1, 1, 1), Pacing.NONE);
    assertTrue(open.warning().orElseThrow().contains("no TLS on 0.0.0.0"));
  }

  @Test
  void whoGivesNoSignsOfLifeIsLeftAlone() throws Exception {
    Echo echo =
        new Echo("a") {
          @Override
          public void adopt(Connection connection) {
            adopted.add(connection);
            connection.resumeReads();
          }
        };
    sockets.add(echo);
    try (Socket silent = connect()) {
      echo.adopted.take();
      deafBeside(silent, echo);
    }
  }

  private void deafBeside(Socket silent, Echo echo) throws Exception {
    try (Socket deaf = connect()) {
      Connection stuck = echo.adopted.take();
      byte[] frame = new byte[64 << 10];
      for (int i = 0; i < 200 && stuck.send(frame); i++) {
        Thread.sleep(1);
      }
      Thread.sleep(QUICK.deadAfter().plusSeconds(1).toMillis());
      say(silent, "hello\n");
      assertEquals("a:hello", line(silent));
      assertFalse(echo.heard.contains("closed"), echo.heard::toString);
      assertFalse(deaf.isClosed());
    }
  }

  @Test
  void lastWordsArriveBeforeTheEnd() throws Exception {
    Echo echo = new Echo("a");
    sockets.add(echo);
    try (Socket socket = connect()) {
      Connection connection = echo.adopted.take();
      connection.send("first\n".getBytes(StandardCharsets.UTF_8));
      connection.close("goodbye\n".getBytes(StandardCharsets.UTF_8));
      assertFalse(connection.send("too late\n".getBytes(StandardCharsets.UTF_8)));
      assertEquals("first", line(socket));
      assertEquals("goodbye", line(socket));
      assertEquals("end", line(socket));
    }
  }

  @Test
  void bytesThatNobodyTakesEndTheConnection() throws Exception {
    Echo echo = new Echo("a");
    sockets.add(echo);
    try (Socket socket = connect()) {
      byte[] noise = new byte[64 << 10];
      Arrays.fill(noise, (byte) 'x');
      try {
        for (int i = 0; i < 1_000; i++) {
          socket.getOutputStream().write(noise);
        }
      } catch (IOException e) {
        // The server closed while we were talking, as it should.
      }
      assertEquals("closed", echo.heard.poll(20, TimeUnit.SECONDS));
    }
  }

  @Test
  void tlsSpeaksVersion13AndShowsTheKeyOfTheFile() throws Exception {
    Path file = folder.resolve("tls").resolve("server.p12");
    ServerKey key = ServerKey.selfSigned(file);
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertEquals(key.fingerprint(), ServerKey.selfSigned(file).fingerprint());
    assertEquals(64, key.fingerprint().length());
    Port port = port(key);
    server = sockets.listen(port.address(), () -> port);
    sockets.add(new Echo("tls"));
    try (SSLSocket socket = tls()) {
      say(socket, "secret\n");
      assertEquals("tls:secret", line(socket));
      assertEquals("TLSv1.3", socket.getSession().getProtocol());
    }
  }

  @Test
  void aKeyExchangeThatCostsTheEventLoopMuchIsRefused() throws Exception {
    ServerKey key = ServerKey.selfSigned(folder.resolve("tls").resolve("server.p12"));
    Port port = port(key);
    server = sockets.listen(port.address(), () -> port);
    sockets.add(new Echo("tls"));
    for (String group : List.of("ffdhe2048", "ffdhe8192", "x25519", "secp256r1", "secp384r1")) {
      try (SSLSocket socket = tls()) {
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setNamedGroups(new String[] {group});
        socket.setSSLParameters(parameters);
        if (group.startsWith("ffdhe")) {
          assertThrows(IOException.class, socket::startHandshake, group);
        } else {
          socket.startHandshake();
        }
      }
    }
  }

  /** The sockets change hands, by way of the shelf that outlives a build of the bundle. */
  private Sockets exchanged(Sockets before, Port port, ConcurrentMap<String, Object> shelf) {
    new Parking(shelf).put("test", before.park(server), Duration.ofSeconds(20));
    assertEquals(1, shelf.size());
    Sockets.Left left = new Parking(shelf).take("test").orElseThrow();
    assertTrue(shelf.isEmpty());
    Sockets next = Sockets.goingOn(QUICK, left, port);
    next.accept(left.server(), () -> port);
    return next;
  }

  @Test
  void anOpenTlsSocketGoesThroughTenBuildsAndLosesNoByte() throws Exception {
    Port port = port(ServerKey.selfSigned(folder.resolve("server.p12")));
    ConcurrentMap<String, Object> shelf = new ConcurrentHashMap<>();
    server = sockets.listen(port.address(), () -> port);
    Echo echo = new Echo("0");
    sockets.add(echo);
    Sockets now = sockets;
    try (SSLSocket socket = tls()) {
      say(socket, "begin\n");
      assertEquals("0:begin", line(socket));
      long id = echo.adopted.take().id();
      for (int build = 1; build <= 10; build++) {
        say(socket, "half ");
        awaitQuiet();
        now = exchanged(now, port, shelf);
        assertEquals("released", last(echo.heard));
        say(socket, "and ");
        Echo next = new Echo("" + build);
        now.add(next);
        Connection connection = next.adopted.take();
        assertEquals(id, connection.id());
        assertEquals(echo.name, connection.attributes().get("left by"));
        say(socket, "half\n");
        assertEquals(build + ":half and half", line(socket));
        try (SSLSocket another = tls()) {
          say(another, "new\n");
          assertEquals(build + ":new", line(another));
          assertTrue(next.adopted.take().id() > id);
        }
        echo = next;
      }
    } finally {
      now.close();
    }
  }

  @Test
  void whatWaitsToBeWrittenAndWhatArrivesMeanwhileIsKept() throws Exception {
    Echo echo = new Echo("a");
    sockets.add(echo);
    try (Socket socket = connect()) {
      Connection connection = echo.adopted.take();
      byte[] line = ("x".repeat(999) + "\n").getBytes(StandardCharsets.UTF_8);
      int lines = 8_000; // far more than the socket takes at once
      for (int i = 0; i < lines; i++) {
        connection.send(line);
      }
      Sockets.Left left = sockets.park(server);
      assertFalse(connection.send("too late\n".getBytes(StandardCharsets.UTF_8)));
      say(socket, "one\ntwo\n");
      awaitQuiet();
      Sockets next = Sockets.goingOn(QUICK, left, port(null));
      Echo later = new Echo("b");
      next.add(later);
      InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
      for (int i = 0; i < lines; i++) {
        assertArrayEquals(line, in.readNBytes(line.length), "line " + i);
      }
      assertEquals("b:one\nb:two\n", new String(in.readNBytes(12), StandardCharsets.UTF_8));
      next.close();
    }
  }

  @Test
  void whatIsHalfWrittenGoesOnBeingWritten() throws Exception {
    Echo echo = new Echo("a");
    sockets.add(echo);
    try (Socket socket = connect()) {
      Connection connection = echo.adopted.take();
      byte[] line = ("x".repeat((16 << 10) - 1) + "\n").getBytes(StandardCharsets.UTF_8);
      int lines = 0;
      while (connection.pendingBytes() == 0) {
        connection.send(line);
        lines++;
        awaitTaken(connection);
      }
      Sockets next = Sockets.goingOn(QUICK, sockets.park(server), port(null));
      Echo later = new Echo("b");
      next.add(later);
      InputStream in = socket.getInputStream();
      for (int i = 0; i < lines; i++) {
        assertArrayEquals(line, in.readNBytes(line.length), "line " + i);
      }
      say(socket, "still open\n");
      assertEquals("b:still open", line(socket));
      next.close();
    }
  }

  @Test
  void socketsThatNobodyComesForAreClosed() throws Exception {
    sockets.add(new Echo("a"));
    ConcurrentMap<String, Object> shelf = new ConcurrentHashMap<>();
    try (Socket socket = connect()) {
      say(socket, "x\n");
      assertEquals("a:x", line(socket));
      new Parking(shelf).put("test", sockets.park(server), Duration.ofMillis(200));
      assertEquals("end", line(socket));
      until(shelf::isEmpty);
      until(() -> !server.isOpen());
    }
  }

  @Test
  void socketsOfAnotherNettyAreClosed() throws Exception {
    sockets.add(new Echo("a"));
    ConcurrentMap<String, Object> shelf = new ConcurrentHashMap<>();
    try (Socket socket = connect()) {
      say(socket, "x\n");
      assertEquals("a:x", line(socket));
      new Parking(shelf).put("test", sockets.park(server), Duration.ofSeconds(20));
      @SuppressWarnings("unchecked")
      Map<String, Object> parked = new HashMap<>((Map<String, Object>) shelf.get("test"));
      parked.put("server", "a channel of classes that are gone");
      shelf.put("test", parked);
      assertTrue(new Parking(shelf).take("test").isEmpty());
      assertEquals("end", line(socket));
    }
  }

  private static String last(BlockingQueue<String> heard) {
    String last = "";
    for (String next = heard.poll(); next != null; next = heard.poll()) {
      last = next;
    }
    return last;
  }

  /** What the socket takes at all, it takes within this time. */
  private static void awaitTaken(Connection connection) throws InterruptedException {
    for (int i = 0; i < 100 && connection.pendingBytes() > 0; i++) {
      Thread.sleep(2);
    }
  }

  /** What was said is on its way for a moment. */
  private static void awaitQuiet() throws InterruptedException {
    Thread.sleep(50);
  }

  /** Two lines come in one piece, the first makes the handler pause: the second waits before it. */
  @Test
  void readingGoesOnBehindWhatTheFlowControlKept() throws Exception {
    Port port = port(ServerKey.selfSigned(folder.resolve("server.p12")));
    server = sockets.listen(port.address(), () -> port);
    Echo echo =
        new Echo("a") {
          @Override
          public void received(Connection connection, ByteBuffer bytes) {
            super.received(connection, bytes);
            if (heard.contains("two")) {
              connection.pauseReads();
            } else {
              slowly();
            }
          }
        };
    sockets.add(echo);
    try (SSLSocket socket = tls()) {
      say(socket, "one\n");
      Connection connection = echo.adopted.take();
      until(() -> echo.heard.contains("one"));
      say(socket, "two\n");
      say(socket, "three\n");
      until(() -> echo.heard.contains("two"));
      awaitQuiet();
      echo.heard.clear();
      connection.resumeReads();
      until(() -> echo.heard.contains("three"));
      say(socket, "four\n");
      until(() -> echo.heard.contains("four"));
    }
  }

  private static void slowly() {
    try {
      Thread.sleep(300);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A socket that takes whatever key it is shown. */
  private SSLSocket tls() throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLSv1.3");
    TrustManager anybody =
        new X509TrustManager() {
          @Override
          public void checkClientTrusted(X509Certificate[] chain, String type) {}

          @Override
          public void checkServerTrusted(X509Certificate[] chain, String type) {}

          @Override
          public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
          }
        };
    context.init(null, new TrustManager[] {anybody}, null);
    return (SSLSocket)
        context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), portNumber());
  }
}
