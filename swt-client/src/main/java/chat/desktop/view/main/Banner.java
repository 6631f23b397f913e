// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.main;

import chat.desktop.view.widget.FlatButton;
import chat.desktop.view.widget.Icon;
import chat.desktop.view.widget.Paint;
import chat.desktop.view.widget.Theme;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;

/** Says right above the compose box why something was not done; gone with a click. */
public final class Banner extends Canvas {
  private static final int HEIGHT = 40;

  private final Theme theme;
  private final GridData data = new GridData(SWT.FILL, SWT.CENTER, true, false);
  private String text = "";

  Banner(Composite parent, Theme theme) {
    super(parent, SWT.DOUBLE_BUFFERED);
    this.theme = theme;
    setData("id", "banner");
    setBackground(theme.palette().onBad());
    data.heightHint = HEIGHT;
    data.exclude = true;
    setLayoutData(data);
    setVisible(false);
    FlatButton close = new FlatButton(this, theme, FlatButton.Weight.QUIET, "banner.close");
    close.icon(Icon.CROSS).tip(theme.text("button.close")).does(() -> say(""));
    addListener(SWT.Resize, _ -> close.setBounds(getClientArea().width - 46, 3, 34, 34));
    addListener(SWT.Paint, event -> paint(event.gc));
  }

  public String text() {
    return text;
  }

  /** Shows a text, or nothing. */
  void say(String newText) {
    text = newText;
    boolean shown = !text.isEmpty();
    data.exclude = !shown;
    setVisible(shown);
    getParent().layout();
    redraw();
  }

  private void paint(GC gc) {
    Rectangle area = getClientArea();
    gc.setForeground(theme.palette().bad());
    Icon.ALERT.draw(gc, 26, HEIGHT / 2, 17);
    Paint.text(
        gc, text, theme.fonts().normal(), theme.palette().bad(), 44, 11, area.width - 44 - 54);
  }
}
