// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.welcome;

import chat.desktop.model.app.ChatModel;
import chat.desktop.model.app.WelcomeForm;
import chat.desktop.model.app.WelcomeForm.Mode;
import chat.desktop.model.app.WelcomeForm.State;
import chat.desktop.model.text.Refusals.Field;
import chat.desktop.view.widget.AppContext;
import chat.desktop.view.widget.Centre;
import chat.desktop.view.widget.Faces;
import chat.desktop.view.widget.Theme;
import java.util.Map;
import java.util.function.Consumer;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.StackLayout;
import org.eclipse.swt.layout.FillLayout;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Shell;
import org.jspecify.annotations.Nullable;

/** The first window: where to, who, and whether the server is the right one. */
public final class WelcomeWindow implements WelcomeForm.View {
  private static final int TICK = 500;

  private final Theme theme;
  private final Shell shell;
  private final Composite stack;
  private final StackLayout layout = new StackLayout();
  private final LogInPage logIn;
  private final Consumer<ChatModel> onEntered;
  private @Nullable WelcomeForm form;

  public WelcomeWindow(
      Display display, AppContext context, Consumer<ChatModel> onEntered, Runnable onClose) {
    this.theme =
        Theme.of(display, context.palette(), context.texts(), context.zone(), Faces.none(display));
    this.onEntered = onEntered;
    shell = new Shell(display, SWT.SHELL_TRIM);
    shell.setData("id", "welcome");
    shell.setText(theme.text("app.name"));
    shell.setLayout(new FillLayout());
    shell.setBackground(theme.palette().window());
    Composite outer = new Composite(shell, SWT.NONE);
    outer.setBackground(theme.palette().window());
    GridLayout grid = new GridLayout();
    grid.marginHeight = 24;
    grid.marginWidth = 24;
    outer.setLayout(grid);
    stack = new Composite(outer, SWT.NONE);
    stack.setBackground(theme.palette().window());
    stack.setLayout(layout);
    GridData middle = new GridData(SWT.CENTER, SWT.CENTER, true, true);
    middle.widthHint = 380;
    stack.setLayoutData(middle);
    logIn = new LogInPage(stack, theme, context.settings(), this::submit);
    layout.topControl = logIn;
    shell.setSize(520, 720);
    shell.setMinimumSize(440, 660);
    Centre.on(shell);
    shell.addListener(SWT.Dispose, _ -> theme.dispose());
    shell.addListener(
        SWT.Close,
        _ -> {
          if (form != null) {
            form.leave();
          }
          onClose.run();
        });
    tick();
  }

  /** Opens the window over its presenter. */
  public void open(WelcomeForm presenter) {
    form = presenter;
    shell.open();
    presenter.resume();
    logIn.focus();
  }

  public Shell shell() {
    return shell;
  }

  /** Says something that concerns no field, for example why the session ended. */
  public void say(String text) {
    logIn.problems(Map.of(Field.FORM, text));
  }

  /** Offers to create the account of the owner, with the code that makes one. */
  public void createOwner(String code) {
    logIn.createOwner(code);
  }

  /** Fills in what a link says: an invitation, or one for a new password. */
  public void follow(String link) {
    logIn.follow(link);
  }

  public void close() {
    if (!shell.isDisposed()) {
      shell.dispose();
    }
  }

  @Override
  public void show(State state) {
    if (shell.isDisposed()) {
      return;
    }
    Control old = layout.topControl;
    layout.topControl =
        switch (state) {
          case State.Editing(Map<Field, String> problems) -> {
            logIn.working("");
            logIn.problems(problems);
            yield logIn;
          }
          case State.Working(String text) -> {
            logIn.problems(Map.of());
            logIn.working(text);
            yield logIn;
          }
          case State.Asking(String fingerprint) ->
              KeyPages.ask(
                  stack, theme, fingerprint, () -> form().trust(fingerprint), this::cancel);
          case State.Changed(String pinned, String shown) ->
              KeyPages.warn(stack, theme, pinned, shown, () -> form().trust(shown), this::cancel);
          case State.Resuming resuming ->
              old instanceof ResumePage page
                  ? page.show(resuming)
                  : new ResumePage(stack, theme, () -> form().retryNow(), this::cancel)
                      .show(resuming);
        };
    stack.layout();
    if (old != layout.topControl && old != logIn) {
      old.dispose();
    }
    if (old != layout.topControl && layout.topControl == logIn) {
      logIn.focus();
    }
  }

  @Override
  public void entered(ChatModel model) {
    onEntered.accept(model);
    close();
  }

  private WelcomeForm form() {
    return java.util.Objects.requireNonNull(form, "not open yet");
  }

  private void submit(Mode mode, LogInPage page) {
    form()
        .submit(
            page.server(),
            mode,
            page.name(),
            page.password(),
            page.invitation(),
            page.secondFactor());
  }

  private void cancel() {
    form().cancel();
  }

  private void tick() {
    shell
        .getDisplay()
        .timerExec(
            TICK,
            () -> {
              if (!shell.isDisposed()) {
                if (form != null) {
                  form.tick();
                }
                tick();
              }
            });
  }
}
