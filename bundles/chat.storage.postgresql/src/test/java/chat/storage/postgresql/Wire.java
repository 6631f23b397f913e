// SPDX-License-Identifier: Apache-2.0
package chat.storage.postgresql;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A wire to PostgreSQL that counts how often it is waited for an answer, and that can break right
 * after it has carried a COMMIT.
 */
final class Wire implements Closeable {
  private final int to;
  private final ServerSocket door;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final AtomicInteger turns = new AtomicInteger();
  private volatile boolean breakAfterCommit;
  private volatile boolean answered = true;

  Wire(int to) throws IOException {
    this.to = to;
    door = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().start(this::accept);
  }

  String url(String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(door.getLocalPort(), database);
  }

  int turns() {
    return turns.get();
  }

  /** The next COMMIT arrives, its answer does not. */
  void breakAfterCommit() {
    breakAfterCommit = true;
  }

  private void accept() {
    try {
      while (true) {
        Socket client = door.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), to);
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        sockets.addAll(List.of(client, server));
        Thread.ofPlatform().daemon().start(() -> carry(client, server, true));
        Thread.ofPlatform().daemon().start(() -> carry(server, client, false));
      }
    } catch (IOException e) {
      close();
    }
  }

  private void carry(Socket from, Socket to, boolean asks) {
    byte[] buffer = new byte[64 << 10];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
        if (asks && answered) {
          turns.incrementAndGet();
        }
        answered = !asks;
        if (!asks && breakAfterCommit && says(buffer, count, "COMMIT")) {
          breakAfterCommit = false;
          return;
        }
        out.write(buffer, 0, count);
      }
    } catch (IOException e) {
      // One of the two has gone; the other one goes too.
    }
  }

  private static boolean says(byte[] buffer, int count, String word) {
    return new String(buffer, 0, count, StandardCharsets.ISO_8859_1).contains(word);
  }

  @Override
  public void close() {
    try {
      door.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
