// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.main;

import chat.desktop.view.dialog.AccountDialogs;
import chat.desktop.view.dialog.PreferencesDialog;
import chat.desktop.view.dialog.RoomDialogs;
import chat.desktop.view.transcript.TranscriptView;
import chat.desktop.view.widget.InfoDialog;
import chat.desktop.view.widget.Keys;
import chat.desktop.view.widget.PopupMenu;
import chat.desktop.view.widget.Theme;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.eclipse.swt.dnd.Clipboard;
import org.eclipse.swt.dnd.TextTransfer;
import org.eclipse.swt.dnd.Transfer;

/** Everything that menus and keys can do in the main window. */
record WindowCommands(MainWindow window, MainWindow.Exits exits) {
  private static final BooleanSupplier ALWAYS = () -> true;

  List<Keys.UiCommand> all() {
    ComposeBox compose = window.compose();
    TranscriptView transcript = window.transcript();
    BooleanSupplier writing = () -> MainWindow.focused(compose.text());
    BooleanSupplier reading = () -> MainWindow.focused(transcript);
    BooleanSupplier either = () -> writing.getAsBoolean() || reading.getAsBoolean();
    RoomDialogs dialogs = window.dialogs();
    AccountDialogs account = window.account();
    List<Keys.UiCommand> chatAndEdit =
        List.of(
            new Keys.UiCommand("chat.newRoom", "M1+N", ALWAYS, dialogs::newRoom),
            new Keys.UiCommand("chat.browse", "M1+M2+N", ALWAYS, dialogs::browse),
            new Keys.UiCommand("chat.addFriend", "M1+M2+A", ALWAYS, dialogs::addFriend),
            new Keys.UiCommand("chat.inviteToServer", "", ALWAYS, account::invite),
            new Keys.UiCommand("chat.people", "", this::isOwner, account::people),
            new Keys.UiCommand("chat.sendFile", "M1+O", ALWAYS, window::chooseFiles),
            new Keys.UiCommand("chat.exportRoom", "", ALWAYS, dialogs::exportCurrent),
            new Keys.UiCommand("chat.profile", "", ALWAYS, dialogs::self),
            new Keys.UiCommand("chat.availability", "M1+M2+B", ALWAYS, this::availability),
            new Keys.UiCommand("chat.devices", "", ALWAYS, account::devices),
            new Keys.UiCommand("chat.name", "", ALWAYS, account::changeName),
            new Keys.UiCommand("chat.exportAccount", "", ALWAYS, dialogs::exportAccount),
            new Keys.UiCommand("chat.endAccount", "", ALWAYS, account::end),
            new Keys.UiCommand("chat.preferences", "M1+,", ALWAYS, this::preferences),
            new Keys.UiCommand("chat.plugins", "", ALWAYS, window::plugins),
            new Keys.UiCommand("chat.logOut", "", ALWAYS, () -> window.model().logOut()),
            new Keys.UiCommand("chat.quit", "M1+Q", ALWAYS, exits::quit),
            new Keys.UiCommand("edit.undo", "M1+Z", writing, compose::undo),
            new Keys.UiCommand("edit.redo", "M1+M2+Z", writing, compose::redo),
            new Keys.UiCommand("edit.cut", "M1+X", writing, () -> compose.text().cut()),
            new Keys.UiCommand("edit.copy", "M1+C", either, this::copy),
            new Keys.UiCommand("edit.paste", "M1+V", writing, compose::paste),
            new Keys.UiCommand("edit.selectAll", "M1+A", either, this::selectAll),
            new Keys.UiCommand("edit.bold", "M1+B", writing, () -> compose.mark("**")),
            new Keys.UiCommand("edit.italic", "M1+I", writing, () -> compose.mark("_")),
            new Keys.UiCommand("edit.important", "M1+M2+I", ALWAYS, window::insist),
            new Keys.UiCommand("edit.emoji", "M1+E", ALWAYS, compose::openEmoji),
            new Keys.UiCommand("edit.find", "M1+F", ALWAYS, window::find),
            new Keys.UiCommand(
                "edit.filter", "M1+M2+K", ALWAYS, () -> window.side().search().setFocus()));
    return Stream.of(chatAndEdit, view(), help()).flatMap(List::stream).toList();
  }

  private List<Keys.UiCommand> view() {
    TranscriptView transcript = window.transcript();
    RoomDialogs dialogs = window.dialogs();
    return List.of(
        new Keys.UiCommand("view.switch", "M1+K", ALWAYS, dialogs::switchTo),
        new Keys.UiCommand("view.room", "M1+D", ALWAYS, dialogs::current),
        new Keys.UiCommand("view.files", "F9", ALWAYS, window::toggleFiles),
        new Keys.UiCommand("view.newest", "M1+END", ALWAYS, transcript::backToNow),
        new Keys.UiCommand("view.firstUnread", "M1+M2+U", ALWAYS, transcript::jumpToUnread),
        new Keys.UiCommand("view.date", "M1+M2+D", ALWAYS, window::jumpToDate),
        new Keys.UiCommand("view.markRead", "", ALWAYS, window::markRead),
        new Keys.UiCommand("view.markAllRead", "M2+ESC", ALWAYS, window.model()::markAllRead),
        new Keys.UiCommand("view.previousRoom", "M3+ARROW_UP", ALWAYS, () -> window.step(-1)),
        new Keys.UiCommand("view.nextRoom", "M3+ARROW_DOWN", ALWAYS, () -> window.step(1)),
        new Keys.UiCommand("view.retry", "F5", ALWAYS, () -> window.model().retryNow()));
  }

  private List<Keys.UiCommand> help() {
    return List.of(
        new Keys.UiCommand("help.shortcuts", "F1", ALWAYS, this::shortcuts),
        new Keys.UiCommand("help.about", "", ALWAYS, this::about));
  }

  private boolean isOwner() {
    return window.model().serverNews().isOwner();
  }

  private void availability() {
    SidePane side = window.side();
    var corner = window.shell().toDisplay(20, 60);
    PopupMenu.open(side, window.look(), window.dialogs().availability(), corner);
  }

  private void copy() {
    if (MainWindow.focused(window.compose().text())) {
      window.compose().text().copy();
      return;
    }
    String marked = window.transcript().markedText();
    if (!marked.isEmpty()) {
      Clipboard clipboard = new Clipboard(window.shell().getDisplay());
      clipboard.setContents(new Object[] {marked}, new Transfer[] {TextTransfer.getInstance()});
      clipboard.dispose();
    }
  }

  private void selectAll() {
    if (MainWindow.focused(window.compose().text())) {
      window.compose().text().selectAll();
    } else {
      window.transcript().markAll();
    }
  }

  private void preferences() {
    new PreferencesDialog(
            window.shell(),
            window.look(),
            window.setup().settings(),
            exits::rebuild,
            window::plugins)
        .open();
  }

  private void shortcuts() {
    Theme theme = window.look();
    List<List<String>> lines =
        all().stream()
            .filter(action -> !action.keys().isEmpty())
            .map(action -> List.of(theme.title(action.id()), Keys.label(action)))
            .toList();
    InfoDialog.shortcuts(window.shell(), theme, lines).open();
  }

  private void about() {
    InfoDialog.about(window.shell(), window.look()).open();
  }
}
