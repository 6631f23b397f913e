// SPDX-License-Identifier: Apache-2.0
package chat.server;

/** What was sealed can't be opened: it was changed, or sealed under another key. */
final class SealException extends Exception {
  SealException(String message) {
    super(message);
  }

  SealException(String message, Throwable cause) {
    super(message, cause);
  }
}
