// SPDX-License-Identifier: Apache-2.0
package chat.cli.command;

import chat.export.Export.Form;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code export}. */
@Command(
    name = "export",
    description = {
      "Write a room into a folder, to keep or to print.",
      "%nThe room is written as it reads now:%n"
          + "%n  messages.jsonl  what chatroom read --json prints, a line each"
          + "%n  messages.html   for a browser or a printer"
          + "%n  messages.txt    plain text"
          + "%n  files/          the files, each checked by its hash"
    },
    footer = Help.ROOM)
final class ExportCommand implements Callable<CliCall> {
  /** What {@code --format} can be. */
  enum Format {
    JSONL(EnumSet.of(Form.JSONL)),
    HTML(EnumSet.of(Form.HTML)),
    TEXT(EnumSet.of(Form.TEXT)),
    ALL(EnumSet.allOf(Form.class));

    private final Set<Form> forms;

    Format(Set<Form> forms) {
      this.forms = Set.copyOf(forms);
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Parameters(index = "0", paramLabel = "ROOM", description = "The room.")
  private String room = "";

  @Parameters(index = "1", paramLabel = "FOLDER", description = "A new or empty folder.")
  private Path folder = Path.of("");

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "all",
      description = "jsonl, html, text or all. Default: all.")
  private Format format = Format.ALL;

  @Option(names = "--no-files", description = "Leave the files out.")
  private boolean noFiles;

  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  @Override
  public CliCall call() {
    return new CliCall(connection, new CliCommand.ExportRoom(room, folder, format.forms, !noFiles));
  }
}
