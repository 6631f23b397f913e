// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.widget;

import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.Font;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;

/** What the pages of the welcome window are made of. */
public final class Pages {
  public static final int WIDTH = 360;

  private Pages() {}

  public static Composite page(Composite parent, Theme theme) {
    Composite page = new Composite(parent, SWT.NONE);
    page.setBackground(theme.palette().window());
    GridLayout layout = new GridLayout();
    layout.verticalSpacing = 12;
    page.setLayout(layout);
    return page;
  }

  public static void logo(Composite parent, Theme theme) {
    Canvas logo = new Canvas(parent, SWT.DOUBLE_BUFFERED);
    logo.setBackground(theme.palette().window());
    GridData data = new GridData(SWT.CENTER, SWT.CENTER, true, false);
    data.widthHint = 72;
    data.heightHint = 64;
    logo.setLayoutData(data);
    logo.addListener(SWT.Paint, event -> draw(event.gc, theme.palette()));
  }

  public static void heading(Composite parent, Theme theme, String text) {
    Label label = text(parent, theme, text, theme.fonts().title(), theme.palette().text());
    label.setAlignment(SWT.CENTER);
  }

  public static Label text(Composite parent, Theme theme, String text, Font font, Color color) {
    Label label = new Label(parent, SWT.WRAP);
    label.setText(text.replace("&", "&&"));
    label.setFont(font);
    label.setForeground(color);
    label.setBackground(theme.palette().window());
    GridData data = new GridData(SWT.FILL, SWT.CENTER, true, false);
    data.widthHint = WIDTH;
    label.setLayoutData(data);
    return label;
  }

  public static FlatButton button(
      Composite parent,
      Theme theme,
      FlatButton.Weight weight,
      String id,
      String text,
      Runnable action) {
    FlatButton button = new FlatButton(parent, theme, weight, id);
    button.text(text).does(action);
    GridData data = new GridData(SWT.FILL, SWT.CENTER, true, false);
    data.heightHint = weight == FlatButton.Weight.ACCENT ? 42 : 34;
    button.setLayoutData(data);
    return button;
  }

  /** Cuts the corners of a box by painting around a rounded one. */
  public static void roundCorners(GC gc, Composite box, Palette palette) {
    Rectangle area = box.getClientArea();
    gc.setBackground(palette.window());
    gc.fillRectangle(area);
    Paint.fill(gc, palette.hover(), area, 10);
  }

  private static void draw(GC gc, Palette palette) {
    gc.setAntialias(SWT.ON);
    Paint.fill(gc, palette.line(), new Rectangle(20, 16, 48, 34), 12);
    gc.fillPolygon(new int[] {52, 48, 62, 60, 62, 46});
    Paint.fill(gc, palette.own(), new Rectangle(4, 4, 48, 36), 12);
    gc.fillPolygon(new int[] {10, 36, 10, 52, 24, 38});
    gc.setBackground(palette.onOwn());
    for (int i = 0; i < 3; i++) {
      gc.fillOval(15 + i * 11, 19, 6, 6);
    }
  }
}
