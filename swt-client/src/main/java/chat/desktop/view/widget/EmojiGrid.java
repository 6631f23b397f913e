// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.widget;

import chat.desktop.model.text.Emoji;
import chat.desktop.model.text.EmojiLines.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.ScrollBar;

/** All emoji on one canvas; only those in sight are drawn. One of them is the chosen one. */
public final class EmojiGrid extends Canvas {
  static final int COLUMNS = 9;
  static final int CELL = 40;
  private static final int HEADING = 30;
  private static final int LEFT = 8;

  private final Theme theme;
  private final Consumer<Emoji> onPick;
  private final Consumer<Emoji> onChoice;
  private List<Line> lines = List.of();
  private List<Emoji> flat = List.of();
  private int choice;
  private int top;

  EmojiGrid(Composite parent, Theme theme, Consumer<Emoji> onPick, Consumer<Emoji> onChoice) {
    super(parent, SWT.V_SCROLL | SWT.DOUBLE_BUFFERED | SWT.NO_BACKGROUND | SWT.NO_FOCUS);
    this.theme = theme;
    this.onPick = onPick;
    this.onChoice = onChoice;
    setData("id", "emoji.grid");
    addListener(SWT.Paint, event -> paint(event.gc));
    addListener(SWT.Resize, _ -> adjust());
    addListener(SWT.MouseMove, event -> choose(indexAt(event.x, event.y)));
    addListener(SWT.MouseUp, event -> at(indexAt(event.x, event.y)).ifPresent(onPick));
    ScrollBar bar = getVerticalBar();
    bar.addListener(
        SWT.Selection,
        _ -> {
          top = bar.getSelection();
          redraw();
        });
    AccessibleItems.describe(
        this,
        theme.text("compose.emoji"),
        () -> flat.size(),
        index -> flat.get(index).name(theme.texts().language()),
        this::area);
  }

  void show(List<Line> newLines) {
    lines = newLines;
    flat = new ArrayList<>();
    for (Line line : lines) {
      if (line instanceof Line.Row(List<Emoji> emoji)) {
        flat.addAll(emoji);
      }
    }
    top = 0;
    adjust();
    choose(0);
    redraw();
  }

  public List<Emoji> shown() {
    return flat;
  }

  public Optional<Emoji> choice() {
    return at(choice);
  }

  void pick() {
    choice().ifPresent(onPick);
  }

  /** Moves the choice by a key; returns whether it was one of these keys. */
  boolean key(int keyCode) {
    switch (keyCode) {
      case SWT.ARROW_LEFT -> move(choice - 1);
      case SWT.ARROW_RIGHT -> move(choice + 1);
      case SWT.ARROW_UP -> vertical(-1);
      case SWT.ARROW_DOWN -> vertical(1);
      case SWT.PAGE_UP -> move(Math.max(0, choice - COLUMNS * 6));
      case SWT.PAGE_DOWN -> move(Math.min(flat.size() - 1, choice + COLUMNS * 6));
      default -> {
        return false;
      }
    }
    return true;
  }

  /** Scrolls to a heading. */
  void reveal(String heading) {
    int y = 0;
    for (Line line : lines) {
      if (line instanceof Line.Heading(String key) && key.equals(heading)) {
        top = y;
        adjust();
        redraw();
        return;
      }
      y += height(line);
    }
  }

  private void vertical(int direction) {
    Rectangle now = area(choice);
    int best = -1;
    for (int i = 0; i < flat.size(); i++) {
      int other = direction > 0 ? i : flat.size() - 1 - i;
      Rectangle area = area(other);
      boolean beyond = direction > 0 ? area.y > now.y : area.y < now.y;
      if (beyond && (best < 0 || area.y == area(best).y)) {
        boolean nearer = best < 0 || Math.abs(area.x - now.x) < Math.abs(area(best).x - now.x);
        best = nearer ? other : best;
      } else if (beyond) {
        break;
      }
    }
    move(best);
  }

  private void move(int to) {
    if (to < 0 || to >= flat.size()) {
      return;
    }
    choose(to);
    Rectangle area = area(to);
    int below = area.y + area.height - getClientArea().height;
    top += area.y < 0 ? area.y - HEADING : Math.max(0, below);
    adjust();
    redraw();
  }

  private void choose(int index) {
    if (index < 0 || index >= flat.size()) {
      return;
    }
    choice = index;
    onChoice.accept(flat.get(index));
    redraw();
  }

  private Optional<Emoji> at(int index) {
    return index < 0 || index >= flat.size() ? Optional.empty() : Optional.of(flat.get(index));
  }

  private static int height(Line line) {
    return switch (line) {
      case Line.Heading _ -> HEADING;
      case Line.Row _ -> CELL;
    };
  }

  private Rectangle area(int index) {
    int y = -top;
    int before = 0;
    for (Line line : lines) {
      if (line instanceof Line.Row(List<Emoji> emoji)) {
        if (index < before + emoji.size()) {
          return new Rectangle(LEFT + (index - before) * CELL, y, CELL, CELL);
        }
        before += emoji.size();
      }
      y += height(line);
    }
    return new Rectangle(0, y, 0, 0);
  }

  private int indexAt(int x, int y) {
    int edge = -top;
    int before = 0;
    for (Line line : lines) {
      int height = height(line);
      if (line instanceof Line.Row(List<Emoji> emoji)) {
        int column = (x - LEFT) / CELL;
        if (y >= edge && y < edge + height && x >= LEFT && column < emoji.size()) {
          return before + column;
        }
        before += emoji.size();
      }
      edge += height;
    }
    return -1;
  }

  private void adjust() {
    int height = Math.max(1, getClientArea().height);
    int total = Math.max(height, lines.stream().mapToInt(EmojiGrid::height).sum());
    top = Math.clamp(top, 0, total - height);
    getVerticalBar().setValues(top, 0, total, height, CELL, height - CELL > 0 ? height - CELL : 1);
  }

  private void paint(GC gc) {
    Rectangle client = getClientArea();
    Palette palette = theme.palette();
    gc.setBackground(palette.pane());
    gc.fillRectangle(client);
    int y = -top;
    int before = 0;
    for (Line line : lines) {
      int height = height(line);
      boolean seen = y + height > 0 && y < client.height;
      switch (line) {
        case Line.Heading(String key) -> {
          if (seen) {
            int width = client.width - LEFT;
            Paint.text(
                gc,
                theme.text(key),
                theme.fonts().smallBold(),
                palette.quiet(),
                LEFT + 6,
                y + 9,
                width);
          }
        }
        case Line.Row(List<Emoji> emoji) -> {
          if (seen) {
            row(gc, emoji, before, y);
          }
          before += emoji.size();
        }
      }
      y += height;
    }
  }

  private void row(GC gc, List<Emoji> emoji, int before, int y) {
    for (int i = 0; i < emoji.size(); i++) {
      Rectangle cell = new Rectangle(LEFT + i * CELL, y, CELL, CELL);
      if (before + i == choice) {
        Paint.fill(gc, theme.palette().selected(), cell, 8);
      }
      String text = emoji.get(i).text();
      Paint.centred(gc, text, theme.fonts().emoji(), theme.palette().text(), cell);
    }
  }
}
