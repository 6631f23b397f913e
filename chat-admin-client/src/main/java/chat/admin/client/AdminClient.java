// SPDX-License-Identifier: Apache-2.0
package chat.admin.client;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Asks the server that runs on a data folder. Each command has a connection of its own.
 *
 * @param socket the operator's socket
 */
public record AdminClient(Path socket) {
  private static final long STEP_MILLIS = 200;
  private static final Duration AWAY = Duration.ofSeconds(3);

  /** The server of a data folder. */
  public static AdminClient on(Path data) {
    return new AdminClient(data.resolve("run/admin.sock"));
  }

  public AdminAnswer ask(String... line) throws IOException {
    return ask(List.of(line));
  }

  /**
   * Sends a command line.
   *
   * @throws IOException if there is no answer
   */
  public AdminAnswer ask(List<String> line) throws IOException {
    StringBuilder request = new StringBuilder();
    for (String word : line) {
      if (word.indexOf('\0') >= 0) {
        throw new IOException("a word of a command has no zero bytes");
      }
      request.append(word).append('\0');
    }
    String answer = exchange(request.toString());
    if (answer.isEmpty()) {
      throw new IOException("the server did not answer on " + socket);
    }
    return AdminAnswer.of(answer);
  }

  private String exchange(String request) throws IOException {
    if (isAway()) {
      throw new NoServerException(socket);
    }
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(socket));
      ByteBuffer bytes = ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.shutdownOutput();
      return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IOException("the server does not answer on " + socket + ": " + e.getMessage(), e);
    }
  }

  /** Whether a server runs here. */
  public boolean isThere() {
    if (isAway()) {
      return false;
    }
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      return channel.connect(UnixDomainSocketAddress.of(socket));
    } catch (IOException e) {
      // A server that was killed leaves its socket behind.
      return false;
    }
  }

  /** For a moment it is, while the part that answers there is exchanged. */
  private boolean isAway() {
    Path info = socket.resolveSibling("server.info");
    long deadline = System.nanoTime() + AWAY.toNanos();
    while (Files.notExists(socket) && Files.exists(info) && System.nanoTime() < deadline) {
      try {
        Thread.sleep(STEP_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    return Files.notExists(socket);
  }

  /** How everything is doing. */
  public ServerReport status() throws IOException {
    return new ServerReport(ask("status").result());
  }

  /** The stores that are there. */
  public List<StoreReport> stores() throws IOException {
    return StoreReport.all(ask("stores").result());
  }

  /** How the copy is doing that is being made or was the last. */
  public CopyReport copy() throws IOException {
    return CopyReport.of(ask("copying").result());
  }

  /** {@code ready}, {@code waiting} or {@code failed}. */
  public String health() throws IOException {
    return ask("ready").result().object("health").text("state");
  }
}
