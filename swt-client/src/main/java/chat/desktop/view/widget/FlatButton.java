// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.widget;

import org.eclipse.swt.SWT;
import org.eclipse.swt.accessibility.ACC;
import org.eclipse.swt.accessibility.AccessibleAdapter;
import org.eclipse.swt.accessibility.AccessibleControlAdapter;
import org.eclipse.swt.accessibility.AccessibleControlEvent;
import org.eclipse.swt.accessibility.AccessibleEvent;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.Font;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;
import org.jspecify.annotations.Nullable;

/** A button without a frame: an icon, a word or both. Sends {@link SWT#Selection}. */
public final class FlatButton extends Canvas {

  /** How much it stands out. */
  public enum Weight {
    QUIET,
    LINK,
    TAB,
    ACCENT
  }

  private final Theme theme;
  private final Weight weight;
  private @Nullable Icon icon;
  private String text = "";
  private boolean over;
  private boolean down;
  private boolean on;

  public FlatButton(Composite parent, Theme theme, Weight weight, String id) {
    super(parent, SWT.DOUBLE_BUFFERED);
    this.theme = theme;
    this.weight = weight;
    setData("id", id);
    addListener(SWT.Paint, event -> paint(event.gc));
    addListener(SWT.MouseEnter, _ -> over(true));
    addListener(SWT.MouseExit, _ -> over(false));
    addListener(SWT.MouseDown, event -> down = event.button == 1);
    addListener(SWT.MouseUp, this::released);
    addListener(SWT.FocusIn, _ -> redraw());
    addListener(SWT.FocusOut, _ -> redraw());
    addListener(SWT.Traverse, event -> event.doit = event.detail != SWT.TRAVERSE_RETURN);
    addListener(SWT.KeyDown, this::key);
    setCursor(getDisplay().getSystemCursor(SWT.CURSOR_HAND));
    describe();
  }

  public FlatButton icon(Icon newIcon) {
    icon = newIcon;
    redraw();
    return this;
  }

  public FlatButton text(String newText) {
    text = newText;
    redraw();
    return this;
  }

  public FlatButton tip(String tip) {
    setToolTipText(tip);
    return this;
  }

  public FlatButton does(Runnable action) {
    addListener(SWT.Selection, _ -> action.run());
    return this;
  }

  /** Shows it as the chosen one. */
  public void on(boolean now) {
    if (on != now) {
      on = now;
      redraw();
    }
  }

  boolean on() {
    return on;
  }

  public String text() {
    return text;
  }

  @Override
  public void setEnabled(boolean enabled) {
    super.setEnabled(enabled);
    redraw();
  }

  @Override
  public Point computeSize(int wHint, int hHint, boolean changed) {
    GC gc = new GC(this);
    gc.setFont(font());
    Point extent = gc.textExtent(text);
    gc.dispose();
    int iconWidth = icon == null ? 0 : 18 + (text.isEmpty() ? 0 : 6);
    int padding = text.isEmpty() ? 16 : weight == Weight.LINK ? 8 : 28;
    int width = wHint == SWT.DEFAULT ? extent.x + iconWidth + padding : wHint;
    return new Point(width, hHint == SWT.DEFAULT ? Math.max(34, extent.y + 12) : hHint);
  }

  private Font font() {
    return weight == Weight.QUIET || weight == Weight.LINK
        ? theme.fonts().normal()
        : theme.fonts().bold();
  }

  private void paint(GC gc) {
    Rectangle area = getClientArea();
    Palette palette = theme.palette();
    gc.setBackground(getParent().getBackground());
    gc.fillRectangle(area);
    fill(gc, area, palette);
    Color color = isEnabled() ? foreground(palette) : palette.quiet();
    Icon picture = icon;
    if (picture != null) {
      gc.setForeground(color);
      int x = text.isEmpty() ? area.width / 2 : 21;
      picture.draw(gc, x, area.height / 2, 17);
    }
    int left = picture == null || text.isEmpty() ? 0 : 22;
    Rectangle rest = new Rectangle(left, 0, area.width - left, area.height);
    Paint.centred(gc, text, font(), color, rest);
    if (isFocusControl()) {
      Rectangle ring = new Rectangle(1, 1, area.width - 2, area.height - 2);
      Paint.outline(gc, weight == Weight.ACCENT ? palette.text() : palette.accent(), ring, 7);
    }
  }

  private void fill(GC gc, Rectangle area, Palette palette) {
    switch (weight) {
      case ACCENT -> Paint.fill(gc, isEnabled() ? palette.accent() : palette.hover(), area, 8);
      case TAB -> {
        if (on) {
          Paint.fill(gc, palette.field(), area, 8);
          Paint.outline(gc, palette.line(), area, 8);
        }
      }
      case QUIET -> {
        if (over || on) {
          Paint.fill(gc, on ? palette.selected() : palette.hover(), area, 8);
        }
      }
      case LINK -> {}
    }
  }

  private Color foreground(Palette palette) {
    return switch (weight) {
      case ACCENT -> palette.onAccent();
      case LINK -> palette.link();
      case TAB -> on ? palette.text() : palette.quiet();
      case QUIET -> over || on ? palette.text() : palette.quiet();
    };
  }

  private void over(boolean now) {
    over = now;
    redraw();
  }

  private void released(Event event) {
    boolean inside = getClientArea().contains(event.x, event.y);
    if (down && event.button == 1 && inside) {
      notifyListeners(SWT.Selection, new Event());
    }
    down = false;
  }

  private void key(Event event) {
    if (event.character == ' ' || event.character == SWT.CR) {
      notifyListeners(SWT.Selection, new Event());
    }
  }

  private void describe() {
    getAccessible()
        .addAccessibleListener(
            new AccessibleAdapter() {
              @Override
              public void getName(AccessibleEvent event) {
                event.result = text.isEmpty() ? getToolTipText() : text;
              }
            });
    getAccessible()
        .addAccessibleControlListener(
            new AccessibleControlAdapter() {
              @Override
              public void getRole(AccessibleControlEvent event) {
                event.detail = ACC.ROLE_PUSHBUTTON;
              }
            });
  }
}
