// SPDX-License-Identifier: Apache-2.0
package chat.prove;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What is written at the end. */
@Command(optionListHeading = "Report")
final class ReportOptions {
  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write the same figures for programs.")
  private @Nullable Path json;

  Optional<Path> json() {
    return Optional.ofNullable(json);
  }
}
