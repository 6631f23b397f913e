// SPDX-License-Identifier: Apache-2.0
package chat.cli.command;

import chat.cli.base.Bounds;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code search}. */
@Command(
    name = "search",
    description = {
      "Find messages and files that contain all of the words, the newest first.",
      "%nPrints room, number, time, author and text as they read now."
    })
final class SearchCommand implements Callable<CliCall> {
  private static final int USUAL = 20;
  private static final int MOST = 1_000_000;

  @Parameters(
      arity = "1..*",
      paramLabel = "WORDS",
      description =
          "Words; also \"a phrase\", from:NAME, in:ROOM, before:2026-11-23, after:DATE, has:file,"
              + " has:link.")
  private List<String> words = List.of();

  @Option(
      names = "-n",
      paramLabel = "N",
      defaultValue = "" + USUAL,
      description = "How many. Default: " + USUAL + ".")
  @Bounds(min = 1, max = MOST)
  private int most = USUAL;

  @Option(names = "--json", description = "Print one JSON object a line, as chatroom read does.")
  private boolean json;

  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  @Override
  public CliCall call() {
    return new CliCall(connection, new CliCommand.Search(String.join(" ", words), most, json));
  }
}
