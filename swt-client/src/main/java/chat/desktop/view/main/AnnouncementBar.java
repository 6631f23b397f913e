// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.main;

import chat.desktop.model.server.ServerNews;
import chat.desktop.view.widget.FlatButton;
import chat.desktop.view.widget.Icon;
import chat.desktop.view.widget.Theme;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;

/** What is announced on the server, above the transcript until it is dismissed. */
final class AnnouncementBar extends Composite {
  private static final int MARGIN = 18;

  private final Label text;
  private final ServerNews news;
  private final GridData data = new GridData(SWT.FILL, SWT.CENTER, true, false);

  AnnouncementBar(Composite parent, Theme theme, ServerNews news) {
    super(parent, SWT.NONE);
    this.news = news;
    setData("id", "announcement");
    setBackground(theme.palette().selected());
    GridLayout layout = new GridLayout(2, false);
    layout.marginWidth = MARGIN;
    layout.marginHeight = 6;
    setLayout(layout);
    data.exclude = true;
    setLayoutData(data);
    setVisible(false);
    text = new Label(this, SWT.WRAP);
    text.setData("id", "announcement.text");
    text.setFont(theme.fonts().normal());
    text.setForeground(theme.palette().text());
    text.setBackground(theme.palette().selected());
    GridData wide = new GridData(SWT.FILL, SWT.CENTER, true, false);
    wide.widthHint = 100; // it takes the width that there is
    text.setLayoutData(wide);
    FlatButton close = new FlatButton(this, theme, FlatButton.Weight.QUIET, "announcement.close");
    close.icon(Icon.CROSS).tip(theme.text("button.close")).does(this::dismiss);
  }

  private void dismiss() {
    news.dismiss();
    refresh();
  }

  void refresh() {
    String announced = news.announcement();
    text.setText(announced.replace("&", "&&"));
    data.exclude = announced.isEmpty();
    setVisible(!announced.isEmpty());
    getParent().layout(true, true);
  }
}
