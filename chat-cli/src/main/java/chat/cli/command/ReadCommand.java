// SPDX-License-Identifier: Apache-2.0
package chat.cli.command;

import chat.cli.base.Bounds;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code read}. */
@Command(
    name = "read",
    description = {
      "Print the newest messages and files of a room, the oldest first.",
      "%nThey are printed as they read now, with changes, pins and reactions:%n"
          + "%n  2026-11-23 04:05:06 alice: text [edited] [pinned] [👍 bob, carol]%n"
          + "%nFurther lines of a text are indented; characters that could harm a terminal are"
          + " printed as their codes."
    },
    footer = {
      "Fields of --json; what is false, 0 or empty because that is usual is left out:",
      "  room       number of the room",
      "  number     of the entry in its room, without gaps",
      "  id         of the entry, a UUID",
      "  time       in UTC, ISO 8601",
      "  author     name of the author's account",
      "  display    display name of the author",
      "  account    number of the author's account",
      "  kind       text, file, joined, left, erased, damaged, room, done or gone;",
      "             with --follow also edited, deleted, reacted and pinned, with about,",
      "             the number of the message",
      "  text       of a text",
      "  reply      number of the message that is replied to",
      "  important  true",
      "  forwarded  name of the original author",
      "  name, mediaType, size, sha256  of a file",
      "  edited     time of the last edit",
      "  pinned     true",
      "  reactions  who reacted with what: {\"👍\":[\"bob\"]}",
      "",
      Help.ROOM
    })
final class ReadCommand implements Callable<CliCall> {
  private static final int USUAL = 10;
  private static final int MOST = 1_000_000;

  @Option(
      names = "-n",
      paramLabel = "N",
      defaultValue = "" + USUAL,
      description = "How many. Default: " + USUAL + ".")
  @Bounds(min = 0, max = MOST)
  private int last = USUAL;

  @Option(
      names = "--follow",
      description =
          "Go on with new messages until interrupted; an edit, deletion, reaction or pin is printed"
              + " on a line of its own.")
  private boolean follow;

  @Option(names = "--json", description = Help.JSON)
  private boolean json;

  @Mixin private final RoomOption room = new RoomOption();
  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  @Override
  public CliCall call() {
    return new CliCall(connection, new CliCommand.Read(room.room(), last, follow, json));
  }
}
