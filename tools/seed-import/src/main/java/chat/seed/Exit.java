// SPDX-License-Identifier: Apache-2.0
package chat.seed;

import chat.cli.base.ExitStatus;

/** What a script can tell the outcome by. */
enum Exit implements ExitStatus {
  DONE,
  /** It broke off; the same line again goes on from there. */
  BROKE_OFF,
  /** The command line makes no sense. */
  USAGE;

  @Override
  public int code() {
    return ordinal();
  }
}
