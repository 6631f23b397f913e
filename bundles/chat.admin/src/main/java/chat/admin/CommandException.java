// SPDX-License-Identifier: Apache-2.0
package chat.admin;

/** A word could not be carried out; the message is the operator's answer. */
public final class CommandException extends Exception {
  CommandException(String message) {
    super(message);
  }

  CommandException(String message, Throwable cause) {
    super(message, cause);
  }
}
