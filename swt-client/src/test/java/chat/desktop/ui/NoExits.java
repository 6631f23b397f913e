// SPDX-License-Identifier: Apache-2.0
package chat.desktop.ui;

import chat.desktop.view.main.MainWindow;

/** Remembers that somebody wanted out. */
public final class NoExits implements MainWindow.Exits {
  public volatile int quits;
  public volatile int rebuilds;

  @Override
  public void quit() {
    quits++;
  }

  @Override
  public void rebuild() {
    rebuilds++;
  }
}
