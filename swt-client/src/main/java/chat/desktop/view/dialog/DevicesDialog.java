// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.dialog;

import chat.client.RefusedException;
import chat.desktop.model.app.AccountActions;
import chat.desktop.view.widget.AskDialog;
import chat.desktop.view.widget.Centre;
import chat.desktop.view.widget.FlatButton;
import chat.desktop.view.widget.FormDialog;
import chat.desktop.view.widget.ItemList;
import chat.desktop.view.widget.Theme;
import chat.protocol.Device;
import chat.protocol.Limits;
import chat.protocol.Problem;
import java.util.concurrent.CompletableFuture;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.layout.RowLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;

/** The devices that are logged in to the account, and its password. */
final class DevicesDialog {
  private static final int WIDTH = 600;
  private static final int HEIGHT = 460;
  private static final int MARGIN = 20;

  private final Theme theme;
  private final AccountActions actions;
  private final Shell shell;
  private final ItemList<Device> devices;
  private final Label said;

  DevicesDialog(Shell parent, Theme theme, AccountActions actions) {
    this.theme = theme;
    this.actions = actions;
    shell = new Shell(parent, SWT.DIALOG_TRIM | SWT.RESIZE);
    shell.setData("id", "devices");
    shell.setText(theme.title("chat.devices"));
    shell.setBackground(theme.palette().window());
    GridLayout layout = new GridLayout();
    layout.marginWidth = 0;
    layout.marginHeight = 14;
    layout.verticalSpacing = 10;
    shell.setLayout(layout);
    label("devices.words").setText(theme.text("devices.words"));
    DeviceContent content = new DeviceContent(theme, this::askToEnd);
    devices = new ItemList<>(shell, theme, content, "devices.list", theme.text("devices.list"));
    devices.setLayoutData(new GridData(SWT.FILL, SWT.FILL, true, true));
    said = label("devices.said");
    buttons();
    refresh();
  }

  void open() {
    shell.setSize(WIDTH, Math.min(HEIGHT, shell.getMonitor().getClientArea().height));
    Centre.on(shell);
    shell.open();
    devices.setFocus();
  }

  private Label label(String id) {
    Label label = new Label(shell, SWT.WRAP);
    label.setData("id", id);
    label.setForeground(theme.palette().text());
    label.setBackground(theme.palette().window());
    GridData data = new GridData(SWT.BEGINNING, SWT.CENTER, true, false);
    data.horizontalIndent = MARGIN;
    data.widthHint = WIDTH - 3 * MARGIN;
    label.setLayoutData(data);
    return label;
  }

  private void buttons() {
    Composite row = new Composite(shell, SWT.NONE);
    row.setBackground(theme.palette().window());
    RowLayout layout = new RowLayout();
    layout.marginLeft = MARGIN - 8;
    layout.spacing = 8;
    row.setLayout(layout);
    row.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
    button(row, "devices.password", this::changePassword);
    button(row, "factor.title", this::secondFactor);
    button(row, "devices.endOthers", this::askToEndOthers);
    button(row, "button.close", shell::close);
  }

  private void button(Composite row, String key, Runnable action) {
    FlatButton button = new FlatButton(row, theme, FlatButton.Weight.LINK, key);
    button.text(theme.text(key)).does(action);
  }

  private void refresh() {
    var unused =
        actions
            .devices()
            .whenComplete((found, failure) -> {
              if (shell.isDisposed()) {
                return;
              }
              if (failure == null) {
                devices.items(found);
              } else {
                say(FormDialog.words(theme, failure), theme.palette().bad());
              }
            });
  }

  private void say(String text, Color color) {
    said.setForeground(color);
    said.setText(text.replace("&", "&&"));
    shell.layout(true, true);
  }

  private void askToEnd(Device device) {
    AskDialog.open(
        shell,
        theme,
        theme.text("devices.end.ask", DeviceContent.name(theme, device)),
        "devices.end",
        () -> does(actions.end(device), "devices.ended"));
  }

  private void askToEndOthers() {
    AskDialog.open(
        shell,
        theme,
        theme.text("devices.endOthers.ask"),
        "devices.endOthers",
        () -> does(actions.endOtherDevices(), "devices.endedOthers"));
  }

  private void does(CompletableFuture<?> asked, String done) {
    var unused =
        asked.whenComplete((_, failure) -> {
          if (shell.isDisposed()) {
            return;
          }
          if (failure == null) {
            say(theme.text(done), theme.palette().text());
          } else {
            say(FormDialog.words(theme, failure), theme.palette().bad());
          }
          refresh();
        });
  }

  private void changePassword() {
    FormDialog form = new FormDialog(shell, theme, "devices.password", "password");
    form.words("password.words");
    Text current = form.password("password.current");
    Text next = form.password("password.next");
    Text again = form.password("password.again");
    form.unless(() -> lack(current.getText(), next.getText(), again.getText()));
    form.explains(failure ->
        isWrong(failure) ? theme.text("password.wrong") : FormDialog.words(theme, failure));
    form.open(
        "password.change",
        () ->
            actions
                .changePassword(current.getText(), next.getText())
                .thenRun(this::passwordChanged));
  }

  private void secondFactor() {
    var unused =
        actions
            .secondFactor()
            .whenComplete((state, failure) -> {
              if (shell.isDisposed()) {
                return;
              }
              if (failure == null) {
                new SecondFactorDialog(shell, theme, actions).open(state);
              } else {
                say(FormDialog.words(theme, failure), theme.palette().bad());
              }
            });
  }

  private void passwordChanged() {
    if (!shell.isDisposed()) {
      say(theme.text("password.done"), theme.palette().text());
      refresh();
    }
  }

  private String lack(String current, String next, String again) {
    if (current.isEmpty()) {
      return theme.text("welcome.password.empty");
    }
    if (next.codePointCount(0, next.length()) < Limits.PASSWORD_MIN) {
      return theme.text("welcome.password.short", Limits.PASSWORD_MIN);
    }
    return next.equals(again) ? "" : theme.text("password.differ");
  }

  private static boolean isWrong(Throwable failure) {
    return FormDialog.cause(failure) instanceof RefusedException refused
        && refused.refusal().problem() == Problem.PASSWORD_WRONG;
  }
}
