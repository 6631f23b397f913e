// SPDX-License-Identifier: Apache-2.0
package chat.cli.base;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --data}: which server on this machine is meant. The same in every program. */
public final class DataOption {
  private static final String VARIABLE = "CHATROOM_DATA";

  @Environment(VARIABLE)
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The data folder of the server. Default: ~/.local/share/chatroom/server")
  private @Nullable Path data;

  /** The folder, absolute. */
  public Path folder(Map<String, String> environment) {
    Path folder = data == null ? home(environment).resolve("server") : data;
    return folder.toAbsolutePath().normalize();
  }

  /** Where a user's programs keep what is Chatroom's. */
  public static Path home(Map<String, String> environment) {
    String base = environment.getOrDefault("XDG_DATA_HOME", "");
    Path share =
        base.isBlank()
            ? Path.of(System.getProperty("user.home"), ".local", "share")
            : Path.of(base);
    return share.resolve("chatroom");
  }
}
