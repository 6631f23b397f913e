// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.main;

import chat.desktop.view.widget.Keys;
import chat.desktop.view.widget.Theme;
import java.util.List;
import java.util.Set;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Menu;
import org.eclipse.swt.widgets.MenuItem;
import org.eclipse.swt.widgets.Shell;

/** The menus of a window, made from its commands: those named {@code chat.x} are in Chat. */
final class MenuBar {
  private static final List<String> MENUS = List.of("chat", "edit", "view", "help");

  /** Before these a line is drawn. */
  private static final Set<String> GROUPS =
      Set.of(
          "chat.sendFile",
          "chat.profile",
          "chat.preferences",
          "edit.cut",
          "edit.bold",
          "edit.find",
          "view.newest",
          "view.markRead",
          "view.previousRoom",
          "view.retry");

  private MenuBar() {}

  static void make(Shell shell, Theme theme, List<Keys.UiCommand> deeds, Keys keys) {
    Menu bar = new Menu(shell, SWT.BAR);
    for (String name : MENUS) {
      MenuItem head = new MenuItem(bar, SWT.CASCADE);
      head.setText(theme.text("menu." + name));
      Menu menu = new Menu(shell, SWT.DROP_DOWN);
      head.setMenu(menu);
      deeds.stream()
          .filter(action -> action.id().startsWith(name + "."))
          .forEach(action -> item(menu, theme, action, keys));
    }
    shell.setMenuBar(bar);
  }

  private static void item(Menu menu, Theme theme, Keys.UiCommand action, Keys keys) {
    if (GROUPS.contains(action.id())) {
      new MenuItem(menu, SWT.SEPARATOR);
    }
    MenuItem item = new MenuItem(menu, SWT.PUSH);
    String label = Keys.label(action);
    item.setText(theme.text(action.id()) + (label.isEmpty() ? "" : "\t" + label));
    item.setAccelerator(Keys.accelerator(action));
    item.setData("id", action.id());
    item.addListener(SWT.Selection, _ -> keys.run(action.id()));
    menu.addListener(SWT.Show, _ -> item.setEnabled(action.enabled().getAsBoolean()));
    menu.addListener(SWT.Hide, _ -> item.setEnabled(true));
  }
}
