// SPDX-License-Identifier: Apache-2.0
package chat.cli.base;

/** By what a script can tell the outcome of a program; 0 is success, {@link #USAGE} wrong usage. */
public interface ExitStatus {
  int SUCCESS = 0;
  int USAGE = 2;

  int code();
}
