// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.widget;

import java.util.List;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.ScrollBar;

/**
 * A list drawn by ourselves, with hover, keys, a scroll bar and words for screen readers. It draws
 * only what is in sight, so it bears thousands of people.
 */
public final class ItemList<T> extends Canvas {

  /** What the list shows and does. */
  public interface Content<T> {

    int height(T item);

    void paint(GC gc, T item, Rectangle area, boolean over);

    /** What a screen reader says. */
    String words(T item);

    /** Whether keys stop at it. */
    boolean canActivate(T item);

    /** It was clicked at that place in it, or chosen by the keyboard at x -1. */
    void activate(T item, int x, int width);

    /** What its menu offers. */
    default List<Choice> choices(T item) {
      return List.of();
    }
  }

  /**
   * A line of a menu.
   *
   * @param key of its text; what a plug-in brings has its text here
   * @param chosen whether it is so already
   */
  public record Choice(String key, Runnable action, boolean chosen, boolean foreign) {

    /** Something that is done, not chosen. */
    public Choice(String key, Runnable action) {
      this(key, action, false);
    }

    public Choice(String key, Runnable action, boolean chosen) {
      this(key, action, chosen, false);
    }

    /** Something of a plug-in. */
    public static Choice foreign(String text, Runnable action) {
      return new Choice(text, action, false, true);
    }

    /** What a menu shows. */
    public String text(Theme theme) {
      return foreign ? key.replace("&", "&&") : theme.text(key);
    }
  }

  private final Theme theme;
  private final Content<T> content;
  private List<T> items = List.of();
  private int top;
  private int over = -1;
  private int cursor = -1;
  private boolean led;

  public ItemList(Composite parent, Theme theme, Content<T> content, String id, String name) {
    super(parent, SWT.V_SCROLL | SWT.DOUBLE_BUFFERED | SWT.NO_BACKGROUND);
    this.theme = theme;
    this.content = content;
    setData("id", id);
    setBackground(theme.palette().pane());
    addListener(SWT.Paint, event -> paint(event.gc));
    addListener(SWT.Resize, _ -> adjust());
    addListener(SWT.MouseMove, event -> over(indexAt(event.y)));
    addListener(SWT.MouseExit, _ -> over(-1));
    addListener(SWT.MouseDown, _ -> setFocus());
    addListener(SWT.MouseUp, this::click);
    addListener(SWT.KeyDown, this::key);
    addListener(SWT.MenuDetect, this::menu);
    addListener(SWT.FocusIn, _ -> redraw());
    addListener(SWT.FocusOut, _ -> redraw());
    addListener(SWT.Traverse, event -> event.doit = event.detail != SWT.TRAVERSE_RETURN);
    ScrollBar bar = getVerticalBar();
    bar.addListener(
        SWT.Selection,
        _ -> {
          top = bar.getSelection();
          redraw();
        });
    AccessibleItems.describe(
        this, name, () -> items.size(), index -> content.words(items.get(index)), this::area);
  }

  public Content<T> content() {
    return content;
  }

  public List<T> items() {
    return items;
  }

  public void items(List<T> newItems) {
    items = List.copyOf(newItems);
    cursor = Math.min(cursor, items.size() - 1);
    adjust();
    redraw();
  }

  /** The keys come from elsewhere, so the cursor is always shown. */
  public void led() {
    led = true;
  }

  /** Puts the cursor on the first item that can be chosen. */
  public void first() {
    cursor = -1;
    top = 0;
    step(1);
  }

  /** Chooses the item with the cursor. */
  public void choose() {
    if (cursor >= 0 && cursor < items.size()) {
      content.activate(items.get(cursor), -1, getClientArea().width);
    }
  }

  /** The item that the keys work on; -1 if there is none. */
  public int cursor() {
    return cursor;
  }

  /** What a screen reader says of everything. */
  public List<String> words() {
    return items.stream().map(content::words).toList();
  }

  /** Where an item is in the canvas. */
  public Rectangle area(int index) {
    int y = -top;
    for (int i = 0; i < index; i++) {
      y += content.height(items.get(i));
    }
    return new Rectangle(0, y, getClientArea().width, content.height(items.get(index)));
  }

  private int total() {
    return items.stream().mapToInt(content::height).sum();
  }

  private void adjust() {
    int height = Math.max(1, getClientArea().height);
    int total = Math.max(total(), height);
    top = Math.clamp(top, 0, total - height);
    getVerticalBar().setValues(top, 0, total, height, 32, Math.max(32, height - 32));
    getVerticalBar().setVisible(total > height);
  }

  private void paint(GC gc) {
    Rectangle client = getClientArea();
    gc.setBackground(theme.palette().pane());
    gc.fillRectangle(client);
    int y = -top;
    for (int i = 0; i < items.size() && y < client.height; i++) {
      T item = items.get(i);
      int height = content.height(item);
      if (y + height > 0) {
        Rectangle area = new Rectangle(0, y, client.width, height);
        content.paint(gc, item, area, i == over);
        if (i == cursor && (led || isFocusControl())) {
          Rectangle ring = new Rectangle(4, y + 1, client.width - 8, height - 2);
          Paint.outline(gc, theme.palette().accent(), ring, 7);
        }
      }
      y += height;
    }
  }

  private int indexAt(int y) {
    int edge = -top;
    for (int i = 0; i < items.size(); i++) {
      edge += content.height(items.get(i));
      if (y < edge) {
        return i;
      }
    }
    return -1;
  }

  private void over(int index) {
    int now = index >= 0 && content.canActivate(items.get(index)) ? index : -1;
    if (over != now) {
      over = now;
      setCursor(getDisplay().getSystemCursor(now < 0 ? SWT.CURSOR_ARROW : SWT.CURSOR_HAND));
      redraw();
    }
  }

  private void click(Event event) {
    int index = indexAt(event.y);
    if (event.button == 1 && index >= 0 && content.canActivate(items.get(index))) {
      cursor = index;
      content.activate(items.get(index), event.x, getClientArea().width);
      redraw();
    }
  }

  private void key(Event event) {
    switch (event.keyCode) {
      case SWT.ARROW_UP -> step(-1);
      case SWT.ARROW_DOWN -> step(1);
      case SWT.CR, SWT.KEYPAD_CR, ' ' -> choose();
      default -> {}
    }
  }

  /** By the mouse it is the menu of what is below it, by a key that of the cursor. */
  private void menu(Event event) {
    boolean byKey = event.detail == SWT.MENU_KEYBOARD;
    int index = byKey ? cursor : indexAt(toControl(event.x, event.y).y);
    List<Choice> choices =
        index < 0 || index >= items.size() ? List.of() : content.choices(items.get(index));
    if (!choices.isEmpty()) {
      Point corner = new Point(event.x, event.y);
      if (byKey) {
        Rectangle area = area(index);
        corner = toDisplay(area.x + 20, area.y + area.height);
      }
      PopupMenu.open(this, theme, choices, corner);
    }
  }

  /** Moves the cursor to the next item that can be chosen. */
  public void step(int direction) {
    int next = cursor + direction;
    while (next >= 0 && next < items.size() && !content.canActivate(items.get(next))) {
      next += direction;
    }
    if (next >= 0 && next < items.size()) {
      cursor = next;
      Rectangle area = area(next);
      int below = area.y + area.height - getClientArea().height;
      top += area.y < 0 ? area.y : Math.max(0, below);
      adjust();
      redraw();
    }
  }
}
