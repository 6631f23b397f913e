// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.dialog;

import chat.client.LinkLostException;
import chat.client.RefusedException;
import chat.desktop.model.app.ChatModel;
import chat.desktop.model.app.Exporting;
import chat.desktop.model.platform.DesktopIntegration;
import chat.desktop.model.room.Room;
import chat.desktop.model.text.Refusals;
import chat.desktop.model.text.SystemErrors;
import chat.desktop.view.widget.AppContext;
import chat.desktop.view.widget.Centre;
import chat.desktop.view.widget.FormDialog;
import chat.desktop.view.widget.Theme;
import chat.export.Export;
import chat.protocol.Person;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.ProgressBar;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;
import org.jspecify.annotations.Nullable;

/**
 * Writes a room, or what belongs to the account, into a folder. The chat goes on meanwhile; closing
 * the dialog ends what is not complete.
 */
final class ExportDialog {
  private static final int WIDTH = 380;

  private static final int STEPS = 1_000;

  private final Theme theme;
  private final DesktopIntegration integration;
  private final ZoneId zone;
  private final Begin begin;
  private final Shell shell;
  private final Map<Export.Form, Button> forms = new EnumMap<>(Export.Form.class);
  private final Button files;
  private final Text folder;
  private final Button choose;
  private final ProgressBar bar;
  private final Label said;
  private final Button reveal;
  private final Button cancel;
  private final Button go;
  private @Nullable Exporting running;
  private @Nullable Path written;

  /** Begins an export. */
  private interface Begin {
    Exporting with(Export.Order order, Consumer<Exporting.State> heard);
  }

  private ExportDialog(
      Shell parent,
      Theme theme,
      DesktopIntegration integration,
      AppContext context,
      String title,
      String words,
      List<Export.Form> choice,
      Begin begin) {
    this.theme = theme;
    this.integration = integration;
    this.zone = context.zone();
    this.begin = begin;
    shell = new Shell(parent, SWT.DIALOG_TRIM);
    shell.setData("id", "export");
    shell.setText(theme.title(title));
    GridLayout layout = new GridLayout(3, false);
    layout.marginWidth = 20;
    layout.marginHeight = 18;
    layout.horizontalSpacing = 12;
    layout.verticalSpacing = 12;
    shell.setLayout(layout);
    wide("export.words").setText(words.replace("&", "&&"));
    for (Export.Form form : choice) {
      boolean first = form == choice.getFirst();
      Button check = check(first ? "export.form" : "", key(form));
      check.setSelection(first);
      forms.put(form, check);
    }
    files = check("", "export.files");
    new Label(shell, SWT.NONE).setText(theme.text("export.into"));
    folder = new Text(shell, SWT.BORDER | SWT.READ_ONLY);
    folder.setData("id", "export.folder");
    folder.setText(context.downloads().toString());
    GridData path = new GridData(SWT.FILL, SWT.CENTER, true, false);
    path.widthHint = WIDTH - 120;
    folder.setLayoutData(path);
    choose = FormDialog.button(shell, "export.choose", theme.text("export.other"));
    choose.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, false, false));
    choose.addListener(SWT.Selection, _ -> choose());
    bar = new ProgressBar(shell, SWT.SMOOTH);
    bar.setData("id", "export.bar");
    bar.setMaximum(STEPS);
    bar.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false, 3, 1));
    said = wide("export.said");
    show(bar, false);
    show(said, false);
    Composite buttons = new Composite(shell, SWT.NONE);
    buttons.setLayoutData(new GridData(SWT.END, SWT.CENTER, true, false, 3, 1));
    GridLayout row = new GridLayout(3, false);
    row.marginWidth = 0;
    buttons.setLayout(row);
    reveal = button(buttons, "export.reveal", theme.text("file.reveal"), this::reveal);
    show(reveal, false);
    cancel = button(buttons, "export.cancel", theme.text("button.cancel"), shell::close);
    go = button(buttons, "export.go", theme.text("export.start"), this::start);
    shell.setDefaultButton(go);
    shell.addListener(SWT.Dispose, _ -> stop());
  }

  static void room(
      Shell parent,
      Theme theme,
      ChatModel model,
      DesktopIntegration integration,
      AppContext context,
      Room room) {
    new ExportDialog(
            parent,
            theme,
            integration,
            context,
            "chat.exportRoom",
            theme.text("export.room", theme.title(room)),
            List.of(Export.Form.HTML, Export.Form.TEXT, Export.Form.JSONL),
            (order, heard) -> Exporting.room(model, room, order, heard))
        .open();
  }

  static void account(
      Shell parent,
      Theme theme,
      ChatModel model,
      DesktopIntegration integration,
      AppContext context,
      Person self) {
    new ExportDialog(
            parent,
            theme,
            integration,
            context,
            "chat.exportAccount",
            theme.text("export.account"),
            List.of(),
            (order, heard) -> Exporting.account(model, self, order, heard))
        .open();
  }

  private void open() {
    shell.pack();
    Centre.on(shell);
    shell.open();
    go.setFocus();
  }

  private static String key(Export.Form form) {
    return switch (form) {
      case JSONL -> "export.jsonl";
      case HTML -> "export.html";
      case TEXT -> "export.text";
    };
  }

  private void choose() {
    integration
        .folderFor(Path.of(folder.getText()))
        .ifPresent(path -> folder.setText(path.toString()));
  }

  private void start() {
    Set<Export.Form> chosen = EnumSet.noneOf(Export.Form.class);
    forms.forEach((form, check) -> {
      if (check.getSelection()) {
        chosen.add(form);
      }
    });
    if (!forms.isEmpty() && chosen.isEmpty()) {
      say(theme.text("export.noForm"), true);
      return;
    }
    enabled(false);
    bar.setSelection(0);
    show(bar, true);
    say(theme.text("export.begins"), false);
    running =
        begin.with(
            new Export.Order(Path.of(folder.getText()), chosen, files.getSelection(), zone),
            this::heard);
  }

  private void heard(Exporting.State state) {
    if (shell.isDisposed()) {
      return;
    }
    switch (state) {
      case Exporting.State.Running(String room, long done, long total) -> {
        bar.setSelection((int) (STEPS * done / Math.max(1, total)));
        say(theme.text("export.running", done, total, room), false);
      }
      case Exporting.State.Finished(Path to, Export.Written counts) -> {
        written = to;
        show(bar, false);
        say(words(to, counts), counts.missing() > 0);
        show(reveal, true);
        show(go, false);
        cancel.setText(theme.text("button.close"));
        shell.setDefaultButton(reveal);
        fit();
        reveal.setFocus();
      }
      case Exporting.State.Cancelled _ -> {}
      case Exporting.State.Failed(Throwable why) -> {
        running = null;
        show(bar, false);
        enabled(true);
        say(theme.text("export.failed", reason(why)), true);
      }
    }
  }

  private String words(Path to, Export.Written counts) {
    String there = theme.text("export.done", counts.messages(), counts.files(), to);
    return counts.missing() == 0
        ? there
        : there + "\n" + theme.text("export.missing", counts.missing());
  }

  private String reason(Throwable why) {
    return switch (why) {
      case RefusedException refused -> Refusals.text(theme.texts(), refused.refusal());
      case LinkLostException _ -> theme.text("export.lost");
      case AccessDeniedException _ -> theme.text("export.denied", folder.getText());
      default -> theme.text("export.disk", SystemErrors.disk(theme.texts(), why));
    };
  }

  private void reveal() {
    if (written != null) {
      integration.reveal(written);
    }
  }

  private void stop() {
    if (running != null) {
      running.cancel();
    }
  }

  private void enabled(boolean now) {
    forms.values().forEach(check -> check.setEnabled(now));
    files.setEnabled(now);
    choose.setEnabled(now);
    go.setEnabled(now);
  }

  private void say(String text, boolean bad) {
    said.setText(text.replace("&", "&&"));
    said.setForeground(bad ? theme.palette().bad() : null);
    show(said, true);
    fit();
  }

  /** Only taller, so that it does not jump while it runs. */
  private void fit() {
    shell.layout(true, true);
    var wanted = shell.computeSize(SWT.DEFAULT, SWT.DEFAULT);
    if (!wanted.equals(shell.getSize())) {
      shell.setSize(wanted);
    }
  }

  private Label wide(String id) {
    Label label = new Label(shell, SWT.WRAP);
    label.setData("id", id);
    GridData data = new GridData(SWT.FILL, SWT.CENTER, true, false, 3, 1);
    data.widthHint = WIDTH;
    label.setLayoutData(data);
    return label;
  }

  private Button check(String label, String key) {
    new Label(shell, SWT.NONE).setText(label.isEmpty() ? "" : theme.text(label));
    Button check = new Button(shell, SWT.CHECK);
    check.setText(theme.text(key));
    check.setData("id", key);
    check.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false, 2, 1));
    return check;
  }

  private static Button button(Composite parent, String id, String text, Runnable action) {
    Button button = FormDialog.button(parent, id, text);
    button.addListener(SWT.Selection, _ -> action.run());
    return button;
  }

  private static void show(Control control, boolean visible) {
    control.setVisible(visible);
    if (control.getLayoutData() instanceof GridData data) {
      data.exclude = !visible;
    }
  }
}
