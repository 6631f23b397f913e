// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.dialog;

import chat.desktop.view.widget.Centre;
import chat.desktop.view.widget.FormDialog;
import chat.desktop.view.widget.Theme;
import org.eclipse.swt.SWT;
import org.eclipse.swt.dnd.Clipboard;
import org.eclipse.swt.dnd.TextTransfer;
import org.eclipse.swt.dnd.Transfer;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;

/** Shows a text that is to be copied: a link, or codes. */
final class TextDialog {
  private static final int WIDTH = 420;
  private static final int LEAST_LINES = 4;

  private TextDialog() {}

  /**
   * Opens it.
   *
   * @param id of the window; the field is {@code id.text}
   * @param title the key of its title
   * @param words what the text is, and is for
   */
  static void open(
      Shell parent, Theme theme, String id, String title, String words, String content) {
    if (parent.isDisposed()) {
      return;
    }
    Shell shell = new Shell(parent, SWT.DIALOG_TRIM | SWT.APPLICATION_MODAL);
    shell.setData("id", id);
    shell.setText(theme.title(title));
    GridLayout layout = new GridLayout();
    layout.marginWidth = 20;
    layout.marginHeight = 18;
    layout.verticalSpacing = 12;
    shell.setLayout(layout);
    Label label = new Label(shell, SWT.WRAP);
    label.setText(words.replace("&", "&&"));
    GridData wide = new GridData(SWT.FILL, SWT.CENTER, true, false);
    wide.widthHint = WIDTH;
    label.setLayoutData(wide);
    Text text = new Text(shell, SWT.BORDER | SWT.READ_ONLY | SWT.MULTI | SWT.WRAP);
    text.setData("id", id + ".text");
    text.setText(content);
    GridData lines = new GridData(SWT.FILL, SWT.FILL, true, true);
    lines.widthHint = WIDTH;
    lines.heightHint = Math.max(LEAST_LINES, (int) content.lines().count()) * text.getLineHeight();
    text.setLayoutData(lines);
    Button copy = buttons(shell, theme, label, content);
    shell.setDefaultButton(copy);
    shell.pack();
    Centre.on(shell);
    shell.open();
    copy.setFocus();
  }

  private static Button buttons(Shell shell, Theme theme, Label said, String content) {
    Composite buttons = new Composite(shell, SWT.NONE);
    buttons.setLayoutData(new GridData(SWT.END, SWT.CENTER, true, false));
    GridLayout row = new GridLayout(2, false);
    row.marginWidth = 0;
    buttons.setLayout(row);
    Button close = FormDialog.button(buttons, "button.close", theme.text("button.close"));
    close.addListener(SWT.Selection, _ -> shell.close());
    Button copy = FormDialog.button(buttons, "text.copy", theme.text("text.copy"));
    copy.addListener(
        SWT.Selection,
        _ -> {
          Clipboard clipboard = new Clipboard(shell.getDisplay());
          clipboard.setContents(
              new Object[] {content}, new Transfer[] {TextTransfer.getInstance()});
          clipboard.dispose();
          said.setText(theme.text("text.copied"));
        });
    return copy;
  }
}
