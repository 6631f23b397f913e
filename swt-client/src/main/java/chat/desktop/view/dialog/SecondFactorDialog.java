// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.dialog;

import chat.client.RefusedException;
import chat.client.text.AuthenticatorSecret;
import chat.desktop.model.app.AccountActions;
import chat.desktop.view.widget.FormDialog;
import chat.desktop.view.widget.Theme;
import chat.protocol.Problem;
import chat.protocol.Reply;
import io.nayuki.qrcodegen.QrCode;
import java.util.List;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;

/** Turns the second factor of the account on, or off if it is on. */
record SecondFactorDialog(Shell shell, Theme theme, AccountActions actions) {
  private static final int MODULE = 4;

  /** As the standard of QR codes wants it around them. */
  private static final int QUIET_MODULES = 4;

  void open(Reply.SecondFactor now) {
    if (now.on()) {
      turnOff(now);
    } else {
      turnOn();
    }
  }

  private void turnOn() {
    AuthenticatorSecret secret = AuthenticatorSecret.random();
    FormDialog form = new FormDialog(shell, theme, "factor.title", "factor");
    form.words("factor.words");
    show(form.line("factor.scan"), QrCode.encodeText(actions.link(secret), QrCode.Ecc.MEDIUM));
    Text typed = form.field("factor.secret");
    typed.setText(secret.typed());
    typed.setEditable(false);
    if (typed.getLayoutData() instanceof GridData data) {
      data.widthHint = typed.computeSize(SWT.DEFAULT, SWT.DEFAULT).x; // all of it is to be read
    }
    Text code = form.field("factor.code");
    Text password = form.password("factor.password");
    form.unless(() -> lack(code, password));
    form.explains(this::why);
    form.open(
        "factor.on",
        () ->
            actions
                .setSecondFactor(secret, password.getText(), code.getText().strip())
                .thenAccept(this::show));
    code.setFocus();
  }

  /** Black on white whatever the theme: cameras read that best. */
  private void show(Composite line, QrCode picture) {
    GridLayout layout = new GridLayout();
    layout.marginWidth = 0;
    line.setLayout(layout);
    Canvas canvas = new Canvas(line, SWT.DOUBLE_BUFFERED);
    canvas.setData("id", "factor.picture");
    canvas.setToolTipText(theme.text("factor.scan"));
    int side = (picture.size + 2 * QUIET_MODULES) * MODULE;
    GridData data = new GridData(SWT.BEGINNING, SWT.CENTER, false, false);
    data.widthHint = side;
    data.heightHint = side;
    canvas.setLayoutData(data);
    canvas.addListener(SWT.Paint, event -> paint(event.gc, picture));
  }

  private static void paint(GC gc, QrCode picture) {
    int side = picture.size + 2 * QUIET_MODULES;
    gc.setBackground(gc.getDevice().getSystemColor(SWT.COLOR_WHITE));
    gc.fillRectangle(0, 0, side * MODULE, side * MODULE);
    gc.setBackground(gc.getDevice().getSystemColor(SWT.COLOR_BLACK));
    for (int y = 0; y < picture.size; y++) {
      for (int x = 0; x < picture.size; x++) {
        if (picture.getModule(x, y)) {
          gc.fillRectangle(
              (x + QUIET_MODULES) * MODULE, (y + QUIET_MODULES) * MODULE, MODULE, MODULE);
        }
      }
    }
  }

  private void show(List<String> codes) {
    TextDialog.open(
        shell,
        theme,
        "recovery",
        "factor.recovery",
        theme.text("factor.recovery.words"),
        String.join("\n", codes));
  }

  private void turnOff(Reply.SecondFactor now) {
    FormDialog form = new FormDialog(shell, theme, "factor.title", "factor");
    form.words("factor.isOn", now.recoveryCodes());
    Text code = form.field("factor.code");
    Text password = form.password("factor.password");
    form.unless(() -> lack(code, password));
    form.explains(this::why);
    form.open(
        "factor.off", () -> actions.removeSecondFactor(password.getText(), code.getText().strip()));
  }

  private String lack(Text code, Text password) {
    if (code.getText().isBlank()) {
      return theme.text("factor.code.empty");
    }
    return password.getText().isEmpty() ? theme.text("welcome.password.empty") : "";
  }

  private String why(Throwable failure) {
    return FormDialog.cause(failure) instanceof RefusedException refused
            && refused.refusal().problem() == Problem.PASSWORD_WRONG
        ? theme.text("password.wrong")
        : FormDialog.words(theme, failure);
  }
}
