// SPDX-License-Identifier: Apache-2.0
package chat.server.store;

import chat.connection.Connection;
import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;

/**
 * Replies to what one batch of the journal has committed: those of a connection leave together, so
 * that its event loop wakes and writes once for all of them.
 *
 * <p><b>Threads.</b> What the journal's thread sends waits for {@link #flush}, which that thread
 * calls after each batch; what another thread sends leaves at once.
 */
public final class JoinedReplies {
  private final Journal journal;
  private final LinkedHashMap<Connection, ByteArrayOutputStream> waiting = new LinkedHashMap<>();

  public JoinedReplies(Journal journal) {
    this.journal = journal;
  }

  /** Sends a frame now or with those of the batch. */
  public void send(Connection connection, byte[] frame) {
    if (journal.isOwnThread()) {
      waiting.computeIfAbsent(connection, c -> new ByteArrayOutputStream()).writeBytes(frame);
    } else {
      connection.send(frame);
    }
  }

  /** Sends what waits, each of it once whatever becomes of the others. */
  public void flush() {
    for (var next = waiting.pollFirstEntry(); next != null; next = waiting.pollFirstEntry()) {
      Connection connection = next.getKey();
      byte[] frames = next.getValue().toByteArray();
      Submission.guarded(() -> connection.send(frames));
    }
  }
}
