// SPDX-License-Identifier: Apache-2.0
package chat.prove;

import chat.cli.base.ExitStatus;

/** What a script can tell the outcome by. */
enum Exit implements ExitStatus {
  /** Nothing is wrong. */
  PROVED,
  /** Something was lost, doubled, disordered or missing, or a disturbance failed. */
  WRONG,
  /** The command line makes no sense. */
  USAGE,
  /** The server could not be started or reached. */
  UNREACHABLE;

  @Override
  public int code() {
    return ordinal();
  }
}
