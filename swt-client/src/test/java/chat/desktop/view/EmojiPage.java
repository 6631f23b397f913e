// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view;

import chat.desktop.ui.Ui;
import chat.desktop.ui.Widgets;
import chat.desktop.view.widget.EmojiGrid;
import java.util.List;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Shell;

/** The emoji picker as a test sees it. */
public final class EmojiPage {

  public boolean isOpen() {
    return Ui.ask(() -> Widgets.shell(Ui.display(), "emoji.picker").isPresent());
  }

  public EmojiPage search(String text) {
    Ui.run(() -> Widgets.text(Ui.display(), "emoji.search").setText(text));
    return this;
  }

  public List<String> shown() {
    return Ui.ask(() -> grid().shown().stream().map(e -> e.text()).toList());
  }

  public String choice() {
    return Ui.ask(() -> grid().choice().orElseThrow().text());
  }

  public void key(int keyCode) {
    Ui.run(() -> Widgets.key(Widgets.text(Ui.display(), "emoji.search"), keyCode, '\0', 0));
  }

  public void traverse(int detail) {
    Ui.run(() -> {
      Event event = new Event();
      event.detail = detail;
      event.doit = true;
      Widgets.text(Ui.display(), "emoji.search").notifyListeners(SWT.Traverse, event);
    });
  }

  private static EmojiGrid grid() {
    Shell shell = Widgets.shell(Ui.display(), "emoji.picker").orElseThrow();
    return (EmojiGrid) Widgets.find(shell, "emoji.grid");
  }
}
