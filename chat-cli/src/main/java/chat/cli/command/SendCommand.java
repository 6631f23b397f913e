// SPDX-License-Identifier: Apache-2.0
package chat.cli.command;

import chat.cli.base.Bounds;
import chat.cli.base.CliException;
import chat.cli.command.CliCommand.Attachment;
import chat.cli.command.CliCommand.Input;
import chat.cli.command.CliCommand.What;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code send}. */
@Command(
    name = "send",
    description = {
      "Send a message or a file, and wait until the server has it on disk.",
      "%nTEXT is sent as one message; - reads it from standard input. A text that begins with a"
          + " dash follows --."
    },
    customSynopsis = "chatroom send [OPTIONS] (TEXT | - | --file PATH)")
final class SendCommand implements Callable<CliCall> {
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Parameters(arity = "0..1", paramLabel = "TEXT", description = "The message.")
  private @Nullable String text;

  @Option(names = "--file", paramLabel = "PATH", description = "Send this file.")
  private @Nullable Path file;

  @Option(
      names = "--lines",
      description = "Send each line of standard input as a message; empty lines are left out.")
  private boolean lines;

  @Option(
      names = "--reply",
      paramLabel = "NUMBER",
      description = "Reply to the message with this number.")
  @Bounds(min = 1)
  private @Nullable Long reply;

  @Option(names = "--important", description = "Mark the message as important.")
  private boolean important;

  @Option(names = "--verbose", description = "Print the number of the message in its room.")
  private boolean verbose;

  @Mixin private final RoomOption room = new RoomOption();
  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  @Override
  public CliCall call() throws CliException {
    if (file != null && (reply != null || important)) {
      throw CliException.usage("--reply and --important are for texts");
    }
    return new CliCall(
        connection,
        new CliCommand.Send(room.room(), what(), reply == null ? 0 : reply, important, verbose));
  }

  private What what() throws CliException {
    What written = text == null ? null : TextArgument.of(text, spec);
    Path attachment = file;
    if (lines) {
      if (attachment != null || !(written == null || written instanceof Input)) {
        throw CliException.usage("--lines is for standard input: give - instead of a text or file");
      }
      return new Input(true);
    }
    if (attachment != null && written != null) {
      throw CliException.usage("one text or file at a time; put a text with spaces into quotes");
    }
    if (attachment != null) {
      return new Attachment(attachment);
    }
    if (written == null) {
      throw CliException.usage(
          "nothing to send: give a text, - for standard input, or --file PATH");
    }
    return written;
  }
}
