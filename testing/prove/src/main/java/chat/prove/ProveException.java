// SPDX-License-Identifier: Apache-2.0
package chat.prove;

/** The end of the program before it could prove anything, and why. */
final class ProveException extends Exception {
  private static final long serialVersionUID = 1;
  private final Exit exit;

  ProveException(Exit exit, String message) {
    super(message);
    this.exit = exit;
  }

  Exit exit() {
    return exit;
  }
}
