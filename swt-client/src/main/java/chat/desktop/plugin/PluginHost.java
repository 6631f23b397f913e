// SPDX-License-Identifier: Apache-2.0
package chat.desktop.plugin;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.eclipse.swt.SWTException;
import org.eclipse.swt.widgets.Display;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleException;

/**
 * Installs, starts and stops plug-ins, one thing after the other in a thread of its own. Its
 * answers come in the thread of the windows. The framework is started with the first plug-in that
 * is to run; a client without any has no part of it.
 */
public final class PluginHost implements AutoCloseable {
  /** How long a plug-in may keep the thread of the windows. */
  public static final Duration PATIENCE = Duration.ofSeconds(1);

  private static final System.Logger LOG = System.getLogger(PluginHost.class.getName());

  /** How long a plug-in may take to start or stop before it is interrupted. */
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private static final int CLOSE_SECONDS = 3;

  private final Display display;
  private final PluginFolder folder;
  private final Path cache;
  private final Extensions extensions;
  private final UiWatchdog watchdog;
  private final PluginFiles files;
  private final PluginServices services;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("chat-plugins").factory());
  private final Map<String, PluginFile> running = new ConcurrentHashMap<>();
  private final PluginCode code = new PluginCode(running);
  private final Queue<String> untold = new ConcurrentLinkedQueue<>();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile List<InstalledPlugin> installed = List.of();
  private boolean watching;
  private @Nullable OsgiPlugins osgi;

  /**
   * @param cache for the framework and fetched files; nothing else uses it
   */
  public PluginHost(
      Display display, PluginFolder folder, Path cache, Extensions extensions, Duration patience) {
    this.display = display;
    this.folder = folder;
    this.cache = cache;
    this.extensions = extensions;
    this.files = new PluginFiles(cache.resolve("files"));
    this.services = new PluginServices(running, folder, files, extensions, this::windows);
    this.watchdog =
        new UiWatchdog(display, patience, trace -> code.owner(trace).isPresent(), this::blocked);
    extensions.onTrouble(this::trouble);
  }

  /**
   * Starts what is installed, and what whoever installed the program wants everybody to have.
   *
   * @param preset a folder of plug-ins; need not exist
   */
  public CompletableFuture<Void> start(Optional<Path> preset) {
    return then(() -> {
      files.clear();
      preset.ifPresent(folder::installPreset);
      for (InstalledPlugin plugin : folder.all()) {
        if (plugin.runs()) {
          run(plugin.id());
        }
      }
      return null;
    });
  }

  /** Lists what is installed and starts nothing. */
  public CompletableFuture<Void> safeMode() {
    return then(() -> null);
  }

  /** What is installed, as of the last change. */
  public List<InstalledPlugin> installed() {
    return installed;
  }

  /** Whether a plug-in is at work. */
  public boolean isRunning(String plugin) {
    return running.containsKey(plugin);
  }

  /** Hears, in the thread of the windows, when something of {@link #installed} is different. */
  public void listen(Runnable listener) {
    listeners.add(listener);
  }

  public void forget(Runnable listener) {
    listeners.remove(listener);
  }

  /** Those that were switched off since this was asked last. */
  public List<InstalledPlugin> untold() {
    List<InstalledPlugin> off = new ArrayList<>();
    for (String id = untold.poll(); id != null; id = untold.poll()) {
      String plugin = id;
      installed.stream().filter(each -> each.id().equals(plugin)).forEach(off::add);
    }
    return off;
  }

  private void off(String plugin, Trouble trouble) {
    folder.trouble(plugin, trouble);
    untold.add(plugin);
  }

  /** Looks into a file before it is installed. */
  public CompletableFuture<PluginFile> inspect(Path file) {
    return then(() -> PluginFile.read(file));
  }

  /** Fetches a file before it is installed. */
  public CompletableFuture<PluginFile> fetch(String address) {
    return then(() -> PluginFile.read(PluginDownload.fetch(address, cache.resolve("download"))));
  }

  /**
   * Installs a plug-in, or puts another build in place of the one that runs.
   *
   * @param accepted the rights that the user agreed to
   * @param source the address that it was fetched from; empty if it was a file
   */
  public CompletableFuture<InstalledPlugin> install(
      PluginFile file, Set<Right> accepted, String source) {
    return then(() -> {
      // Looked at again: it may be another one by now.
      PluginFile now = PluginFile.read(file.file());
      if (!now.id().equals(file.id())) {
        throw new PluginException(Trouble.Kind.NOT_A_PLUGIN, now.id());
      }
      stop(now.id());
      InstalledPlugin plugin = folder.install(now, accepted, source);
      run(plugin.id());
      return plugin;
    });
  }

  /** Switches a plug-in on or off. */
  public CompletableFuture<Void> enable(String plugin, boolean on) {
    return then(() -> {
      stop(plugin);
      folder.enable(plugin, on);
      if (on) {
        run(plugin);
      }
      return null;
    });
  }

  /** Removes a plug-in and what it remembers. */
  public CompletableFuture<Void> remove(String plugin) {
    return then(() -> {
      stop(plugin);
      boolean unused = folder.remove(plugin);
      return null;
    });
  }

  /**
   * A fault reached the loop of the windows; if it came out of a plug-in, that is switched off.
   *
   * @return whether it did
   */
  public boolean blame(Throwable fault) {
    Throwable cause = PluginCode.cause(fault);
    Optional<String> owner = code.owner(cause.getStackTrace());
    owner.ifPresent(plugin -> extensions.fail(plugin, Trouble.threw(cause), cause));
    return owner.isPresent();
  }

  private void blocked(StackTraceElement[] trace) {
    code.owner(trace).ifPresent(plugin -> blocked(plugin, trace));
  }

  private void blocked(String plugin, StackTraceElement[] trace) {
    Trouble trouble = new Trouble(Trouble.Kind.BLOCKED, code.place(plugin, trace));
    LOG.log(
        System.Logger.Level.WARNING,
        "Plug-in {0} keeps the thread of the windows at {1}",
        plugin,
        trace.length == 0 ? "" : trace[0]);
    // If it never comes back, the next start does without it.
    folder.trouble(plugin, trouble);
    display.getThread().interrupt();
    windows(() -> extensions.fail(plugin, trouble, null));
  }

  private void trouble(String plugin, Trouble trouble) {
    var unused =
        then(() -> {
          stop(plugin);
          off(plugin, trouble);
          return null;
        });
  }

  private void run(String plugin) {
    try {
      PluginFile file = PluginFile.read(folder.jar(plugin));
      InstalledPlugin state = folder.get(plugin).orElseThrow();
      if (!file.id().equals(plugin) || !state.accepted().containsAll(file.rights())) {
        throw new PluginException(Trouble.Kind.WANTS_MORE, Right.words(file.rights()));
      }
      OsgiPlugins framework = framework();
      windows(() -> extensions.forgive(plugin));
      running.put(plugin, file);
      bounded(() -> {
        framework.start(file);
        return null;
      });
    } catch (PluginException e) {
      stop(plugin);
      off(plugin, e.trouble());
    } catch (BundleException | IOException e) {
      LOG.log(System.Logger.Level.ERROR, "The framework of the plug-ins can't be started", e);
      off(plugin, Trouble.threw(e));
    }
  }

  private OsgiPlugins framework() throws BundleException, IOException {
    OsgiPlugins now = osgi;
    if (now == null) {
      now = new OsgiPlugins(cache.resolve("felix"), services);
      osgi = now;
    }
    if (!watching) {
      watching = true;
      watchdog.start();
    }
    return now;
  }

  private void stop(String plugin) {
    OsgiPlugins framework = osgi;
    if (framework != null && running.containsKey(plugin)) {
      try {
        bounded(() -> {
          framework.stop(plugin);
          return null;
        });
      } catch (PluginException e) {
        LOG.log(System.Logger.Level.WARNING, "Plug-in " + plugin + " did not stop well", e);
      }
      running.remove(plugin);
    }
  }

  /** Something that a plug-in may keep from ending is interrupted after a while. */
  private void bounded(Step step) throws PluginException {
    Runnable end = watchdog.limit(Thread.currentThread(), LIMIT);
    try {
      step.run();
    } finally {
      end.run();
      boolean unused = Thread.interrupted();
    }
  }

  /** Something that can fail. */
  private interface Step {
    @Nullable Object run() throws PluginException;
  }

  private <T extends @Nullable Object> CompletableFuture<T> then(Callable<T> task) {
    CompletableFuture<T> done = new CompletableFuture<>();
    try {
      thread.execute(() -> {
        try {
          T result = task.call();
          publish(() -> done.complete(result));
        } catch (Exception | LinkageError e) {
          publish(() -> done.completeExceptionally(e));
        }
      });
    } catch (RejectedExecutionException e) {
      done.completeExceptionally(e);
    }
    return done;
  }

  private void publish(Runnable answer) {
    installed = List.copyOf(folder.all());
    windows(() -> {
      listeners.forEach(Runnable::run);
      answer.run();
    });
  }

  private void windows(Runnable task) {
    try {
      display.asyncExec(task);
    } catch (SWTException e) {
      LOG.log(System.Logger.Level.DEBUG, "No windows any more", e);
    }
  }

  /** The class loader of a plug-in that runs; for tests of what stays. */
  public @Nullable ClassLoader loader(String plugin) {
    OsgiPlugins framework = osgi;
    return framework == null ? null : framework.loader(plugin);
  }

  /** Stops everything; to be called in the thread of the windows, when there are no windows. */
  @Override
  public void close() {
    services.close();
    watchdog.close();
    thread.execute(() -> {
      OsgiPlugins framework = osgi;
      try {
        if (framework != null) {
          framework.close();
        }
      } catch (BundleException e) {
        LOG.log(System.Logger.Level.WARNING, "The plug-ins did not stop well", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      files.clear();
    });
    thread.shutdown();
    try {
      if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
