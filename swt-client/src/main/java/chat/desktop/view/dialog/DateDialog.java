// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.dialog;

import chat.desktop.view.widget.Centre;
import chat.desktop.view.widget.FormDialog;
import chat.desktop.view.widget.Theme;
import java.time.LocalDate;
import java.util.function.LongConsumer;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.DateTime;
import org.eclipse.swt.widgets.Shell;

/** Asks for a day of which the messages are to be shown. */
public final class DateDialog {
  private DateDialog() {}

  /**
   * Opens it.
   *
   * @param chosen is told when the day begins, in UTC milliseconds
   */
  public static void open(Shell parent, Theme theme, LongConsumer chosen) {
    Shell shell = new Shell(parent, SWT.DIALOG_TRIM | SWT.APPLICATION_MODAL);
    shell.setData("id", "date");
    shell.setText(theme.title("view.date"));
    GridLayout layout = new GridLayout();
    layout.marginWidth = 20;
    layout.marginHeight = 18;
    layout.verticalSpacing = 12;
    shell.setLayout(layout);
    DateTime calendar = new DateTime(shell, SWT.CALENDAR | SWT.BORDER);
    calendar.setData("id", "date.day");
    calendar.setLayoutData(new GridData(SWT.FILL, SWT.FILL, true, true));
    Composite buttons = new Composite(shell, SWT.NONE);
    buttons.setLayoutData(new GridData(SWT.END, SWT.CENTER, true, false));
    GridLayout row = new GridLayout(2, false);
    row.marginWidth = 0;
    buttons.setLayout(row);
    Button cancel = FormDialog.button(buttons, "button.cancel", theme.text("button.cancel"));
    cancel.addListener(SWT.Selection, _ -> shell.close());
    Button go = FormDialog.button(buttons, "date.go", theme.text("date.go"));
    go.addListener(
        SWT.Selection,
        _ -> {
          LocalDate day =
              LocalDate.of(calendar.getYear(), calendar.getMonth() + 1, calendar.getDay());
          shell.close();
          chosen.accept(theme.formats().start(day));
        });
    shell.setDefaultButton(go);
    shell.pack();
    Centre.on(shell);
    shell.open();
    calendar.setFocus();
  }
}
