// SPDX-License-Identifier: Apache-2.0
package chat.admin.command;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepts clients until the server socket is closed. While it can't, as when there are no file
 * handles left, it waits longer and longer: to try again at once would take a whole processor.
 */
final class AcceptLoop implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(AcceptLoop.class);
  private static final long FIRST_PAUSE_MILLIS = 10;
  private static final long LONGEST_PAUSE_MILLIS = 1_000;

  /** Where clients come from. */
  @FunctionalInterface
  interface Source {
    SocketChannel accept() throws IOException;
  }

  /** Attends to a client. */
  @FunctionalInterface
  interface Attendant {
    void admit(SocketChannel client) throws IOException;
  }

  private final Source source;
  private final Attendant attendant;

  AcceptLoop(Source source, Attendant attendant) {
    this.source = source;
    this.attendant = attendant;
  }

  @Override
  public void run() {
    long pause = 0;
    while (true) {
      try {
        attendant.admit(source.accept());
        pause = 0;
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException e) {
        if (pause == 0) {
          LOG.warn("The operator's socket can't accept: {}", e.toString());
        }
        pause = Math.clamp(2 * pause, FIRST_PAUSE_MILLIS, LONGEST_PAUSE_MILLIS);
        try {
          Thread.sleep(pause);
        } catch (InterruptedException interrupted) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    }
  }
}
