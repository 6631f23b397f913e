// SPDX-License-Identifier: Apache-2.0
package chat.server.base;

/** What was sealed can't be opened: it was changed, or sealed under another key. */
public final class SealException extends Exception {
  public SealException(String message) {
    super(message);
  }

  SealException(String message, Throwable cause) {
    super(message, cause);
  }
}
