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
  private final Look look;
  private final Shell shell;

  private InfoDialog(Shell parent, Look look, String title, String id) {
    this.look = look;
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

  public static InfoDialog about(Shell parent, Look look) {
    String title = look.title("help.about");
    InfoDialog dialog = new InfoDialog(parent, look, title, "about");
    Label name = dialog.wide(look.text("app.name"));
    name.setFont(look.fonts().title());
    dialog.wide(look.text("about.text"));
    Label small =
        dialog.wide(
            look.text("about.system", System.getProperty("java.version"), SWT.getPlatform()));
    small.setForeground(look.palette().quiet());
    dialog.closeButton();
    return dialog;
  }

  public static InfoDialog shortcuts(Shell parent, Look look, List<List<String>> lines) {
    String title = look.title("help.shortcuts");
    InfoDialog dialog = new InfoDialog(parent, look, title, "shortcuts");
    for (List<String> line : lines) {
      new Label(dialog.shell, SWT.NONE).setText(line.getFirst());
      Label keys = new Label(dialog.shell, SWT.NONE);
      keys.setText(line.getLast());
      keys.setFont(look.fonts().bold());
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
    close.setText(look.text("button.close"));
    close.setData("id", "button.close");
    GridData data = new GridData(SWT.END, SWT.CENTER, true, false, 2, 1);
    data.widthHint = 100;
    data.verticalIndent = 10;
    close.setLayoutData(data);
    close.addListener(SWT.Selection, _ -> shell.close());
    shell.setDefaultButton(close);
  }
}
