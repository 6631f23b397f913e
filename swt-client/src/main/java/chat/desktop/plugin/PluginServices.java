// SPDX-License-Identifier: Apache-2.0
package chat.desktop.plugin;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Carries what plug-ins bring into the thread of the windows, and waits until it has gone there.
 */
final class PluginServices implements OsgiPlugins.Listener, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(PluginServices.class.getName());
  private static final int REMOVAL_SECONDS = 5;

  private final Map<String, PluginFile> running;
  private final PluginFolder folder;
  private final PluginFiles files;
  private final Extensions extensions;
  private final Executor windows;
  private volatile boolean closing;

  /**
   * @param running by id
   */
  PluginServices(
      Map<String, PluginFile> running,
      PluginFolder folder,
      PluginFiles files,
      Extensions extensions,
      Executor windows) {
    this.running = running;
    this.folder = folder;
    this.files = files;
    this.extensions = extensions;
    this.windows = windows;
  }

  /** From now on the windows are not waited for: they are closed, and their thread waits. */
  @Override
  public void close() {
    closing = true;
  }

  @Override
  public void came(String plugin, List<Contribution<?>> brought) {
    PluginFile file = running.get(plugin);
    if (file != null) {
      windows.execute(() -> {
        if (running.get(plugin) == file) {
          extensions.add(brought, file.rights());
        }
      });
    }
  }

  @Override
  public void went(String plugin, List<Contribution<?>> gone) {
    if (closing) {
      return;
    }
    CompletableFuture<Void> removed = new CompletableFuture<>();
    windows.execute(() -> {
      try {
        extensions.remove(gone);
      } finally {
        removed.complete(null);
      }
    });
    try {
      removed.get(REMOVAL_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      LOG.log(System.Logger.Level.WARNING, "The windows keep what " + plugin + " brought", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public PluginWorkbench workbench(String plugin) {
    PluginFile file = running.get(plugin);
    if (file == null) {
      throw new IllegalStateException(plugin + " does not run");
    }
    return new PluginWorkbench(file, folder, files, extensions, windows);
  }

  @Override
  public void failed(String plugin, Trouble trouble) {
    windows.execute(() -> extensions.fail(plugin, trouble, null));
  }
}
