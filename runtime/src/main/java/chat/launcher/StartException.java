// SPDX-License-Identifier: Apache-2.0
package chat.launcher;

/** The server can't start; the message tells a person why and what to do. */
final class StartException extends Exception {
  StartException(String message) {
    super(message);
  }

  StartException(String message, Throwable cause) {
    super(message, cause);
  }
}
