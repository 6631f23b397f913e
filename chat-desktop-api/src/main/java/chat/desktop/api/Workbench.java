// SPDX-License-Identifier: Apache-2.0
package chat.desktop.api;

import java.util.concurrent.Executor;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What the client offers to one plug-in: each plug-in that refers to this service gets its own. It
 * may be asked from any thread.
 */
@ProviderType
public interface Workbench {

  /** Rooms and messages of the account that is logged in. */
  Chat chat();

  /** What this plug-in remembers. */
  SettingsStore settings();

  /** Where longer work is done. */
  Background background();

  /** Runs a task in the thread of the windows, later; not at all once this plug-in has stopped. */
  Executor ui();

  /**
   * Asks the transcript to show its messages again, because {@link MessageRenderer} would render
   * some of them otherwise now.
   */
  void renderAgain();
}
