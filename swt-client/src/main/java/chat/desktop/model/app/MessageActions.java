// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.app;

import chat.client.CommandId;
import chat.desktop.model.room.Intent;
import chat.desktop.model.room.Rights;
import chat.desktop.model.room.Room;
import chat.desktop.model.room.Row;
import chat.protocol.Command;
import chat.protocol.Cursor;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What can be done to a message, and by whom. */
public record MessageActions(ChatModel model) {

  /** Whether something can be said in a room. */
  public boolean mayWrite(Room room) {
    return rights(room).write();
  }

  public boolean mayEdit(Row.MessageRow told) {
    Room room = room(told);
    return told instanceof Row.Said said && said.own() && room != null && mayWrite(room);
  }

  public boolean mayDelete(Row.MessageRow told) {
    Room room = room(told);
    return room != null && (told.own() || rights(room).delete());
  }

  public boolean mayReact(Row.MessageRow told) {
    Room room = room(told);
    return room != null && rights(room).react();
  }

  public boolean mayPin(Row.MessageRow told) {
    Room room = room(told);
    return room != null && rights(room).pin();
  }

  private Rights rights(Room room) {
    return new Rights(room, model.clock().millis());
  }

  public @Nullable Room room(Row.MessageRow told) {
    return model.room(told.entry().room());
  }

  public void reply(Row.MessageRow told) {
    intend(told, new Intent.Answer(told));
  }

  public void edit(Row.MessageRow told) {
    if (told instanceof Row.Said said && mayEdit(said)) {
      intend(said, new Intent.Change(said));
    }
  }

  private void intend(Row.MessageRow told, Intent intent) {
    Room room = room(told);
    if (room != null) {
      model.intend(room, intent);
    }
  }

  /** Begins to change the newest own text of a room. */
  public void editLast(Room room) {
    List<Row> rows = room.transcript().rows();
    for (int i = rows.size() - 1; i >= 0; i--) {
      if (rows.get(i) instanceof Row.Said said && mayEdit(said)) {
        edit(said);
        return;
      }
    }
  }

  /** Gives a text the meaning that the compose box has, and says it. */
  public CompletableFuture<Void> say(Room room, String text) {
    Intent intent = room.intent();
    model.intend(room, new Intent.Say());
    return switch (intent) {
      case Intent.Say _ -> model.send(room.id(), text, 0, false);
      case Intent.Insist _ -> model.send(room.id(), text, 0, true);
      case Intent.Answer(Row.MessageRow to) ->
          model.send(room.id(), text, to.entry().number(), false);
      case Intent.Change(Row.Said of) -> change(of, text);
    };
  }

  private CompletableFuture<Void> change(Row.Said said, String text) {
    return text.equals(said.text())
        ? CompletableFuture.completedFuture(null)
        : model.change(new Command.Edit(CommandId.next(), cursor(said), text)).thenAccept(_ -> {});
  }

  public void delete(Row.MessageRow told) {
    var unused = model.change(new Command.Delete(CommandId.next(), cursor(told)));
  }

  /** Puts an own reaction there, or takes it away if it is there. */
  public void react(Row.MessageRow told, String emoji) {
    long self = model.account();
    boolean there =
        told.state().reactions().stream().anyMatch(r -> r.emoji().equals(emoji) && r.by(self));
    var unused = model.change(new Command.React(CommandId.next(), cursor(told), emoji, !there));
  }

  public void pin(Row.MessageRow told) {
    boolean on = !told.state().pinned();
    var unused = model.change(new Command.Pin(CommandId.next(), cursor(told), on));
  }

  public void forward(Row.MessageRow told, Room to) {
    var unused = model.change(new Command.Forward(CommandId.next(), cursor(told), to.id()));
  }

  private static Cursor cursor(Row.MessageRow told) {
    return Cursor.behind(told.entry());
  }
}
