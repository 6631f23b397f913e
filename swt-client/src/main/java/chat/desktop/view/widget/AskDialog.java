// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.widget;

import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;

/** Asks before something that can't be undone, or may do harm; Escape means no. */
public final class AskDialog {
  private static final int WIDTH = 340;
  private static final int BUTTON = 96;

  private AskDialog() {}

  /**
   * Asks; Enter means yes.
   *
   * @param yes the key of the word that does it
   */
  public static void open(Shell parent, Theme theme, String question, String yes, Runnable action) {
    Shell shell = shell(parent, theme, question, yes);
    no(shell, theme);
    show(shell, yes(shell, theme, yes, action));
  }

  /**
   * Asks before what may do harm; Enter means no.
   *
   * @param yes the key of the word that does it
   */
  public static void warn(Shell parent, Theme theme, String question, String yes, Runnable action) {
    Shell shell = shell(parent, theme, question, yes);
    Button no = no(shell, theme);
    yes(shell, theme, yes, action);
    show(shell, no);
  }

  private static Shell shell(Shell parent, Theme theme, String question, String yes) {
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
    return shell;
  }

  private static Button no(Shell shell, Theme theme) {
    Button no = button(shell, "ask.no", theme.text("button.cancel"), () -> {});
    no.setLayoutData(wide(SWT.END, no));
    return no;
  }

  private static Button yes(Shell shell, Theme theme, String word, Runnable action) {
    Button sure = button(shell, "ask.yes", theme.title(word), action);
    sure.setLayoutData(wide(SWT.BEGINNING, sure));
    return sure;
  }

  private static void show(Shell shell, Button enter) {
    shell.setDefaultButton(enter);
    shell.pack();
    Centre.on(shell);
    shell.open();
    enter.setFocus();
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
