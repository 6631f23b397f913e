// SPDX-License-Identifier: Apache-2.0
package chat.prove.client;

import chat.protocol.Command;
import chat.protocol.Reply;
import chat.prove.server.Server;
import chat.prove.server.Waits;
import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks one thing after another and does not give up when the connection or the server goes. One
 * thread.
 */
final class SteadyClient implements AutoCloseable {
  private static final Duration MOMENT = Duration.ofMillis(50);

  /** Commands that belong together, begun anew when one of them got no answer. */
  interface Work<T> {
    T with(Wire wire) throws IOException;
  }

  private final Server server;
  private final byte[] token;
  private final BooleanSupplier over;
  private @Nullable Wire wire;

  /**
   * @param token of a session that it goes on with
   * @param over whether nobody wants to know any more
   */
  SteadyClient(Server server, byte[] token, BooleanSupplier over) {
    this.server = server;
    this.token = token;
    this.over = over;
  }

  /**
   * Does a piece of work, as often as it takes.
   *
   * @throws IOException when it is over
   */
  <T> T does(Work<T> work) throws IOException {
    while (true) {
      try {
        return work.with(connected());
      } catch (Wire.AgainException e) {
        giveUp(e);
        Waits.sleep(e.after().plus(MOMENT));
      } catch (IOException e) {
        giveUp(e);
        close();
        Waits.sleep(MOMENT);
      }
    }
  }

  private void giveUp(IOException e) throws IOException {
    if (over.getAsBoolean()) {
      throw e;
    }
  }

  private Wire connected() throws IOException {
    Wire open = wire;
    if (open == null) {
      open = Wire.greeted(server, "prove");
      wire = open;
      Reply reply = open.ask(new Command.Resume(token));
      if (!(reply instanceof Reply.LoggedIn)) {
        throw new IOException("could not log in again: " + reply);
      }
    }
    return open;
  }

  @Override
  public void close() {
    try {
      if (wire != null) {
        wire.close();
      }
    } catch (IOException e) {
      // It was broken before.
    }
    wire = null;
  }
}
