// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.welcome;

import chat.desktop.view.widget.FlatButton;
import chat.desktop.view.widget.Look;
import chat.desktop.view.widget.Pages;
import chat.desktop.view.widget.Palette;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.StyledText;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Composite;

/** The two pages about a server's key: one asks, the other warns. */
final class KeyPages {

  private KeyPages() {}

  static Composite ask(
      Composite parent, Look look, String fingerprint, Runnable trust, Runnable cancel) {
    Composite page = Pages.page(parent, look);
    page.setData("id", "trust");
    Pages.logo(page, look);
    Pages.heading(page, look, look.text("trust.title"));
    Pages.text(page, look, look.text("trust.text"), look.fonts().normal(), look.palette().text());
    fingerprint(page, look, "fingerprint", fingerprint);
    Pages.button(page, look, FlatButton.Weight.ACCENT, "trust.yes", look.text("trust.yes"), trust);
    Pages.button(
        page, look, FlatButton.Weight.LINK, "trust.no", look.text("button.cancel"), cancel);
    return page;
  }

  static Composite warn(
      Composite parent, Look look, String pinned, String shown, Runnable trust, Runnable cancel) {
    Composite page = Pages.page(parent, look);
    page.setData("id", "changed");
    Palette palette = look.palette();
    Pages.text(page, look, look.text("changed.title"), look.fonts().title(), palette.bad());
    Pages.text(page, look, look.text("changed.text"), look.fonts().normal(), palette.text());
    Pages.text(page, look, look.text("changed.pinned"), look.fonts().bold(), palette.text());
    fingerprint(page, look, "pinned", pinned);
    Pages.text(page, look, look.text("changed.shown"), look.fonts().bold(), palette.bad());
    fingerprint(page, look, "shown", shown);
    Pages.button(
        page, look, FlatButton.Weight.ACCENT, "changed.no", look.text("changed.no"), cancel);
    Pages.button(
        page, look, FlatButton.Weight.LINK, "changed.yes", look.text("changed.yes"), trust);
    return page;
  }

  private static void fingerprint(Composite page, Look look, String id, String hex) {
    StyledText text = new StyledText(page, SWT.MULTI | SWT.WRAP | SWT.READ_ONLY);
    text.setText(grouped(hex));
    text.setData("id", id);
    text.setMargins(10, 8, 10, 8);
    text.setBackground(look.palette().field());
    text.setForeground(look.palette().text());
    text.setCaret(null);
    GridData data = new GridData(SWT.FILL, SWT.CENTER, true, false);
    data.widthHint = Pages.WIDTH - 20;
    text.setLayoutData(data);
  }

  /** In groups of four, so that two people can compare it aloud. */
  static String grouped(String hex) {
    return hex.replaceAll("(.{4})(?=.)", "$1 ");
  }
}
