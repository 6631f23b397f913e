// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.main;

import chat.desktop.view.widget.FlatButton;
import chat.desktop.view.widget.Icon;
import chat.desktop.view.widget.Look;
import chat.desktop.view.widget.Paint;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;

/** Says right above the compose box why something was not done; gone with a click. */
public final class Banner extends Canvas {
  private static final int HEIGHT = 40;

  private final Look look;
  private final GridData data = new GridData(SWT.FILL, SWT.CENTER, true, false);
  private String text = "";

  Banner(Composite parent, Look look) {
    super(parent, SWT.DOUBLE_BUFFERED);
    this.look = look;
    setData("id", "banner");
    setBackground(look.palette().onBad());
    data.heightHint = HEIGHT;
    data.exclude = true;
    setLayoutData(data);
    setVisible(false);
    FlatButton close = new FlatButton(this, look, FlatButton.Weight.QUIET, "banner.close");
    close.icon(Icon.CROSS).tip(look.text("button.close")).does(() -> say(""));
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
    gc.setForeground(look.palette().bad());
    Icon.ALERT.draw(gc, 26, HEIGHT / 2, 17);
    Paint.text(gc, text, look.fonts().normal(), look.palette().bad(), 44, 11, area.width - 44 - 54);
  }
}
