// SPDX-License-Identifier: Apache-2.0
package chat.server.command.account;

/** Nobody would own the server any more. */
public final class LastOwnerException extends Exception {
  private static final long serialVersionUID = 1;

  LastOwnerException() {
    super("this is the last owner of the server; make somebody else an owner first");
  }
}
