// SPDX-License-Identifier: Apache-2.0
package chat.admin;

import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The socket {@code run/admin.sock}, open to its owner only.
 *
 * <pre>
 *   request   the words of one line, each followed by a zero byte, then the end of the stream
 *   answer    "ok\n" or "error\n", then text in UTF-8, then the end of the stream
 * </pre>
 *
 * <p>One thread accepts, each request is answered on one of its own. When this bundle leaves, who
 * was accepted is still answered, or cut off: nobody is left to wait for an answer that never
 * comes.
 */
@Component(
    service = {},
    immediate = true)
public final class AdminSocket {
  private static final Logger LOG = LoggerFactory.getLogger(AdminSocket.class);
  private static final int LONGEST_REQUEST = 64 << 10;
  private static final long ACCEPTED_MILLIS = 1_000;
  private static final long ANSWERED_MILLIS = 2_000;

  private final CommandRegistry words;
  private final Path path;
  private final ServerSocketChannel server;
  private final ExecutorService acceptor =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("chat-admin").daemon().factory());
  private final ExecutorService requests =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("chat-admin-request").factory());

  @Activate
  public AdminSocket(BundleContext bundles) throws IOException {
    words = new CommandRegistry(bundles);
    String run = bundles.getProperty("chat.run");
    path = Path.of(run == null ? "run" : run).resolve("admin.sock");
    Files.createDirectories(
        path.toAbsolutePath().getParent(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Files.deleteIfExists(path);
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      server.bind(UnixDomainSocketAddress.of(path));
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
    } catch (IOException e) {
      server.close();
      throw new IOException("can't open " + path + ": " + e.getMessage(), e);
    }
    acceptor.execute(this::serve);
  }

  @Deactivate
  void deactivate() throws IOException {
    server.close();
    ended(acceptor, ACCEPTED_MILLIS);
    ended(requests, ANSWERED_MILLIS);
    Files.deleteIfExists(path);
  }

  /** Waits for what is under way, then interrupts it, which closes its socket. */
  private static void ended(ExecutorService threads, long withinMillis) {
    threads.shutdown();
    try {
      if (threads.awaitTermination(withinMillis, TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    threads.shutdownNow();
  }

  private void serve() {
    while (server.isOpen()) {
      try {
        admit(server.accept());
      } catch (IOException e) {
        LOG.debug("The operator's socket: {}", e.toString());
      }
    }
  }

  /** Who came in while this bundle left is cut off. */
  private void admit(SocketChannel client) throws IOException {
    try {
      requests.execute(() -> attend(client));
    } catch (RejectedExecutionException e) {
      client.close();
    }
  }

  private void attend(SocketChannel client) {
    try (client) {
      answer(client);
    } catch (IOException e) {
      LOG.debug("An operator's request broke: {}", e.toString());
    }
  }

  private void answer(SocketChannel client) throws IOException {
    String answer;
    try {
      answer = "ok\n" + words.call(request(client));
    } catch (CommandException e) {
      LOG.warn("Refused: {}", e.getMessage());
      LOG.debug("Why", e);
      answer = "error\n" + e.getMessage();
    }
    ByteBuffer bytes = ByteBuffer.wrap(answer.getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      client.write(bytes);
    }
  }

  private static List<String> request(SocketChannel client) throws IOException, CommandException {
    InputStream in = Channels.newInputStream(client);
    byte[] bytes = in.readNBytes(LONGEST_REQUEST);
    if (bytes.length == LONGEST_REQUEST) {
      throw new CommandException("a request has at most " + LONGEST_REQUEST + " bytes");
    }
    List<String> line = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == 0) {
        line.add(new String(bytes, from, i - from, StandardCharsets.UTF_8));
        from = i + 1;
      }
    }
    return line;
  }
}
