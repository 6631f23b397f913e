// SPDX-License-Identifier: Apache-2.0
package chat.cli.base;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;

/** {@code man}. */
@Command(
    name = "man",
    description = {
      "Write the manual pages into a folder.",
      "%nThere is one for each command, for example chatroom-send.1; in a folder man1 below one of"
          + " those that manpath prints, man finds them."
    })
final class ManPages implements Callable<Tool>, Tool {
  @Parameters(paramLabel = "FOLDER", description = "The folder; it is created if needed.")
  private Path folder = Path.of("");

  @Override
  public Tool call() {
    return this;
  }

  @Override
  public void run(CommandLine all, PrintStream out) throws IOException {
    Files.createDirectories(folder);
    for (Map.Entry<String, String> page : pages(all).entrySet()) {
      Files.writeString(folder.resolve(page.getKey()), page.getValue());
    }
  }

  /** The pages by the names of their files. */
  static Map<String, String> pages(CommandLine all) {
    Map<String, String> pages = new LinkedHashMap<>();
    CommandSpec root = all.getCommandSpec();
    pages.put(ProductVersion.PROGRAM + ".1", ManPage.of(root));
    for (CommandLine command : all.getSubcommands().values()) {
      CommandSpec spec = command.getCommandSpec();
      pages.put(ProductVersion.PROGRAM + "-" + spec.name() + ".1", ManPage.of(spec));
    }
    return pages;
  }
}
