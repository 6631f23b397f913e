// SPDX-License-Identifier: Apache-2.0
package chat.cli.base;

import picocli.CommandLine.Option;

/** What every command has. */
final class StandardOptions {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Print this help.")
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Print the version.")
  private boolean version;
}
