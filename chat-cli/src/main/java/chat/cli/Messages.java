// SPDX-License-Identifier: Apache-2.0
package chat.cli;

import chat.client.ClientEvent;
import chat.protocol.Command;
import chat.protocol.Command.Direction;
import chat.protocol.Cursor;
import chat.protocol.Event;
import java.io.IOException;
import java.io.InputStream;
import java.util.UUID;

/** {@code message}: something is done to what was said. */
record Messages(Visit visit, Word.OfMessages order, InputStream in) {

  void run() throws CliException, IOException, InterruptedException {
    ClientEvent.Entered entered = visit.enter();
    visit.listenNoMore();
    Cursor target = target(visit.room(entered, order.room()).room());
    UUID id = UUID.randomUUID();
    Command.Lasting command =
        switch (order) {
          case Word.Edit edit -> new Command.Edit(id, target, text(edit.what()));
          case Word.Delete delete -> new Command.Delete(id, target);
          case Word.React react -> new Command.React(id, target, react.emoji(), react.on());
          case Word.Pin pin -> new Command.Pin(id, target, pin.on());
          case Word.Forward forward ->
              new Command.Forward(id, target, visit.room(entered, forward.to()).room());
        };
    Visit.get(visit.client().change(command));
  }

  private Cursor target(long room) throws CliException, InterruptedException {
    return Visit.get(visit.client().history(room, Direction.AFTER, order.number() - 1, 1))
        .entries()
        .stream()
        .filter((Event.Entry entry) -> entry.number() == order.number())
        .findFirst()
        .map(Cursor::behind)
        .orElseThrow(() -> new CliException(Exit.REFUSED, "there is no message " + order.number()));
  }

  private String text(Word.Written what) throws IOException {
    return switch (what) {
      case Word.Text(String text) -> text;
      case Word.Input input -> Sending.all(in);
    };
  }
}
