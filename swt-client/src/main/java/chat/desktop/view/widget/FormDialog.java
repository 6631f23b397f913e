// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.widget;

import chat.client.RefusedException;
import chat.desktop.model.text.Refusals;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.layout.RowLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Spinner;
import org.eclipse.swt.widgets.Text;

/**
 * A few fields that are sent to the server. It closes once that is done; if the server says no, it
 * stays and says why.
 */
public final class FormDialog {
  private static final int WIDTH = 300;
  private static final int BUTTON = 96;
  private static final int MARGIN = 20;

  private final Theme theme;
  private final Shell shell;
  private final Label problem;
  private final List<GridData> wide = new ArrayList<>();
  private Supplier<String> lacks = () -> "";
  private Function<Throwable, String> explanation;

  public FormDialog(Shell parent, Theme theme, String title, String id) {
    this.theme = theme;
    this.explanation = failure -> words(theme, failure);
    shell = new Shell(parent, SWT.DIALOG_TRIM | SWT.APPLICATION_MODAL);
    shell.setData("id", id);
    shell.setText(theme.title(title));
    GridLayout layout = new GridLayout(2, false);
    layout.marginWidth = MARGIN;
    layout.marginHeight = 18;
    layout.horizontalSpacing = 16;
    layout.verticalSpacing = 12;
    shell.setLayout(layout);
    problem = new Label(shell, SWT.WRAP);
    problem.setData("id", id + ".problem");
    problem.setForeground(theme.palette().bad());
    GridData data = new GridData(SWT.FILL, SWT.CENTER, true, false, 2, 1);
    data.exclude = true;
    data.widthHint = WIDTH;
    problem.setLayoutData(data);
    wide.add(data);
  }

  /** A paragraph over all that follows. */
  public void words(String key, Object... values) {
    Label label = new Label(shell, SWT.WRAP);
    label.setText(theme.text(key, values).replace("&", "&&"));
    GridData data = new GridData(SWT.FILL, SWT.CENTER, true, false, 2, 1);
    data.widthHint = WIDTH;
    label.setLayoutData(data);
    wide.add(data);
  }

  /** It is not sent while this says why. */
  public void unless(Supplier<String> why) {
    lacks = why;
  }

  /** What is said where the server says no. */
  public void explains(Function<Throwable, String> words) {
    explanation = words;
  }

  /** A line with a field; the id of the field is the key of its name. */
  public Text field(String key) {
    return text(key, SWT.BORDER);
  }

  /** A line for something else. */
  public Composite line(String key) {
    new Label(shell, SWT.NONE).setText(theme.text(key));
    Composite line = new Composite(shell, SWT.NONE);
    line.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
    return line;
  }

  /** The same for what nobody else should read. */
  public Text password(String key) {
    return text(key, SWT.BORDER | SWT.PASSWORD);
  }

  private Text text(String key, int style) {
    new Label(shell, SWT.NONE).setText(theme.text(key));
    Text text = new Text(shell, style);
    text.setData("id", key);
    GridData data = new GridData(SWT.FILL, SWT.CENTER, true, false);
    data.widthHint = WIDTH;
    text.setLayoutData(data);
    return text;
  }

  /** A number from 1 on. */
  public Spinner number(String key, int now, int most) {
    new Label(shell, SWT.NONE).setText(theme.text(key));
    Spinner spinner = new Spinner(shell, SWT.BORDER);
    spinner.setData("id", key);
    spinner.setValues(now, 1, most, 0, 1, 5);
    return spinner;
  }

  /** The same for a text of several lines. */
  public Text area(String key) {
    Label label = new Label(shell, SWT.NONE);
    label.setText(theme.text(key));
    label.setLayoutData(new GridData(SWT.BEGINNING, SWT.BEGINNING, false, false));
    Text text = new Text(shell, SWT.BORDER | SWT.MULTI | SWT.WRAP | SWT.V_SCROLL);
    text.setData("id", key);
    GridData data = new GridData(SWT.FILL, SWT.FILL, true, true);
    data.widthHint = WIDTH;
    data.heightHint = 5 * text.getLineHeight();
    text.setLayoutData(data);
    text.addListener(SWT.Traverse, event -> event.doit |= event.detail == SWT.TRAVERSE_TAB_NEXT);
    return text;
  }

  /** Something that is so, or not. */
  public Button check(String key, boolean on) {
    new Label(shell, SWT.NONE);
    Button check = new Button(shell, SWT.CHECK);
    check.setText(theme.text(key));
    check.setData("id", key);
    check.setSelection(on);
    return check;
  }

  /** One of several; the first one is chosen. */
  public Button[] choice(String... keys) {
    new Label(shell, SWT.NONE);
    Composite holder = new Composite(shell, SWT.NONE);
    RowLayout rows = new RowLayout(SWT.VERTICAL);
    rows.marginLeft = 0;
    rows.spacing = 4;
    holder.setLayout(rows);
    Button[] buttons = new Button[keys.length];
    for (int i = 0; i < keys.length; i++) {
      buttons[i] = new Button(holder, SWT.RADIO);
      buttons[i].setText(theme.text(keys[i]));
      buttons[i].setData("id", keys[i]);
      buttons[i].setSelection(i == 0);
    }
    return buttons;
  }

  /**
   * Adds the two buttons and opens it.
   *
   * @param key the word of the one that sends
   * @param send asks the server; answers in the thread of the windows
   */
  public void open(String key, Supplier<CompletableFuture<?>> send) {
    Composite buttons = new Composite(shell, SWT.NONE);
    buttons.setLayoutData(new GridData(SWT.END, SWT.CENTER, true, false, 2, 1));
    GridLayout row = new GridLayout(2, true);
    row.marginWidth = 0;
    buttons.setLayout(row);
    Button cancel = button(buttons, "form.cancel", theme.text("button.cancel"));
    cancel.addListener(SWT.Selection, _ -> shell.close());
    Button ok = button(buttons, "form.ok", theme.text(key));
    ok.addListener(SWT.Selection, _ -> send(ok, send));
    shell.setDefaultButton(ok);
    int width = shell.computeSize(SWT.DEFAULT, SWT.DEFAULT).x - 2 * MARGIN;
    wide.forEach(data -> data.widthHint = width);
    shell.pack();
    Centre.on(shell);
    shell.open();
  }

  public static Button button(Composite parent, String id, String text) {
    Button button = new Button(parent, SWT.PUSH);
    button.setData("id", id);
    button.setText(text);
    GridData data = new GridData(SWT.FILL, SWT.CENTER, true, false);
    data.widthHint = Math.max(BUTTON, button.computeSize(SWT.DEFAULT, SWT.DEFAULT).x);
    button.setLayoutData(data);
    return button;
  }

  private void send(Button ok, Supplier<CompletableFuture<?>> send) {
    String why = lacks.get();
    if (!why.isEmpty()) {
      say(why);
      return;
    }
    ok.setEnabled(false);
    var unused =
        send.get()
            .whenComplete((_, failure) -> {
              if (shell.isDisposed()) {
                return;
              }
              if (failure == null) {
                shell.close();
                return;
              }
              ok.setEnabled(true);
              say(explanation.apply(failure));
            });
  }

  /** Says above the fields what is wrong. */
  public void say(String text) {
    say(text, theme.palette().bad());
  }

  /** Says above the fields what is well. */
  public void note(String text) {
    say(text, shell.getForeground());
  }

  private void say(String text, Color color) {
    if (shell.isDisposed()) {
      return;
    }
    problem.setForeground(color);
    problem.setText(text.replace("&", "&&"));
    if (problem.getLayoutData() instanceof GridData data) {
      data.exclude = false;
    }
    shell.pack();
  }

  /** What a future failed with. */
  public static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  /** What to tell the user of something that was not done. */
  public static String words(Theme theme, Throwable failure) {
    return cause(failure) instanceof RefusedException refused
        ? Refusals.text(theme.texts(), refused.refusal())
        : theme.text("link.notDone");
  }
}
