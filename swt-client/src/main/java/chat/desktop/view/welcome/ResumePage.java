// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.welcome;

import chat.desktop.model.app.LinkStatus;
import chat.desktop.model.app.WelcomeForm.State;
import chat.desktop.view.widget.FlatButton;
import chat.desktop.view.widget.Look;
import chat.desktop.view.widget.Pages;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;

/** Somebody known comes back: nothing to do but wait, try again, or be somebody else. */
final class ResumePage extends Composite {
  private final Look look;
  private final Label title;
  private final Label status;
  private final FlatButton retry;

  ResumePage(Composite parent, Look look, Runnable onRetry, Runnable onCancel) {
    super(parent, SWT.NONE);
    this.look = look;
    setData("id", "resume");
    setBackground(look.palette().window());
    GridLayout layout = new GridLayout();
    layout.verticalSpacing = 12;
    setLayout(layout);
    Pages.logo(this, look);
    title = Pages.text(this, look, "", look.fonts().title(), look.palette().text());
    title.setAlignment(SWT.CENTER);
    status = Pages.text(this, look, "", look.fonts().normal(), look.palette().quiet());
    status.setAlignment(SWT.CENTER);
    status.setData("id", "resume.status");
    retry =
        Pages.button(
            this, look, FlatButton.Weight.ACCENT, "resume.retry", look.text("link.retry"), onRetry);
    Pages.button(
        this, look, FlatButton.Weight.LINK, "resume.other", look.text("resume.other"), onCancel);
  }

  ResumePage show(State.Resuming resuming) {
    LinkStatus link = resuming.status();
    title.setText(look.text("resume.title", resuming.name()).replace("&", "&&"));
    status.setText(link.text().replace("&", "&&"));
    retry.setVisible(link.canRetry());
    layout();
    return this;
  }
}
