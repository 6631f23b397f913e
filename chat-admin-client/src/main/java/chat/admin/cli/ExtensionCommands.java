// SPDX-License-Identifier: Apache-2.0
package chat.admin.cli;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code extension}: what an operator adds to the running server. */
@Command(
    name = "extension",
    description = {
      "Look after the extensions of a server that runs on this machine: hooks and bots.",
      "%nAn extension is code in the server's own process: install those that you trust."
    })
final class ExtensionCommands {

  @Command(description = "List extensions: name, version, state and what they offer.")
  Order list(@Mixin ServerOptions server) {
    return Order.of(server, "extension", "list");
  }

  @Command(
      description = {
        "Add an extension while people chat, or exchange one for another build.",
        "%nIt is there again after a restart. What does not start is not installed, and you read"
            + " why; of two builds the old one goes on then."
      })
  Order install(
      @Parameters(paramLabel = "JAR", description = "The bundle.") Path jar,
      @Mixin ServerOptions server) {
    return Order.of(server, "extension", "install", Order.absolute(jar));
  }

  @Command(description = "Take an extension away while people chat.")
  Order remove(
      @Parameters(paramLabel = "NAME", description = "As chatroom extension list shows it.")
          String name,
      @Option(names = "--yes", description = "Do it without asking.") boolean yes,
      @Mixin ServerOptions server) {
    return Order.of(server, "extension", "remove", name)
        .asking(yes, "Texts go past " + name + " from then on, or it answers nobody. Go on?");
  }
}
