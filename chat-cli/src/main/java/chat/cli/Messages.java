// SPDX-License-Identifier: Apache-2.0
package chat.cli;

import chat.cli.base.CliException;
import chat.cli.command.CliCommand;
import chat.cli.command.Exit;
import chat.client.ClientEvent;
import chat.client.CommandId;
import chat.protocol.Command;
import chat.protocol.Command.Direction;
import chat.protocol.Cursor;
import chat.protocol.Event;
import java.io.IOException;
import java.io.InputStream;
import java.util.UUID;

/** {@code message}: something is done to what was said. */
record Messages(CliSession session, CliCommand.OfMessages order, InputStream in) {

  void run() throws CliException, IOException, InterruptedException {
    ClientEvent.Entered entered = session.enter();
    session.listenNoMore();
    Cursor target = target(session.room(entered, order.room()).room());
    UUID id = CommandId.next();
    Command.Append command =
        switch (order) {
          case CliCommand.Edit edit -> new Command.Edit(id, target, text(edit.what()));
          case CliCommand.Delete delete -> new Command.Delete(id, target);
          case CliCommand.React react -> new Command.React(id, target, react.emoji(), react.on());
          case CliCommand.Pin pin -> new Command.Pin(id, target, pin.on());
          case CliCommand.Forward forward ->
              new Command.Forward(id, target, session.room(entered, forward.to()).room());
        };
    CliSession.get(session.client().change(command));
  }

  private Cursor target(long room) throws CliException, InterruptedException {
    return CliSession.get(session.client().history(room, Direction.AFTER, order.number() - 1, 1))
        .entries()
        .stream()
        .filter((Event.Entry entry) -> entry.number() == order.number())
        .findFirst()
        .map(Cursor::behind)
        .orElseThrow(() -> new CliException(Exit.REFUSED, "there is no message " + order.number()));
  }

  private String text(CliCommand.Written what) throws IOException {
    return switch (what) {
      case CliCommand.Text(String text) -> text;
      case CliCommand.Input input -> Sending.all(in);
    };
  }
}
