// SPDX-License-Identifier: Apache-2.0
package chat.seed;

import chat.admin.client.AdminClient;
import chat.cli.base.CliException;
import chat.cli.base.CliProgram;
import chat.cli.base.CommandTree;
import chat.cli.base.TerminalText;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code chatroom import}. */
public final class Main {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private Main() {}

  public static void main(String[] arguments) {
    // The driver's remark that nothing is logged is nothing for an operator.
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    System.exit(
        run(arguments, System.getenv(), utf8(FileDescriptor.out), utf8(FileDescriptor.err)));
  }

  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }

  static int run(
      String[] arguments, Map<String, String> environment, PrintStream out, PrintStream err) {
    List<String> line = new ArrayList<>(List.of(ImportCommand.NAME));
    line.addAll(List.of(arguments));
    CommandTree tree = new CommandTree().add(ImportCommand.NAME, ImportCommand::new);
    return new CliProgram(tree, environment, out, err, Exit.BROKE_OFF)
        .run(line, order -> run((ImportCommand.Order) order, out, err));
  }

  private static Exit run(ImportCommand.Order order, PrintStream out, PrintStream err)
      throws CliException, IOException, InterruptedException {
    Path run = order.data().resolve("run");
    AdminClient server = AdminClient.on(order.data());
    server.ask("ready").result();
    Report report = new Report();
    Path folder = Files.createTempDirectory(run, "import-");
    try (SeedFile seed = SeedFile.open(order.file(), order.zone(), report::broken)) {
      SeedImport imports =
          new SeedImport(
              seed,
              new Operator(server, PATIENCE),
              order.names(),
              folder,
              report,
              line -> err.println(TerminalText.of(line)));
      imports.run();
      if (order.reorders()) {
        imports.reorder();
      }
      return Exit.DONE;
    } catch (IOException e) {
      throw new CliException(
          Exit.BROKE_OFF, e.getMessage() + "\nRun the same line again to go on from there.");
    } finally {
      Files.deleteIfExists(folder);
      out.print(TerminalText.of(report.text()));
    }
  }
}
