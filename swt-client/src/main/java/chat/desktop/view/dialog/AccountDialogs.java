// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.dialog;

import chat.client.RefusedException;
import chat.desktop.model.app.AccountActions;
import chat.desktop.model.app.AdministrationActions;
import chat.desktop.view.widget.FormDialog;
import chat.desktop.view.widget.Theme;
import chat.protocol.Invitation;
import chat.protocol.Problem;
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
    String words = theme.text("invite.made", uses, days);
    TextDialog.open(shell, theme, "invitation", "chat.inviteToServer", words, link.toString());
  }

  /** Shows the devices that are logged in, and lets the password be changed. */
  public void devices() {
    new DevicesDialog(shell, theme, actions).open();
  }

  /** Asks for another name of the account. */
  public void changeName() {
    var self = actions.model().self();
    if (self == null) {
      return;
    }
    FormDialog form = new FormDialog(shell, theme, "chat.name", "changeName");
    form.words("name.words");
    Text name = form.field("name.new");
    name.setText(self.name());
    name.selectAll();
    form.unless(() -> name.getText().isBlank() ? theme.text("welcome.name.empty") : "");
    form.open("name.change", () -> actions.changeName(name.getText().strip()));
  }

  /** Shows everybody on the server to one who owns it. */
  public void people() {
    new ServerPeopleDialog(shell, theme, new AdministrationActions(actions.model())).open();
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
