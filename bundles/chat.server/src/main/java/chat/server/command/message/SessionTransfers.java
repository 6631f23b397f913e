// SPDX-License-Identifier: Apache-2.0
package chat.server.command.message;

import chat.server.session.Session;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The transfers of each session, as long as it lasts. May be used from any thread. */
public final class SessionTransfers {
  private final ConcurrentMap<Session, FileTransfers> transfers = new ConcurrentHashMap<>();

  /** Those of this session; of one that is over nothing is kept. */
  public FileTransfers of(Session session) {
    FileTransfers own = transfers.computeIfAbsent(session, one -> new FileTransfers());
    if (session.isOver()) {
      transfers.remove(session);
    }
    return own;
  }

  /** The session is over. */
  public void end(Session session) {
    transfers.remove(session);
  }
}
