// SPDX-License-Identifier: Apache-2.0
package chat.cli.command;

import chat.cli.base.ExitStatus;

/** What a script can tell the outcome by. */
public enum Exit implements ExitStatus {
  DONE,
  /** The server or this machine said no. */
  REFUSED,
  /** The command line makes no sense. */
  USAGE,
  /** The server could not be reached in time. */
  UNREACHABLE,
  /** The server's key is not one that anybody vouched for. */
  UNTRUSTED;

  @Override
  public int code() {
    return ordinal();
  }
}
