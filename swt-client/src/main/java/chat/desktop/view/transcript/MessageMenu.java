// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.transcript;

import chat.desktop.model.app.ChatModel;
import chat.desktop.model.app.MessageActions;
import chat.desktop.model.app.SwitchTarget;
import chat.desktop.model.app.SwitchTargets;
import chat.desktop.model.room.Row;
import chat.desktop.model.text.MessageLink;
import chat.desktop.view.dialog.QuickSwitcher;
import chat.desktop.view.plugin.PluginCommands;
import chat.desktop.view.widget.AppContext;
import chat.desktop.view.widget.AskDialog;
import chat.desktop.view.widget.EmojiPicker;
import chat.desktop.view.widget.ItemList;
import chat.desktop.view.widget.Theme;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.swt.SWT;
import org.eclipse.swt.dnd.Clipboard;
import org.eclipse.swt.dnd.TextTransfer;
import org.eclipse.swt.dnd.Transfer;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Shell;

/** What can be done with a message, by its menu and by keys while it has the cursor. */
public record MessageMenu(
    Shell shell, Theme theme, AppContext context, ChatModel model, MessageActions actions) {

  /** A line of the menu and the key that does the same. */
  private record Deed(String key, char letter, Runnable action) {}

  /**
   * What the menu offers for a message now.
   *
   * @param corner of the screen near which the emoji are to open
   */
  List<ItemList.Choice> choices(Row.MessageRow told, Point corner) {
    return Stream.concat(
            deeds(told, corner).stream()
                .map(action -> new ItemList.Choice(action.key(), action.action())),
            new PluginCommands(context.extensions()).message(told).stream())
        .toList();
  }

  /** Returns whether a key did something. */
  boolean key(Row.MessageRow told, Event event, Point corner) {
    boolean plain = (event.stateMask & (SWT.CTRL | SWT.ALT)) == 0;
    char typed = event.keyCode == SWT.DEL ? SWT.DEL : Character.toLowerCase(event.character);
    for (Deed action : deeds(told, corner)) {
      if (plain && action.letter() == typed) {
        action.action().run();
        return true;
      }
    }
    return false;
  }

  private List<Deed> deeds(Row.MessageRow told, Point corner) {
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
      String key = told.state().pinned() ? "message.unpin" : "message.pin";
      deeds.add(new Deed(key, 'p', () -> actions.pin(told)));
    }
    deeds.add(new Deed("message.forward", 'f', () -> forward(told)));
    deeds.add(new Deed("message.copyLink", 'l', () -> copy(shell.getDisplay(), link(told))));
    if (room != null && !told.own()) {
      long number = told.entry().number();
      deeds.add(new Deed("message.markUnread", 'u', () -> model.markUnread(room, number)));
    }
    if (actions.mayDelete(told)) {
      deeds.add(new Deed("message.delete", SWT.DEL, () -> delete(told)));
    }
    return deeds;
  }

  private String link(Row.MessageRow told) {
    return MessageLink.to(model.config(), told.entry()).toString();
  }

  static void copy(Display display, String text) {
    Clipboard clipboard = new Clipboard(display);
    clipboard.setContents(new Object[] {text}, new Transfer[] {TextTransfer.getInstance()});
    clipboard.dispose();
  }

  private void react(Row.MessageRow told, Point corner) {
    new EmojiPicker(
            shell,
            theme,
            context.emoji().get(),
            context.settings(),
            emoji -> actions.react(told, emoji))
        .open(corner);
  }

  private void forward(Row.MessageRow told) {
    new QuickSwitcher(
            shell,
            theme,
            model,
            "message.forwardTo",
            Set.of(SwitchTargets.Kind.ROOMS),
            target -> {
              if (target instanceof SwitchTarget.ToRoom(var room)) {
                actions.forward(told, room);
              }
            })
        .open();
  }

  private void delete(Row.MessageRow told) {
    String question = theme.text("message.deleteAsk");
    AskDialog.open(shell, theme, question, "message.delete", () -> actions.delete(told));
  }
}
