// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.widget;

import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;

/** Asks before something that can't be undone; Escape means no. */
public final class AskDialog {
  private static final int WIDTH = 340;
  private static final int BUTTON = 96;

  private AskDialog() {}

  /**
   * @param yes the key of the word that does it
   */
  public static void open(Shell parent, Theme theme, String question, String yes, Runnable action) {
    Shell shell = new Shell(parent, SWT.DIALOG_TRIM | SWT.APPLICATION_MODAL);
    shell.setData("id", "ask");
    shell.setText(theme.title(yes));
    GridLayout layout = new GridLayout(2, false);
    layout.marginWidth = 20;
    layout.marginHeight = 18;
    layout.verticalSpacing = 18;
    shell.setLayout(layout);
    Label label = new Label(shell, SWT.WRAP);
    label.setText(question.replace("&", "&&"));
    GridData wide = new GridData(SWT.FILL, SWT.CENTER, true, true, 2, 1);
    wide.widthHint = WIDTH;
    label.setLayoutData(wide);
    Button no = button(shell, "ask.no", theme.text("button.cancel"), () -> {});
    no.setLayoutData(wide(SWT.END, no));
    Button sure = button(shell, "ask.yes", theme.title(yes), action);
    sure.setLayoutData(wide(SWT.BEGINNING, sure));
    shell.setDefaultButton(sure);
    shell.pack();
    Centre.on(shell);
    shell.open();
    sure.setFocus();
  }

  private static GridData wide(int side, Button button) {
    GridData data = new GridData(side, SWT.CENTER, side == SWT.END, false);
    data.widthHint = Math.max(BUTTON, button.computeSize(SWT.DEFAULT, SWT.DEFAULT).x);
    return data;
  }

  private static Button button(Shell shell, String id, String text, Runnable action) {
    Button button = new Button(shell, SWT.PUSH);
    button.setData("id", id);
    button.setText(text);
    button.addListener(
        SWT.Selection,
        _ -> {
          shell.close();
          action.run();
        });
    return button;
  }
}
