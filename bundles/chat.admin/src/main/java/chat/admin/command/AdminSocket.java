// SPDX-License-Identifier: Apache-2.0
package chat.admin.command;

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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The socket {@code run/admin.sock}, open to its owner only.
 *
 * <pre>
 *   request   a command line (see {@link RequestLine}), then the end of the stream
 *   answer    one JSON object (see {@link Answer}) in UTF-8, then the end of the stream
 * </pre>
 *
 * <p>One thread accepts, each request is answered on one of its own. When this bundle leaves, who
 * was accepted is still answered, or cut off: nobody is left to wait for an answer that never
 * comes.
 */
public final class AdminSocket implements AutoCloseable {
  static final int LONGEST_REQUEST = 64 << 10;

  private static final Logger LOG = LoggerFactory.getLogger(AdminSocket.class);
  private static final long MOST_SKIPPED = 16 << 20;
  private static final long ACCEPTED_MILLIS = 1_000;
  private static final long ANSWERED_MILLIS = 2_000;

  private final CommandRegistry commands;
  private final Path path;
  private final ServerSocketChannel server;
  private final ExecutorService acceptor =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("chat-admin").daemon().factory());
  private final ExecutorService requests =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("chat-admin-request").factory());

  /** Opens the socket in a folder, which is made if needed. */
  public AdminSocket(Path run, CommandRegistry commands) throws IOException {
    this.commands = commands;
    path = run.resolve("admin.sock");
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
    acceptor.execute(new AcceptLoop(server::accept, this::admit));
  }

  @Override
  public void close() throws IOException {
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
      ByteBuffer bytes = ByteBuffer.wrap(answer(client).json().getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        client.write(bytes);
      }
    } catch (IOException e) {
      LOG.debug("An operator's request broke: {}", e.toString());
    }
  }

  private Answer answer(SocketChannel client) throws IOException {
    InputStream in = Channels.newInputStream(client);
    byte[] request = in.readNBytes(LONGEST_REQUEST + 1);
    try {
      if (request.length > LONGEST_REQUEST) {
        in.skip(MOST_SKIPPED); // what is not read when a socket closes takes the answer with it
        throw CommandException.usage("a request has at most " + LONGEST_REQUEST + " bytes");
      }
      return commands.run(RequestLine.words(request));
    } catch (CommandException e) {
      return Answer.Refused.mistake("", e);
    }
  }
}
