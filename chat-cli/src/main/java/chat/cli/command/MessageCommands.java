// SPDX-License-Identifier: Apache-2.0
package chat.cli.command;

import chat.cli.base.Bounds;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code message}. */
@Command(
    name = "message",
    description = {
      "Edit, delete, react to, pin or forward a message.",
      "%nThe number of a message is printed by chatroom send --verbose, chatroom read --json and"
          + " chatroom search."
    },
    subcommands = MessageCommands.Edit.class,
    footer = Help.ROOM)
final class MessageCommands {
  private static final String NUMBER = "NUMBER";

  /** The message that is meant. */
  static final class Target {
    @Parameters(index = "0", paramLabel = NUMBER, description = "The message number.")
    @Bounds(min = 1)
    private long number;

    @Mixin private final RoomOption room = new RoomOption();
    @Mixin private final ConnectionOptions connection = new ConnectionOptions();
  }

  /** {@code message edit}. */
  @Command(
      name = "edit",
      description = "Replace the text of a message; - reads it from standard input.")
  static final class Edit implements Callable<CliCall> {
    @SuppressWarnings("NullAway.Init")
    @Spec
    private CommandSpec spec;

    @Mixin private final Target target = new Target();

    @Parameters(index = "1", paramLabel = "TEXT", description = "The new text.")
    private String text = "";

    @Override
    public CliCall call() {
      return new CliCall(
          target.connection,
          new CliCommand.Edit(target.room.room(), target.number, TextArgument.of(text, spec)));
    }
  }

  @Command(description = "Delete a message for everybody.")
  CliCall delete(@Mixin Target target) {
    return new CliCall(target.connection, new CliCommand.Delete(target.room.room(), target.number));
  }

  @Command(description = "Add a reaction to a message.")
  CliCall react(
      @Mixin Target target,
      @Parameters(index = "1", paramLabel = "EMOJI", description = "The emoji.") String emoji) {
    return new CliCall(
        target.connection, new CliCommand.React(target.room.room(), target.number, emoji, true));
  }

  @Command(description = "Remove one's own reaction from a message.")
  CliCall unreact(
      @Mixin Target target,
      @Parameters(index = "1", paramLabel = "EMOJI", description = "The emoji.") String emoji) {
    return new CliCall(
        target.connection, new CliCommand.React(target.room.room(), target.number, emoji, false));
  }

  @Command(description = "Pin a message.")
  CliCall pin(@Mixin Target target) {
    return new CliCall(
        target.connection, new CliCommand.Pin(target.room.room(), target.number, true));
  }

  @Command(description = "Unpin a message.")
  CliCall unpin(@Mixin Target target) {
    return new CliCall(
        target.connection, new CliCommand.Pin(target.room.room(), target.number, false));
  }

  @Command(description = "Forward a message to another room.")
  CliCall forward(
      @Mixin Target target,
      @Parameters(index = "1", paramLabel = "ROOM", description = "The room that it goes to.")
          String to) {
    return new CliCall(
        target.connection, new CliCommand.Forward(target.room.room(), target.number, to));
  }
}
