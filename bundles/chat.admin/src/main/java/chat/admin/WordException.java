// SPDX-License-Identifier: Apache-2.0
package chat.admin;

/** A word could not be carried out; the message is the operator's answer. */
public final class WordException extends Exception {
  WordException(String message) {
    super(message);
  }

  WordException(String message, Throwable cause) {
    super(message, cause);
  }
}
