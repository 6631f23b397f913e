// SPDX-License-Identifier: Apache-2.0
package chat.prove;

import chat.cli.base.Bounds;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Who writes what while the server is disturbed. */
@Command(optionListHeading = "Load")
final class LoadOptions {
  private static final int MOST = 1_000_000;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "How long; 30 unless --swaps ends the run.")
  @Bounds(min = 1, max = MOST)
  private @Nullable Integer seconds;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "200",
      description = "Messages a second of all clients together. Default: 200.")
  @Bounds(min = 1, max = MOST)
  private int rate;

  @Option(
      names = "--clients",
      paramLabel = "N",
      defaultValue = "10",
      description = "How many clients, at most 10000. Default: 10.")
  @Bounds(min = 1, max = 10_000)
  private int clients;

  @Option(
      names = "--rooms",
      paramLabel = "N",
      defaultValue = "1",
      description = "In how many rooms, each client in one, at most 1000. Default: 1, the Lobby.")
  @Bounds(min = 1, max = 1_000)
  private int rooms;

  @Option(
      names = "--changes",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Of 100 messages so many change an earlier one: edits, reactions, deletions. Default: 0.")
  @Bounds(min = 0, max = 100)
  private int changes;

  @Option(
      names = "--classic",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Original clients beside them, at most 100; not with --kill or --changes. A server that"
              + " runs already must listen for them, see docs/classic.md. Default: 0.")
  @Bounds(min = 0, max = 100)
  private int classicClients;

  @Option(
      names = "--files",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Files that are sent meanwhile, fetched by another client, and compared. Default: 0.")
  @Bounds(min = 0, max = MOST)
  private int files;

  @Option(
      names = "--file-bytes",
      paramLabel = "N",
      defaultValue = "1048576",
      description = "The largest of them, at most 52428800. Default: 1048576.")
  @Bounds(min = 0, max = 50 << 20)
  private int fileBytes;

  @Nullable Integer seconds() {
    return seconds;
  }

  /** Messages a second of all clients together. */
  int rate() {
    return rate;
  }

  int clients() {
    return clients;
  }

  /** In how many rooms the clients are. */
  int rooms() {
    return rooms;
  }

  /** Of 100 messages so many change an earlier one. */
  int changes() {
    return changes;
  }

  /** How many clients of the original chat room there are beside them. */
  int classicClients() {
    return classicClients;
  }

  int files() {
    return files;
  }

  int fileBytes() {
    return fileBytes;
  }
}
