// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.platform;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Runs something in the thread of the windows after a while. */
@FunctionalInterface
public interface Scheduler {

  void after(long millis, Runnable task);

  /** Waits somewhere else, and comes in by the hop. */
  static Scheduler over(Executor hop) {
    return (millis, task) ->
        CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS, hop).execute(task);
  }
}
