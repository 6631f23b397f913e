// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.widget;

import java.util.List;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;

/** A window that only tells something. */
public final class InfoDialog {
  private final Theme theme;
  private final Shell shell;

  private InfoDialog(Shell parent, Theme theme, String title, String id) {
    this.theme = theme;
    shell = new Shell(parent, SWT.DIALOG_TRIM);
    shell.setData("id", id);
    shell.setText(title);
    GridLayout layout = new GridLayout(2, false);
    layout.marginWidth = 24;
    layout.marginHeight = 20;
    layout.horizontalSpacing = 40;
    layout.verticalSpacing = 8;
    shell.setLayout(layout);
  }

  public static InfoDialog about(Shell parent, Theme theme) {
    String title = theme.title("help.about");
    InfoDialog dialog = new InfoDialog(parent, theme, title, "about");
    Label name = dialog.wide(theme.text("app.name"));
    name.setFont(theme.fonts().title());
    dialog.wide(theme.text("about.text"));
    Label small =
        dialog.wide(
            theme.text("about.system", System.getProperty("java.version"), SWT.getPlatform()));
    small.setForeground(theme.palette().quiet());
    dialog.closeButton();
    return dialog;
  }

  public static InfoDialog shortcuts(Shell parent, Theme theme, List<List<String>> lines) {
    String title = theme.title("help.shortcuts");
    InfoDialog dialog = new InfoDialog(parent, theme, title, "shortcuts");
    for (List<String> line : lines) {
      new Label(dialog.shell, SWT.NONE).setText(line.getFirst());
      Label keys = new Label(dialog.shell, SWT.NONE);
      keys.setText(line.getLast());
      keys.setFont(theme.fonts().bold());
      keys.setLayoutData(new GridData(SWT.END, SWT.CENTER, false, false));
    }
    dialog.closeButton();
    return dialog;
  }

  public void open() {
    shell.pack();
    Centre.on(shell);
    shell.open();
  }

  private Label wide(String text) {
    Label label = new Label(shell, SWT.WRAP);
    label.setText(text);
    GridData data = new GridData(SWT.FILL, SWT.CENTER, true, false, 2, 1);
    data.widthHint = 340;
    label.setLayoutData(data);
    return label;
  }

  private void closeButton() {
    Button close = new Button(shell, SWT.PUSH);
    close.setText(theme.text("button.close"));
    close.setData("id", "button.close");
    GridData data = new GridData(SWT.END, SWT.CENTER, true, false, 2, 1);
    data.widthHint = 100;
    data.verticalIndent = 10;
    close.setLayoutData(data);
    close.addListener(SWT.Selection, _ -> shell.close());
    shell.setDefaultButton(close);
  }
}
