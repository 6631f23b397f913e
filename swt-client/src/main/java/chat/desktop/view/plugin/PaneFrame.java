// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.plugin;

import chat.desktop.view.widget.FlatButton;
import chat.desktop.view.widget.Icon;
import chat.desktop.view.widget.Theme;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.FillLayout;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;

/**
 * The pane of a plug-in with its title: a click on it folds the pane, buttons move and close it.
 */
final class PaneFrame extends Composite {
  private static final int HEAD = 40;

  private final Composite body;
  private boolean folded;

  /** What the title does. */
  interface Actions {
    void fold(boolean folded);

    void move();

    void close();
  }

  /**
   * @param away where the pane can be moved to, as a picture
   */
  PaneFrame(Composite parent, Theme theme, String id, String title, Icon away, Actions actions) {
    super(parent, SWT.NONE);
    setData("id", "pane." + id);
    setBackground(theme.palette().pane());
    GridLayout layout = new GridLayout(3, false);
    layout.marginWidth = 0;
    layout.marginHeight = 0;
    layout.verticalSpacing = 0;
    layout.horizontalSpacing = 0;
    setLayout(layout);
    Label label = new Label(this, SWT.NONE);
    label.setData("id", "pane.title");
    label.setText(title.replace("&", "&&"));
    label.setFont(theme.fonts().bold());
    label.setForeground(theme.palette().text());
    label.setBackground(theme.palette().pane());
    label.setToolTipText(theme.text("pane.fold"));
    label.addListener(SWT.MouseUp, _ -> actions.fold(!folded));
    GridData head = new GridData(SWT.FILL, SWT.CENTER, true, false);
    head.horizontalIndent = 14;
    label.setLayoutData(head);
    button(theme, "pane.move", away, actions::move);
    button(theme, "pane.close", Icon.CROSS, actions::close);
    body = new Composite(this, SWT.NONE);
    body.setBackground(theme.palette().pane());
    body.setLayout(new FillLayout());
    body.setLayoutData(new GridData(SWT.FILL, SWT.FILL, true, true, 3, 1));
  }

  private void button(Theme theme, String key, Icon icon, Runnable action) {
    FlatButton button = new FlatButton(this, theme, FlatButton.Weight.QUIET, key);
    button.icon(icon).tip(theme.text(key)).does(action);
    GridData data = new GridData(SWT.END, SWT.CENTER, false, false);
    data.heightHint = HEAD;
    data.widthHint = 34;
    button.setLayoutData(data);
  }

  /** Where the plug-in puts its widgets. */
  Composite body() {
    return body;
  }

  void folded(boolean now) {
    folded = now;
    body.setVisible(!now);
    if (body.getLayoutData() instanceof GridData data) {
      data.exclude = now;
    }
    setLayoutData(new GridData(SWT.FILL, now ? SWT.BEGINNING : SWT.FILL, true, !now));
  }
}
