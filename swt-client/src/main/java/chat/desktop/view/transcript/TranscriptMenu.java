// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.transcript;

import chat.client.ClientEvent.Transfer;
import chat.desktop.model.app.ChatModel;
import chat.desktop.model.app.FileActions;
import chat.desktop.model.app.Unsettled;
import chat.desktop.model.platform.DesktopIntegration;
import chat.desktop.model.room.Row;
import chat.desktop.model.text.MessageLink;
import chat.desktop.view.widget.ItemList;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.widgets.Menu;
import org.eclipse.swt.widgets.MenuItem;

/** The menu of a row: only what can be done with it now. */
record TranscriptMenu(
    TranscriptView view,
    ChatModel model,
    FileActions files,
    DesktopIntegration integration,
    MessageMenu deeds) {

  void open(int index, RowPicture.Spot spot, Point corner) {
    Menu menu = new Menu(view);
    menu.setLocation(corner);
    if (!view.marks().isEmpty()) {
      item(menu, "edit.copy", () -> copy(view.markedText()));
    }
    if (spot instanceof RowPicture.Spot.Link(String address, int _)) {
      item(
          menu,
          "menu.openLink",
          () ->
              MessageLink.parse(address)
                  .ifPresentOrElse(view::follow, () -> integration.browse(address)));
      item(menu, "menu.copyLink", () -> copy(address));
    }
    if (index >= 0) {
      fill(menu, view.rows().get(index), corner);
    }
    item(menu, "edit.selectAll", view::markAll);
    menu.addListener(SWT.Hide, _ -> view.getDisplay().asyncExec(menu::dispose));
    menu.setVisible(true);
  }

  private void fill(Menu menu, Row row, Point corner) {
    switch (row) {
      case Row.Said said -> {
        item(menu, "menu.copyMessage", () -> copy(said.text()));
        told(menu, said, corner);
      }
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
      case Row.Filed filed -> {
        file(menu, filed);
        told(menu, filed, corner);
      }
      case Row.Deleted _, Row.Managed _, Row.Notice _ -> {}
    }
  }

  private void told(Menu menu, Row.MessageRow told, Point corner) {
    new MenuItem(menu, SWT.SEPARATOR);
    deeds.choices(told, corner).forEach(choice -> item(menu, choice));
    new MenuItem(menu, SWT.SEPARATOR);
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
    item(menu, new ItemList.Choice(key, action));
  }

  private void item(Menu menu, ItemList.Choice choice) {
    MenuItem item = new MenuItem(menu, SWT.PUSH);
    item.setText(choice.text(view.look()));
    item.setData("id", choice.key());
    item.addListener(SWT.Selection, _ -> choice.action().run());
  }

  private void copy(String text) {
    MessageMenu.copy(view.getDisplay(), text);
  }
}
