// SPDX-License-Identifier: Apache-2.0
package chat.cli;

import chat.cli.base.CliException;
import chat.cli.command.CliCommand;
import chat.client.ClientEvent;
import chat.client.text.Json;
import chat.client.text.Message;
import chat.client.text.MessageFormatter;
import chat.client.text.TerminalSanitizer;
import chat.protocol.Position;
import chat.protocol.Reply;
import chat.protocol.RoomView;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Finds what was said, the newest first. */
record Searching(
    CliSession session, CliCommand.Search order, MessageFormatter lines, PrintStream out) {
  private static final int PAGE = 50;

  void run() throws CliException, InterruptedException {
    ClientEvent.Entered entered = session.enter();
    session.listenNoMore();
    Map<Long, String> names =
        entered.rooms().stream()
            .collect(Collectors.toMap(RoomView::room, room -> CliSession.name(room.info())));
    int left = order.most();
    List<Position> from = List.of();
    do {
      Reply.Found found =
          CliSession.get(session.client().search(order.words(), from, Math.min(left, PAGE)));
      for (Message message : Message.fold(found.entries(), found.about())) {
        out.println(order.json() ? Json.message(message) : line(message, names));
        left--;
      }
      from = found.next();
    } while (left > 0 && !from.isEmpty());
  }

  private String line(Message message, Map<Long, String> names) {
    long room = message.entry().room();
    return TerminalSanitizer.line(names.getOrDefault(room, "#" + room))
        + " "
        + message.entry().number()
        + " "
        + lines.plain(message);
  }
}
