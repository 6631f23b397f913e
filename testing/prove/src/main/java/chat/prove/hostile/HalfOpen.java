// SPDX-License-Identifier: Apache-2.0
package chat.prove.hostile;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;

/** Sockets that begin a handshake and say no more. */
final class HalfOpen implements Attack {
  private static final int WORKERS = 400;
  private static final byte[] BEGIN = {22, 3, 1, 2, 0, 1, 0, 1};
  private static final Duration PACE = Duration.ofSeconds(1);

  @Override
  public void run(Target target) throws InterruptedException {
    int port = target.server().port();
    target.together(
        WORKERS,
        () -> {
          Socket socket = target.socket(Addresses.ATTACKER, port);
          try {
            target.send(socket, BEGIN);
            awaitEnd(socket);
          } finally {
            target.release(socket);
          }
          target.pause(PACE);
        });
  }

  private static void awaitEnd(Socket socket) throws IOException {
    while (socket.getInputStream().read() >= 0) {
      // Nothing is expected but the end.
    }
  }
}
