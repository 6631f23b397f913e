// SPDX-License-Identifier: Apache-2.0
package chat.desktop.api;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Work that takes longer than the thread of the windows may wait: two tasks of a plug-in at a time,
 * at most 100 waiting. The threads are interrupted when the plug-in stops.
 */
@ProviderType
public interface Background {

  /**
   * Does something elsewhere; may be called from any thread. While it runs, its title stands in the
   * status line.
   *
   * @return completes in the thread of the windows; not at all once the plug-in has stopped
   */
  <T> CompletableFuture<T> run(String title, Callable<T> task);

  /** Tells from within a task how much of it is done, in percent. */
  void progress(int percent);
}
