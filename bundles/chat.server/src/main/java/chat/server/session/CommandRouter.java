// SPDX-License-Identifier: Apache-2.0
package chat.server.session;

import chat.protocol.Command;

/** Carries out the commands of sessions. May be called from any thread. */
public interface CommandRouter {

  /**
   * Carries out a command; it is answered once, now or later.
   *
   * @param stage of the session when the command came
   */
  void route(Session session, Session.Stage.Open stage, int correlation, Command command);

  /** Somebody has left for good whose token nobody has but the session: it is worth nothing now. */
  void left(Session session, Session.Stage.Member member);

  /** A session is over: lets go of what is kept for it. */
  void ended(Session session);
}
