// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.transcript;

import chat.desktop.model.app.ChatModel;
import chat.desktop.model.app.Goal;
import chat.desktop.model.app.Goals;
import chat.desktop.model.app.MessageActions;
import chat.desktop.model.room.Row;
import chat.desktop.view.dialog.GoalDialog;
import chat.desktop.view.widget.AskDialog;
import chat.desktop.view.widget.EmojiPicker;
import chat.desktop.view.widget.ItemList;
import chat.desktop.view.widget.Look;
import chat.desktop.view.widget.Setup;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Shell;

/** What can be done with a message, by its menu and by keys while it has the cursor. */
public record RowDeeds(
    Shell shell, Look look, Setup setup, ChatModel model, MessageActions actions) {

  /** A line of the menu and the key that does the same. */
  private record Deed(String key, char letter, Runnable action) {}

  /**
   * What the menu offers for a message now.
   *
   * @param corner of the screen near which the emoji are to open
   */
  List<ItemList.Choice> choices(Row.Told told, Point corner) {
    return deeds(told, corner).stream()
        .map(deed -> new ItemList.Choice(deed.key(), deed.action()))
        .toList();
  }

  /** Returns whether a key did something. */
  boolean key(Row.Told told, Event event, Point corner) {
    boolean plain = (event.stateMask & (SWT.CTRL | SWT.ALT)) == 0;
    char typed = event.keyCode == SWT.DEL ? SWT.DEL : Character.toLowerCase(event.character);
    for (Deed deed : deeds(told, corner)) {
      if (plain && deed.letter() == typed) {
        deed.action().run();
        return true;
      }
    }
    return false;
  }

  private List<Deed> deeds(Row.Told told, Point corner) {
    List<Deed> deeds = new ArrayList<>();
    var room = actions.room(told);
    if (room != null && actions.mayWrite(room)) {
      deeds.add(new Deed("message.reply", 'r', () -> actions.reply(told)));
    }
    if (actions.mayReact(told)) {
      deeds.add(new Deed("message.react", '+', () -> react(told, corner)));
    }
    if (actions.mayEdit(told)) {
      deeds.add(new Deed("message.edit", 'e', () -> actions.edit(told)));
    }
    if (actions.mayPin(told)) {
      String key = told.later().pinned() ? "message.unpin" : "message.pin";
      deeds.add(new Deed(key, 'p', () -> actions.pin(told)));
    }
    deeds.add(new Deed("message.forward", 'f', () -> forward(told)));
    if (actions.mayDelete(told)) {
      deeds.add(new Deed("message.delete", SWT.DEL, () -> delete(told)));
    }
    return deeds;
  }

  private void react(Row.Told told, Point corner) {
    new EmojiPicker(
            shell, look, setup.emoji().get(), setup.settings(), emoji -> actions.react(told, emoji))
        .open(corner);
  }

  private void forward(Row.Told told) {
    new GoalDialog(
            shell,
            look,
            model,
            "message.forwardTo",
            Set.of(Goals.Kind.ROOMS),
            goal -> {
              if (goal instanceof Goal.ToRoom(var room)) {
                actions.forward(told, room);
              }
            })
        .open();
  }

  private void delete(Row.Told told) {
    String question = look.text("message.deleteAsk");
    AskDialog.open(shell, look, question, "message.delete", () -> actions.delete(told));
  }
}
