// SPDX-License-Identifier: Apache-2.0
package chat.launcher;

import chat.cli.base.Bounds;
import chat.cli.base.CliProgram;
import chat.cli.base.CommandProvider;
import chat.cli.base.CommandTree;
import chat.cli.base.DataOption;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code chatroom server}: its options and their help, once for itself, completion and manual. */
@Command(
    name = ServerCommand.NAME,
    description = "Run the server in the foreground until it is stopped.",
    exitCodeList = {"0:stopped", "1:it can't start", "2:wrong usage"})
final class ServerCommand implements Callable<ServerCommand> {
  static final String NAME = "server";

  /** The exit code of a server that can't start. */
  static final int FAILED = 1;

  @Mixin private final DataOption data = new DataOption();

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "Listen on this port instead of the configured one.")
  @Bounds(min = 0, max = 65_535)
  private @Nullable Integer port;

  @Option(
      names = "--config",
      paramLabel = "DIR",
      description =
          "Where the configuration is; it is made with comments at the first start. Default: conf"
              + " in the data folder.")
  private @Nullable Path config;

  @Option(
      names = "--maintenance",
      description =
          "Let nobody connect and wait for operators' commands, even without a store; chatroom"
              + " restore uses it where no server runs.")
  private boolean maintenance;

  /** Shows the command to completion and the manual. */
  public static final class Provider implements CommandProvider {
    @Override
    public List<Object> commands() {
      return List.of(new ServerCommand());
    }
  }

  /** Reads the arguments behind the command's name. */
  static CliProgram.Line<ServerCommand> read(
      List<String> arguments, Map<String, String> environment, PrintStream out, PrintStream err) {
    CommandTree tree = new CommandTree().add(NAME, ServerCommand::new);
    List<String> line = new ArrayList<>(List.of(NAME));
    line.addAll(arguments);
    return new CliProgram(tree, environment, out, err, () -> FAILED)
        .read(line, ServerCommand.class);
  }

  @Override
  public ServerCommand call() {
    return this;
  }

  Options options(Path home, Map<String, String> environment) {
    Path folder = data.folder(environment);
    Path conf = config == null ? folder.resolve("conf") : config.toAbsolutePath().normalize();
    return new Options(home, folder, conf, Optional.ofNullable(port), maintenance);
  }
}
