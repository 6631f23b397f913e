package chat.desktop.view;

import chat.client.ClientEvent.Transfer;
import chat.desktop.model.ChatModel;
import chat.desktop.model.FileActions;
import chat.desktop.model.Outside;
import chat.desktop.model.Row;
import chat.desktop.model.Unsettled;
import org.eclipse.swt.SWT;
import org.eclipse.swt.dnd.Clipboard;
import org.eclipse.swt.dnd.TextTransfer;
import org.eclipse.swt.widgets.Menu;
import org.eclipse.swt.widgets.MenuItem;

/** The menu of a row: only what can be done with it now. */
record TranscriptMenu(TranscriptView view, ChatModel model, FileActions files, Outside outside) {

  void open(int index, RowPicture.Spot spot) {
    Menu menu = new Menu(view);
    if (!view.marks().isEmpty()) {
      item(menu, "edit.copy", () -> copy(view.markedText()));
    }
    if (spot instanceof RowPicture.Spot.Link(String address, int _)) {
      item(menu, "menu.openLink", () -> outside.browse(address));
      item(menu, "menu.copyLink", () -> copy(address));
    }
    if (index >= 0) {
      fill(menu, view.rows().get(index));
    }
    item(menu, "edit.selectAll", view::markAll);
    menu.addListener(SWT.Hide, _ -> view.getDisplay().asyncExec(menu::dispose));
    menu.setVisible(true);
  }

  private void fill(Menu menu, Row row) {
    switch (row) {
      case Row.Said said -> item(menu, "menu.copyMessage", () -> copy(said.text()));
      case Row.Unsent unsent -> {
        item(menu, "menu.copyMessage", () -> copy(unsent.text()));
        if (unsent.refused() != null) {
          item(menu, "message.retry", () -> Unsettled.retry(model, unsent));
        }
        item(menu, "message.discard", () -> Unsettled.discard(model, unsent));
      }
      case Row.Sending sending -> {
        if (sending.transfer().state() instanceof Transfer.Failed) {
          item(menu, "message.retry", () -> Unsettled.retry(model, sending));
        }
        item(menu, "message.discard", () -> Unsettled.discard(model, sending));
      }
      case Row.Filed filed -> file(menu, filed);
      case Row.Notice _ -> {}
    }
  }

  private void file(Menu menu, Row.Filed filed) {
    Transfer transfer = files.download(filed);
    if (transfer != null && transfer.state() instanceof Transfer.Running) {
      item(menu, "button.cancel", () -> files.button(filed));
    } else if (transfer != null && transfer.state() instanceof Transfer.Finished) {
      item(menu, "file.open", () -> files.activate(filed));
      item(menu, "file.reveal", () -> files.button(filed));
    } else {
      item(menu, "file.save", () -> files.save(filed));
    }
    item(menu, "file.saveAs", () -> files.saveAs(filed));
  }

  private void item(Menu menu, String key, Runnable action) {
    MenuItem item = new MenuItem(menu, SWT.PUSH);
    item.setText(view.look().text(key));
    item.setData("id", key);
    item.addListener(SWT.Selection, _ -> action.run());
  }

  private void copy(String text) {
    Clipboard clipboard = new Clipboard(view.getDisplay());
    clipboard.setContents(
        new Object[] {text}, new org.eclipse.swt.dnd.Transfer[] {TextTransfer.getInstance()});
    clipboard.dispose();
  }
}
