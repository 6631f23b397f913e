// SPDX-License-Identifier: Apache-2.0
package chat.desktop.plugin;

import chat.desktop.api.Background;
import chat.desktop.api.Chat;
import chat.desktop.api.SettingsStore;
import chat.desktop.api.Workbench;
import java.util.concurrent.Executor;

/** What one plug-in may use; of no effect any more once it has stopped. */
final class PluginWorkbench implements Workbench, AutoCloseable {
  private final Extensions extensions;
  private final Executor windows;
  private final PluginBackground background;
  private final PluginChat chat;
  private final FileSettings settings;
  private volatile boolean closed;

  PluginWorkbench(
      PluginFile plugin,
      PluginFolder folder,
      PluginFiles files,
      Extensions extensions,
      Executor windows) {
    this.extensions = extensions;
    this.windows = windows;
    this.settings = new FileSettings(folder.settings(plugin.id()));
    this.background = new PluginBackground(plugin.id(), this::later, extensions);
    this.chat = new PluginChat(plugin, extensions, background, files);
  }

  @Override
  public Chat chat() {
    return chat;
  }

  @Override
  public SettingsStore settings() {
    return settings;
  }

  @Override
  public Background background() {
    return background;
  }

  @Override
  public Executor ui() {
    return this::guarded;
  }

  @Override
  public void renderAgain() {
    later(() -> {
      WorkbenchWindow window = extensions.window();
      if (window != null) {
        window.renderAgain();
      }
    });
  }

  /** A task of the plug-in's own may throw. */
  private void guarded(Runnable task) {
    later(() -> chat.guard(task));
  }

  private void later(Runnable task) {
    windows.execute(() -> {
      if (!closed) {
        task.run();
      }
    });
  }

  @Override
  public void close() {
    closed = true;
    background.close();
  }
}
