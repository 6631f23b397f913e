// SPDX-License-Identifier: Apache-2.0
package chat.server.command.account;

import chat.server.base.Refusal;
import chat.server.session.Responder;
import chat.server.session.Session;
import chat.storage.StorageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One command of somebody who is not logged in, on its way to its one reply. Whoever was refused
 * may try again on the same connection.
 */
public record GuestRequest(Session session, int correlation) implements Responder {
  private static final Logger LOG = LoggerFactory.getLogger(GuestRequest.class);

  @Override
  public void answer(Refusal refusal) {
    session.busy(false);
    Responder.super.answer(refusal);
  }

  /**
   * Damage in the store ends nobody's session either: a token is good when it can be read again.
   */
  @Override
  public Refusal refusal(StorageException why) {
    LOG.warn("A log-in had to wait: {}", why.getMessage());
    return Refusal.storeIsAway(AWAY_MILLIS);
  }
}
