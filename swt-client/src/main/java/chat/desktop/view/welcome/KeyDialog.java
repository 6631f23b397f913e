// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.welcome;

import chat.client.Link;
import chat.desktop.model.app.ChatModel;
import chat.desktop.model.app.ModelListener;
import chat.desktop.view.widget.Centre;
import chat.desktop.view.widget.Theme;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Shell;

/**
 * Warns, over the main window, that the server shows another key than the known one. It closes by
 * itself once the known key is back.
 */
public final class KeyDialog implements ModelListener {
  private static final int MARGIN = 24;

  private final ChatModel model;
  private final Link.KeyChanged about;
  private final Shell shell;

  private KeyDialog(Shell parent, Theme theme, ChatModel model, Link.KeyChanged about) {
    this.model = model;
    this.about = about;
    shell = new Shell(parent, SWT.DIALOG_TRIM | SWT.APPLICATION_MODAL);
    shell.setData("id", "keyChanged");
    shell.setText(theme.text("changed.title"));
    shell.setBackground(theme.palette().window());
    GridLayout layout = new GridLayout();
    layout.marginWidth = MARGIN;
    layout.marginHeight = MARGIN;
    shell.setLayout(layout);
    KeyPages.warn(shell, theme, about.pinned(), about.shown(), this::trust, shell::close);
    model.listen(this);
    shell.addListener(SWT.Dispose, _ -> model.forget(this));
  }

  /** Opens it; going back leaves everything as it is. */
  public static void open(Shell parent, Theme theme, ChatModel model, Link.KeyChanged about) {
    KeyDialog dialog = new KeyDialog(parent, theme, model, about);
    dialog.shell.pack();
    Centre.on(dialog.shell);
    dialog.shell.open();
  }

  private void trust() {
    shell.close();
    model.trust(about.shown());
  }

  @Override
  public void changed(Part part) {
    if (part == Part.LINK && !shell.isDisposed() && !model.link().equals(about)) {
      shell.close();
    }
  }
}
