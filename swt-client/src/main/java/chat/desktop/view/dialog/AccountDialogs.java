// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.dialog;

import chat.client.RefusedException;
import chat.desktop.model.app.AccountActions;
import chat.desktop.view.widget.Centre;
import chat.desktop.view.widget.FormDialog;
import chat.desktop.view.widget.Theme;
import chat.protocol.Invitation;
import chat.protocol.Problem;
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
import org.eclipse.swt.widgets.Spinner;
import org.eclipse.swt.widgets.Text;

/**
 * The windows about the account as a whole: bringing others here, its devices and password, and
 * going for good.
 */
public record AccountDialogs(Shell shell, Theme theme, AccountActions actions) {
  private static final int LINK = 420;
  private static final int USES = 1;
  private static final int DAYS = 7;

  /** Asks for whom an invitation is to be, and shows it. */
  public void invite() {
    FormDialog form = new FormDialog(shell, theme, "chat.inviteToServer", "inviteToServer");
    form.words("invite.words");
    Spinner uses = form.number("invite.uses", USES, AccountActions.MOST_USES);
    Spinner days = form.number("invite.days", DAYS, AccountActions.MOST_DAYS);
    form.explains(failure ->
        refused(failure, Problem.NOT_ALLOWED)
            ? theme.text("invite.closed")
            : FormDialog.words(theme, failure));
    form.open(
        "invite.make",
        () ->
            actions
                .invite(uses.getSelection(), days.getSelection())
                .thenAccept(link -> show(link, uses.getSelection(), days.getSelection())));
  }

  private void show(Invitation link, int uses, int days) {
    if (shell.isDisposed()) {
      return;
    }
    Shell shown = new Shell(shell, SWT.DIALOG_TRIM | SWT.APPLICATION_MODAL);
    shown.setData("id", "invitation");
    shown.setText(theme.title("chat.inviteToServer"));
    GridLayout layout = new GridLayout(2, false);
    layout.marginWidth = 20;
    layout.marginHeight = 18;
    layout.verticalSpacing = 12;
    shown.setLayout(layout);
    Label words = new Label(shown, SWT.WRAP);
    words.setText(theme.text("invite.made", uses, days));
    GridData wide = new GridData(SWT.FILL, SWT.CENTER, true, false, 2, 1);
    wide.widthHint = LINK;
    words.setLayoutData(wide);
    Text text = new Text(shown, SWT.BORDER | SWT.READ_ONLY | SWT.MULTI | SWT.WRAP);
    text.setData("id", "invite.link");
    text.setText(link.toString());
    GridData lines = new GridData(SWT.FILL, SWT.FILL, true, true, 2, 1);
    lines.widthHint = LINK;
    lines.heightHint = 3 * text.getLineHeight();
    text.setLayoutData(lines);
    Composite buttons = new Composite(shown, SWT.NONE);
    buttons.setLayoutData(new GridData(SWT.END, SWT.CENTER, true, false, 2, 1));
    GridLayout row = new GridLayout(2, false);
    row.marginWidth = 0;
    buttons.setLayout(row);
    Button close = FormDialog.button(buttons, "button.close", theme.text("button.close"));
    close.addListener(SWT.Selection, _ -> shown.close());
    Button copy = FormDialog.button(buttons, "invite.copy", theme.text("invite.copy"));
    copy.addListener(
        SWT.Selection,
        _ -> {
          copy(link.toString());
          words.setText(theme.text("invite.copied"));
        });
    shown.setDefaultButton(copy);
    shown.pack();
    Centre.on(shown);
    shown.open();
    copy.setFocus();
  }

  private void copy(String text) {
    Clipboard clipboard = new Clipboard(shell.getDisplay());
    clipboard.setContents(new Object[] {text}, new Transfer[] {TextTransfer.getInstance()});
    clipboard.dispose();
  }

  /** Shows the devices that are logged in, and lets the password be changed. */
  public void devices() {
    new DevicesDialog(shell, theme, actions).open();
  }

  /** Says what is lost, and asks for what only the one whom it concerns can know. */
  public void end() {
    var self = actions.model().self();
    if (self == null) {
      return;
    }
    FormDialog form = new FormDialog(shell, theme, "chat.endAccount", "endAccount");
    form.words("farewell.words", self.name());
    Text name = form.field("farewell.name");
    Text password = form.password("farewell.password");
    form.unless(() -> {
      if (!name.getText().strip().equals(self.name())) {
        return theme.text("farewell.otherName", self.name());
      }
      return password.getText().isEmpty() ? theme.text("welcome.password.empty") : "";
    });
    form.explains(failure ->
        refused(failure, Problem.PASSWORD_WRONG)
            ? theme.text("farewell.wrong")
            : FormDialog.words(theme, failure));
    form.open("farewell.end", () -> actions.end(password.getText()));
  }

  private static boolean refused(Throwable failure, Problem problem) {
    return FormDialog.cause(failure) instanceof RefusedException refused
        && refused.refusal().problem() == problem;
  }
}
