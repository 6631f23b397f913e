// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.alert;

import chat.desktop.view.widget.ItemList;
import chat.desktop.view.widget.Theme;
import java.util.List;
import java.util.function.Supplier;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.widgets.Menu;
import org.eclipse.swt.widgets.MenuItem;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.TaskBar;
import org.eclipse.swt.widgets.TaskItem;
import org.eclipse.swt.widgets.Tray;
import org.eclipse.swt.widgets.TrayItem;
import org.jspecify.annotations.Nullable;

/**
 * The icon of the program in the tray, with the number of unread messages on it, and the same
 * number in the task bar. Many desktops have no tray: nothing can be reached by it alone.
 */
final class TrayIcon {
  private static final int SIZE = 24;

  private final Shell shell;
  private final Theme theme;
  private final @Nullable TrayItem item;
  private @Nullable Image image;
  private int shown = -1;

  /**
   * @param choices what its menu offers, asked for each time
   */
  TrayIcon(Shell shell, Theme theme, Runnable open, Supplier<List<ItemList.Choice>> choices) {
    this.shell = shell;
    this.theme = theme;
    Tray tray = shell.getDisplay().getSystemTray();
    item = tray == null ? null : new TrayItem(tray, SWT.NONE);
    if (item != null) {
      item.addListener(SWT.Selection, _ -> open.run());
      item.addListener(SWT.DefaultSelection, _ -> open.run());
      item.addListener(SWT.MenuDetect, _ -> menu(choices.get()));
    }
    count(0);
  }

  private void menu(List<ItemList.Choice> choices) {
    Menu menu = new Menu(shell, SWT.POP_UP);
    for (ItemList.Choice choice : choices) {
      MenuItem line = new MenuItem(menu, choice.chosen() ? SWT.CHECK : SWT.PUSH);
      line.setText(choice.text(theme));
      line.setSelection(choice.chosen());
      line.addListener(SWT.Selection, _ -> choice.action().run());
    }
    menu.addListener(SWT.Hide, _ -> shell.getDisplay().asyncExec(menu::dispose));
    menu.setVisible(true);
  }

  /** Shows how many messages are unread. */
  void count(int count) {
    if (count == shown) {
      return;
    }
    shown = count;
    String words =
        count == 0
            ? theme.text("app.name")
            : theme.text("tray.unread", theme.text("app.name"), count);
    if (item != null) {
      Image before = image;
      image = AppIcon.image(shell.getDisplay(), theme.palette(), SIZE, count);
      item.setImage(image);
      item.setToolTipText(words);
      dispose(before);
    }
    TaskBar bar = shell.getDisplay().getSystemTaskBar();
    TaskItem task = bar == null ? null : bar.getItem(null);
    if (task != null) {
      task.setOverlayText(count == 0 ? "" : Integer.toString(count));
    }
  }

  void dispose() {
    if (item != null) {
      item.dispose();
    }
    dispose(image);
  }

  private static void dispose(@Nullable Image image) {
    if (image != null) {
      image.dispose();
    }
  }
}
