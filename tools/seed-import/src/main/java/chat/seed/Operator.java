// SPDX-License-Identifier: Apache-2.0
package chat.seed;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The operator's socket of a running server. What is said here can be said again without harm, and
 * is, while a part of the server is being exchanged.
 *
 * @param patience how long it is tried
 */
record Operator(Path socket, Duration patience) {
  private static final long PAUSE_MILLIS = 300;

  /**
   * Says words.
   *
   * @return what the server answers
   * @throws IOException if it does not answer, or not well, for so long
   */
  String say(List<String> words) throws IOException, InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      try {
        String answer = once(words);
        if (answer.startsWith("ok\n")) {
          return answer.substring(3);
        }
        throw new IOException(answer.substring(answer.indexOf('\n') + 1));
      } catch (IOException e) {
        if (System.nanoTime() > end) {
          throw e;
        }
        Thread.sleep(PAUSE_MILLIS);
      }
    }
  }

  private String once(List<String> words) throws IOException {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(socket));
      ByteBuffer bytes =
          ByteBuffer.wrap((String.join("\0", words) + "\0").getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.shutdownOutput();
      String answer =
          new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
      if (!answer.startsWith("ok\n") && !answer.startsWith("error\n")) {
        throw new IOException("the server did not answer on " + socket);
      }
      return answer;
    } catch (IOException e) {
      throw new IOException("the server does not answer on " + socket + ": " + e.getMessage(), e);
    }
  }
}
