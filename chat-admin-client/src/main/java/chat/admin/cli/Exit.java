// SPDX-License-Identifier: Apache-2.0
package chat.admin.cli;

import chat.cli.base.ExitStatus;

/** What a script can tell the outcome by. */
enum Exit implements ExitStatus {
  DONE,
  /** The server refused it, it failed, or no server runs here. */
  NOT_DONE,
  /** The command line makes no sense. */
  USAGE;

  static Exit of(int code) {
    return code >= 0 && code < values().length ? values()[code] : NOT_DONE;
  }

  @Override
  public int code() {
    return ordinal();
  }
}
