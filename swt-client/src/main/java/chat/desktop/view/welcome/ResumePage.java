// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.welcome;

import chat.desktop.model.app.LinkStatus;
import chat.desktop.model.app.WelcomeForm.State;
import chat.desktop.view.widget.FlatButton;
import chat.desktop.view.widget.Pages;
import chat.desktop.view.widget.Theme;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;

/** Somebody known comes back: nothing to do but wait, try again, or be somebody else. */
final class ResumePage extends Composite {
  private final Theme theme;
  private final Label title;
  private final Label status;
  private final FlatButton retry;

  ResumePage(Composite parent, Theme theme, Runnable onRetry, Runnable onCancel) {
    super(parent, SWT.NONE);
    this.theme = theme;
    setData("id", "resume");
    setBackground(theme.palette().window());
    GridLayout layout = new GridLayout();
    layout.verticalSpacing = 12;
    setLayout(layout);
    Pages.logo(this, theme);
    title = Pages.text(this, theme, "", theme.fonts().title(), theme.palette().text());
    title.setAlignment(SWT.CENTER);
    status = Pages.text(this, theme, "", theme.fonts().normal(), theme.palette().quiet());
    status.setAlignment(SWT.CENTER);
    status.setData("id", "resume.status");
    retry =
        Pages.button(
            this,
            theme,
            FlatButton.Weight.ACCENT,
            "resume.retry",
            theme.text("link.retry"),
            onRetry);
    Pages.button(
        this, theme, FlatButton.Weight.LINK, "resume.other", theme.text("resume.other"), onCancel);
  }

  ResumePage show(State.Resuming resuming) {
    LinkStatus link = resuming.status();
    title.setText(theme.text("resume.title", resuming.name()).replace("&", "&&"));
    status.setText(link.text().replace("&", "&&"));
    retry.setVisible(link.canRetry());
    layout();
    return this;
  }
}
