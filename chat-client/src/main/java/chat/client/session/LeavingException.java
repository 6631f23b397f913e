// SPDX-License-Identifier: Apache-2.0
package chat.client.session;

import java.io.IOException;

/** The server closes the connection and tells when to come back. */
final class LeavingException extends IOException {
  private static final long serialVersionUID = 1;
  private final long backAfter;

  LeavingException(String reason, long backAfter) {
    super(reason);
    this.backAfter = backAfter;
  }

  /** Milliseconds. */
  long backAfter() {
    return backAfter;
  }
}
