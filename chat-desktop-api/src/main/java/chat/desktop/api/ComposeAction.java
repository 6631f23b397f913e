// SPDX-License-Identifier: Apache-2.0
package chat.desktop.api;

import org.eclipse.swt.widgets.Shell;
import org.osgi.annotation.versioning.ConsumerType;

/** Fills or changes what is being written, offered beside the place where messages are written. */
@ConsumerType
public interface ComposeAction {

  /** What the menu calls it. */
  String title();

  /**
   * Does it.
   *
   * @param shell the window, as a parent for dialogs
   */
  void run(Shell shell, Compose compose);
}
