// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.welcome;

import chat.desktop.view.widget.FlatButton;
import chat.desktop.view.widget.Pages;
import chat.desktop.view.widget.Palette;
import chat.desktop.view.widget.Theme;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.StyledText;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Composite;

/** The two pages about a server's key: one asks, the other warns. */
final class KeyPages {

  private KeyPages() {}

  static Composite ask(
      Composite parent, Theme theme, String fingerprint, Runnable trust, Runnable cancel) {
    Composite page = Pages.page(parent, theme);
    page.setData("id", "trust");
    Pages.logo(page, theme);
    Pages.heading(page, theme, theme.text("trust.title"));
    Pages.text(
        page, theme, theme.text("trust.text"), theme.fonts().normal(), theme.palette().text());
    fingerprint(page, theme, "fingerprint", fingerprint);
    Pages.button(
        page, theme, FlatButton.Weight.ACCENT, "trust.yes", theme.text("trust.yes"), trust);
    Pages.button(
        page, theme, FlatButton.Weight.LINK, "trust.no", theme.text("button.cancel"), cancel);
    return page;
  }

  static Composite warn(
      Composite parent, Theme theme, String pinned, String shown, Runnable trust, Runnable cancel) {
    Composite page = Pages.page(parent, theme);
    page.setData("id", "changed");
    Palette palette = theme.palette();
    Pages.text(page, theme, theme.text("changed.title"), theme.fonts().title(), palette.bad());
    Pages.text(page, theme, theme.text("changed.text"), theme.fonts().normal(), palette.text());
    Pages.text(page, theme, theme.text("changed.pinned"), theme.fonts().bold(), palette.text());
    fingerprint(page, theme, "pinned", pinned);
    Pages.text(page, theme, theme.text("changed.shown"), theme.fonts().bold(), palette.bad());
    fingerprint(page, theme, "shown", shown);
    Pages.button(
        page, theme, FlatButton.Weight.ACCENT, "changed.no", theme.text("changed.no"), cancel);
    Pages.button(
        page, theme, FlatButton.Weight.LINK, "changed.yes", theme.text("changed.yes"), trust);
    return page;
  }

  private static void fingerprint(Composite page, Theme theme, String id, String hex) {
    StyledText text = new StyledText(page, SWT.MULTI | SWT.WRAP | SWT.READ_ONLY);
    text.setText(grouped(hex));
    text.setData("id", id);
    text.setMargins(10, 8, 10, 8);
    text.setBackground(theme.palette().field());
    text.setForeground(theme.palette().text());
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
