// SPDX-License-Identifier: Apache-2.0
package chat.launcher;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for.
 *
 * @param home where the program is
 * @param data where the server keeps everything
 * @param config where its configuration is
 * @param port beats the configured one
 * @param maintenance whether it is there for its operator alone: nobody can connect, and a store
 *     may be missing
 */
record Options(Path home, Path data, Path config, Optional<Integer> port, boolean maintenance) {
  static final String HELP =
      """
      Usage: chatroom server [options]

      Runs the server in the foreground until it is stopped.

        --data DIR     where the server keeps everything (default: %s)
        --port N       listen on this port instead of the configured one
        --config DIR   where the configuration is (default: conf in the data folder;
                       made with comments at the first start)
        --maintenance  let nobody connect and wait for operators' commands, even without a
                       store; chatroom restore uses it where no server runs
        --help         this text

      Exit codes: 0 stopped, 1 can't start, 2 wrong usage.
      """;

  /** Where the data is unless somebody says otherwise. */
  static Path defaultData() {
    String named = System.getenv("CHATROOM_DATA");
    if (named != null && !named.isBlank()) {
      return Path.of(named).toAbsolutePath().normalize();
    }
    String base = System.getenv("XDG_DATA_HOME");
    Path share =
        base == null || base.isBlank()
            ? Path.of(System.getProperty("user.home"), ".local", "share")
            : Path.of(base);
    return share.resolve("chatroom").resolve("server");
  }

  static Options of(Path home, String[] arguments) throws UsageException {
    Path data = defaultData();
    @Nullable Path config = null;
    Optional<Integer> port = Optional.empty();
    boolean maintenance = false;
    for (int i = 0; i < arguments.length; i++) {
      String[] parts = arguments[i].split("=", 2);
      String option = parts[0];
      if (arguments[i].equals("--maintenance")) {
        maintenance = true;
        continue;
      }
      if (!option.equals("--data") && !option.equals("--port") && !option.equals("--config")) {
        throw new UsageException(
            option.startsWith("-") ? "unknown option " + option : "unexpected argument " + option);
      }
      if (parts.length == 1 && i + 1 == arguments.length) {
        throw new UsageException(option + " needs a value");
      }
      String value = parts.length == 2 ? parts[1] : arguments[++i];
      switch (option) {
        case "--data" -> data = Path.of(value);
        case "--config" -> config = Path.of(value);
        default -> port = Optional.of(port(value));
      }
    }
    Path folder = data.toAbsolutePath().normalize();
    Path conf = config == null ? folder.resolve("conf") : config.toAbsolutePath().normalize();
    return new Options(home, folder, conf, port, maintenance);
  }

  private static int port(String value) throws UsageException {
    try {
      int port = Integer.parseInt(value);
      if (port >= 0 && port <= 65_535) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Said below, like a number out of range.
    }
    throw new UsageException("--port " + value + ": a port is a number from 0 to 65535");
  }

  /** The command line is wrong. */
  static final class UsageException extends Exception {
    UsageException(String message) {
      super(message);
    }
  }
}
