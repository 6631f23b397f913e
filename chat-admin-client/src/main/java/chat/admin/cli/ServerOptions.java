// SPDX-License-Identifier: Apache-2.0
package chat.admin.cli;

import chat.cli.base.DataOption;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What every command of operators has. */
final class ServerOptions {
  @Mixin private final DataOption data = new DataOption();

  @Option(names = "--json", description = "Print the server's answer as JSON.")
  private boolean json;

  Path data(Map<String, String> environment) {
    return data.folder(environment);
  }

  boolean isJson() {
    return json;
  }
}
