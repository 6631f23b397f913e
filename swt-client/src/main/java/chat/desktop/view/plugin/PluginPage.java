// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.plugin;

import chat.desktop.api.PreferencePage;
import chat.desktop.plugin.Contribution;
import chat.desktop.plugin.Extensions;
import chat.desktop.view.widget.Centre;
import chat.desktop.view.widget.FormDialog;
import chat.desktop.view.widget.Theme;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.FillLayout;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Shell;

/** What the user can choose about a plug-in; closed when the plug-in goes. */
final class PluginPage {

  private PluginPage() {}

  static void open(
      Shell parent, Theme theme, Extensions extensions, Contribution<PreferencePage> page) {
    Shell shell = new Shell(parent, SWT.DIALOG_TRIM | SWT.RESIZE);
    shell.setData("id", "pluginPage");
    shell.setText(extensions.ask(page, PreferencePage::title, ""));
    GridLayout layout = new GridLayout(2, false);
    layout.marginWidth = 20;
    layout.marginHeight = 18;
    shell.setLayout(layout);
    Composite body = new Composite(shell, SWT.NONE);
    body.setLayout(new FillLayout());
    body.setLayoutData(new GridData(SWT.FILL, SWT.FILL, true, true, 2, 1));
    boolean made =
        extensions.ask(
            page,
            each -> {
              each.create(body);
              return true;
            },
            false);
    if (!made) {
      shell.dispose();
      return;
    }
    Button cancel = FormDialog.button(shell, "form.cancel", theme.text("button.cancel"));
    cancel.setLayoutData(new GridData(SWT.END, SWT.CENTER, true, false));
    cancel.addListener(SWT.Selection, _ -> shell.close());
    Button save = FormDialog.button(shell, "form.ok", theme.text("button.save"));
    save.addListener(
        SWT.Selection,
        _ -> {
          extensions.tell(page, PreferencePage::save);
          shell.close();
        });
    shell.setDefaultButton(save);
    Runnable changed =
        () -> {
          if (!extensions.all(PreferencePage.class).contains(page)) {
            shell.dispose();
          }
        };
    extensions.listen(changed);
    shell.addListener(SWT.Dispose, _ -> extensions.forget(changed));
    shell.pack();
    Centre.on(shell);
    shell.open();
  }
}
