// SPDX-License-Identifier: Apache-2.0
package chat.prove.hostile;

import chat.admin.client.ServerReport;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Sockets that fill the port of original clients and say nothing; somebody else logs in there. */
final class ClassicSilent implements Attack {
  private static final int WORKERS = 250;
  private static final Duration PACE = Duration.ofSeconds(1);
  private static final int LOG_IN_MILLIS = 10_000;

  @Override
  public void run(Target target) throws IOException, InterruptedException {
    int port =
        target
            .server()
            .admin()
            .status()
            .listener("classic")
            .map(ServerReport.Listener::port)
            .orElseThrow(() -> new IOException("there is no listener classic"));
    Thread others = Thread.ofVirtual().start(() -> othersLogIn(target, port));
    target.together(
        WORKERS,
        () -> {
          Socket socket = target.socket(Addresses.ATTACKER, port);
          try {
            socket.setSoTimeout(0);
            var _ = socket.getInputStream().read();
          } finally {
            target.release(socket);
          }
          target.pause(PACE);
        });
    others.join();
  }

  private static void othersLogIn(Target target, int port) {
    int tried = 0;
    int right = 0;
    try {
      target.pause(PACE);
      for (int i = 1; !target.isOver(); i++) {
        boolean in = isLetIn(target, port, target.ground().people().get(i % 10).name());
        if (in || !target.isOver() && !target.isDisturbed()) {
          tried++;
          right += in ? 1 : 0;
        }
        target.pause(PACE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    target.note(right + " of " + tried + " original clients got in");
    if (right < tried || tried == 0 && !target.isDisturbed()) {
      target.fault(right + " of " + tried + " original clients got in");
    }
  }

  /** The person is here with another device, which an original client is told with 104. */
  private static boolean isLetIn(Target target, int port, String name) {
    try {
      Socket socket = target.socket(Addresses.PEOPLE, port);
      try {
        socket.setSoTimeout(LOG_IN_MILLIS);
        String words = "1" + name + "\r\n" + Account.PASSWORD + "\n\n";
        socket.getOutputStream().write(words.getBytes(StandardCharsets.UTF_8));
        String code = new String(socket.getInputStream().readNBytes(3), StandardCharsets.UTF_8);
        return code.equals("101") || code.equals("104");
      } finally {
        target.release(socket);
      }
    } catch (IOException e) {
      return false;
    }
  }
}
