// SPDX-License-Identifier: Apache-2.0
package chat.desktop.plugin;

import chat.desktop.api.Compose;
import chat.desktop.model.app.ChatModel;
import org.eclipse.swt.widgets.Shell;

/** The main window, as far as plug-ins are concerned. */
public interface WorkbenchWindow {

  Shell shell();

  ChatModel model();

  Compose compose();

  /** Lays out the messages anew. */
  void renderAgain();

  /** Shows what is being done in the background; empty for nothing. */
  void working(String words);
}
