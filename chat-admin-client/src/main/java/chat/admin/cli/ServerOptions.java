// SPDX-License-Identifier: Apache-2.0
package chat.admin.cli;

import chat.cli.base.Environment;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What every command of operators has. */
final class ServerOptions {
  static final String DATA = "CHATROOM_DATA";

  @Environment(DATA)
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The data folder of the server. Default: ~/.local/share/chatroom/server")
  private @Nullable Path data;

  @Option(names = "--json", description = "Print the server's answer as JSON.")
  private boolean json;

  Path data(Map<String, String> environment) {
    return (data == null ? standard(environment) : data).toAbsolutePath().normalize();
  }

  boolean isJson() {
    return json;
  }

  private static Path standard(Map<String, String> environment) {
    String base = environment.getOrDefault("XDG_DATA_HOME", "");
    Path share =
        base.isBlank()
            ? Path.of(System.getProperty("user.home"), ".local", "share")
            : Path.of(base);
    return share.resolve("chatroom").resolve("server");
  }
}
