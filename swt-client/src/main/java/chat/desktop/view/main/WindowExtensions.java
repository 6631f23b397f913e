// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.main;

import chat.desktop.api.Compose;
import chat.desktop.model.app.ChatModel;
import chat.desktop.plugin.Extensions;
import chat.desktop.plugin.PluginEvents;
import chat.desktop.plugin.PluginHost;
import chat.desktop.plugin.WorkbenchWindow;
import chat.desktop.view.plugin.PluginCommands;
import chat.desktop.view.plugin.PluginMenu;
import chat.desktop.view.plugin.PluginPanes;
import chat.desktop.view.plugin.PluginTexts;
import chat.desktop.view.widget.AppContext;
import chat.desktop.view.widget.FlatButton;
import chat.desktop.view.widget.Keys;
import chat.desktop.view.widget.PopupMenu;
import chat.desktop.view.widget.Theme;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Shell;

/** What plug-ins bring to one main window, as long as that is open. */
final class WindowExtensions implements WorkbenchWindow {
  private final MainWindow window;
  private final Theme theme;
  private final AppContext context;
  private final Extensions extensions;
  private final ComposeAccess compose;
  private final StatusStrip strip;
  private final PluginPanes panes;
  private final PluginCommands commands;
  private final PluginMenu menu;

  WindowExtensions(
      MainWindow window, AppContext context, Composite all, StatusStrip strip, Keys keys) {
    this.window = window;
    this.theme = window.look();
    this.context = context;
    this.strip = strip;
    this.extensions = context.extensions();
    this.compose = new ComposeAccess(window.compose());
    this.panes = new PluginPanes(all, theme, context, compose, () -> layOut(all));
    this.commands = new PluginCommands(extensions);
    this.menu = new PluginMenu(window.shell(), theme, extensions, keys, panes);
    listen();
  }

  private void listen() {
    PluginEvents events = new PluginEvents(extensions, window.model());
    PluginHost host = context.plugins();
    Runnable changed = this::refresh;
    Runnable told = this::tell;
    extensions.opened(this);
    extensions.listen(changed);
    host.listen(told);
    window.model().listen(events);
    window
        .shell()
        .addListener(
            SWT.Dispose,
            _ -> {
              extensions.closed(this);
              extensions.forget(changed);
              host.forget(told);
              window.model().forget(events);
            });
  }

  PluginPanes panes() {
    return panes;
  }

  /** Shows what there is now. */
  void refresh() {
    panes.refresh();
    menu.refresh();
    window.compose().offersMore(commands.composes());
    window.transcript().renderAgain();
  }

  private static void layOut(Composite all) {
    all.layout();
  }

  /** Somebody should know which plug-in was switched off. */
  private void tell() {
    context.plugins().untold().forEach(plugin -> window.say(PluginTexts.off(theme, plugin)));
  }

  /** Offers what plug-ins can do where messages are written. */
  void more(FlatButton button) {
    PopupMenu.open(button, theme, commands.compose(), button.toDisplay(0, button.getSize().y));
  }

  @Override
  public Shell shell() {
    return window.shell();
  }

  @Override
  public ChatModel model() {
    return window.model();
  }

  @Override
  public Compose compose() {
    return compose;
  }

  @Override
  public void renderAgain() {
    window.transcript().renderAgain();
  }

  @Override
  public void working(String words) {
    strip.working(words);
  }
}
