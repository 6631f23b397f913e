// SPDX-License-Identifier: Apache-2.0
package chat.desktop.plugin;

import chat.desktop.api.Background;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads of one plug-in, which end when they have nothing to do. */
final class PluginBackground implements Background, AutoCloseable {
  private static final int THREADS = 2;
  private static final int MOST_WAITING = 100;
  private static final int IDLE_SECONDS = 5;

  private final ThreadLocal<String> doing = new ThreadLocal<>();
  private final Executor ui;
  private final Extensions extensions;
  private final ThreadPoolExecutor pool;

  PluginBackground(String plugin, Executor ui, Extensions extensions) {
    this.ui = ui;
    this.extensions = extensions;
    this.pool =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_WAITING),
            Thread.ofPlatform().daemon().name("plugin-" + plugin + "-", 0).factory());
    pool.allowCoreThreadTimeOut(true);
  }

  @Override
  public <T> CompletableFuture<T> run(String title, Callable<T> task) {
    CompletableFuture<T> done = new CompletableFuture<>();
    try {
      pool.execute(() -> work(title, task, done));
    } catch (RejectedExecutionException e) {
      done.completeExceptionally(e);
    }
    return done;
  }

  @SuppressWarnings("CatchingUnchecked") // other languages throw what no signature names
  private <T> void work(String title, Callable<T> task, CompletableFuture<T> done) {
    doing.set(title);
    show(title);
    try {
      T result = task.call();
      ui.execute(() -> done.complete(result));
    } catch (Throwable e) {
      ui.execute(() -> done.completeExceptionally(e));
    } finally {
      doing.remove();
      show("");
    }
  }

  @Override
  public void progress(int percent) {
    String title = doing.get();
    if (title == null) {
      throw new IllegalStateException("only from within a task");
    }
    show(title + " " + Math.clamp(percent, 0, 100) + " %");
  }

  private void show(String words) {
    ui.execute(() -> {
      WorkbenchWindow window = extensions.window();
      if (window != null) {
        window.working(words);
      }
    });
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }
}
