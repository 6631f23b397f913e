// SPDX-License-Identifier: Apache-2.0
package chat.admin.client;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Answers what it was told to answer, one after another. */
public final class FakeServer implements AutoCloseable {
  private final ServerSocketChannel server;
  private final Deque<String> answers = new ArrayDeque<>();
  private final List<String> requests = new ArrayList<>();
  private final Thread thread;

  /** A server on a data folder. */
  public FakeServer(Path data, String... answers) throws IOException {
    this.answers.addAll(List.of(answers));
    Path run = Files.createDirectories(data.resolve("run"));
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(run.resolve("admin.sock")));
    thread = Thread.ofPlatform().daemon().start(this::serve);
  }

  private void serve() {
    try {
      while (true) {
        try (SocketChannel client = server.accept()) {
          byte[] request = Channels.newInputStream(client).readAllBytes();
          synchronized (this) {
            requests.add(new String(request, StandardCharsets.UTF_8));
            client.write(ByteBuffer.wrap(answers.removeFirst().getBytes(StandardCharsets.UTF_8)));
          }
        }
      }
    } catch (ClosedChannelException e) {
      // This is the end.
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** What was asked, the zero bytes shown as bars. */
  public synchronized List<String> requests() {
    return requests.stream().map(each -> each.replace('\0', '|')).toList();
  }

  @Override
  public void close() throws IOException {
    server.close();
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
