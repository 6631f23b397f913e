// SPDX-License-Identifier: Apache-2.0
package chat.server.command.importer;

/** Why something is not imported; the message is for people. */
final class NotImportedException extends Exception {
  private static final long serialVersionUID = 1;

  NotImportedException(String why) {
    super(why);
  }

  String why() {
    return String.valueOf(getMessage());
  }
}
