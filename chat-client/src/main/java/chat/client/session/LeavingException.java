// SPDX-License-Identifier: Apache-2.0
package chat.client.session;

import chat.client.ClientEvent.Refusal;
import chat.client.RefusedException;
import java.io.IOException;

/** The server closes the connection and tells when to come back. */
final class LeavingException extends IOException {
  private static final long serialVersionUID = 1;
  private final long backAfter;

  LeavingException(String reason, long backAfter) {
    super(reason);
    this.backAfter = backAfter;
  }

  /** A refusal that only time can heal: the same as a server that can't be reached. */
  static IOException of(RefusedException refused) {
    Refusal refusal = refused.refusal();
    String reason = refusal.problem() + ": " + refusal.detail();
    return refusal.retryAfter() > 0
        ? new LeavingException(reason, refusal.retryAfter())
        : new IOException(reason, refused);
  }

  /** Milliseconds. */
  long backAfter() {
    return backAfter;
  }
}
