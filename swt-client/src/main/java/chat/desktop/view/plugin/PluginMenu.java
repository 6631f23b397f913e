// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.plugin;

import chat.desktop.api.Command;
import chat.desktop.api.Place;
import chat.desktop.api.View;
import chat.desktop.plugin.Contribution;
import chat.desktop.plugin.Extensions;
import chat.desktop.view.widget.Keys;
import chat.desktop.view.widget.Theme;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Menu;
import org.eclipse.swt.widgets.MenuItem;
import org.eclipse.swt.widgets.Shell;
import org.jspecify.annotations.Nullable;

/**
 * The menu of what plug-ins bring, before the last one of the menu bar; none if they bring nothing.
 */
public final class PluginMenu {
  private final Shell shell;
  private final Theme theme;
  private final Extensions extensions;
  private final Keys keys;
  private final PluginPanes panes;
  private final PluginCommands commands;
  private final List<String> bound = new ArrayList<>();
  private @Nullable MenuItem head;

  public PluginMenu(Shell shell, Theme theme, Extensions extensions, Keys keys, PluginPanes panes) {
    this.shell = shell;
    this.theme = theme;
    this.extensions = extensions;
    this.keys = keys;
    this.panes = panes;
    this.commands = new PluginCommands(extensions);
  }

  /** Shows what there is now. */
  public void refresh() {
    bound.forEach(keys::remove);
    bound.clear();
    extensions.all(Command.class).forEach(this::bind);
    MenuItem old = head;
    if (old != null && !old.isDisposed()) {
      Menu menu = old.getMenu();
      old.dispose();
      menu.dispose();
    }
    head = null;
    List<Contribution<Command>> shown = commands.commands(Place.MENU);
    List<Contribution<View>> views = extensions.all(View.class);
    if (!shown.isEmpty() || !views.isEmpty()) {
      head = make(shown, views);
    }
  }

  private void bind(Contribution<Command> command) {
    extensions.tell(
        command,
        each -> {
          Keys.UiCommand action =
              new Keys.UiCommand(
                  each.id(),
                  each.keys(),
                  () -> commands.enabled(command),
                  () -> commands.run(command));
          if (keys.addIfFree(action)) {
            bound.add(each.id());
          }
        });
  }

  private MenuItem make(List<Contribution<Command>> shown, List<Contribution<View>> views) {
    Menu bar = shell.getMenuBar();
    MenuItem made = new MenuItem(bar, SWT.CASCADE, Math.max(0, bar.getItemCount() - 1));
    made.setText(theme.text("menu.plugins"));
    made.setData("id", "menu.plugins");
    Menu menu = new Menu(shell, SWT.DROP_DOWN);
    made.setMenu(menu);
    views.forEach(view -> item(menu, view));
    if (!views.isEmpty() && !shown.isEmpty()) {
      new MenuItem(menu, SWT.SEPARATOR);
    }
    shown.forEach(command -> command(menu, command));
    return made;
  }

  private void item(Menu menu, Contribution<View> view) {
    MenuItem item = new MenuItem(menu, SWT.CHECK);
    item.setText(panes.title(view).replace("&", "&&"));
    item.setData("id", "pane." + panes.id(view));
    item.setSelection(panes.isOpen(view));
    item.addListener(SWT.Selection, _ -> panes.toggle(view));
    menu.addListener(SWT.Show, _ -> item.setSelection(panes.isOpen(view)));
  }

  private void command(Menu menu, Contribution<Command> command) {
    MenuItem item = new MenuItem(menu, SWT.PUSH);
    String id = extensions.ask(command, Command::id, "");
    String label = keys.label(id);
    String title = extensions.ask(command, Command::title, "").replace("&", "&&");
    item.setText(label.isEmpty() ? title : title + "\t" + label);
    item.setData("id", id);
    item.addListener(SWT.Selection, _ -> commands.run(command));
    menu.addListener(SWT.Show, _ -> item.setEnabled(commands.enabled(command)));
  }
}
