// SPDX-License-Identifier: Apache-2.0
package chat.example.csv;

import chat.desktop.api.Drawing;
import chat.desktop.api.MessageRenderer.Canvas;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.Point;

/** A table; its first line is the head. */
final class TableDrawing implements Drawing {
  private static final int LINE = 22;
  private static final int GAP = 14;
  private static final int WIDEST = 160;

  private final List<List<String>> rows;
  private final Canvas canvas;
  private final int[] widths;

  TableDrawing(List<List<String>> rows, Canvas canvas) {
    this.rows = rows;
    this.canvas = canvas;
    this.widths = new int[rows.stream().mapToInt(List::size).max().orElse(0)];
    // Without something to draw on, nothing can be measured.
    Image scratch = new Image(canvas.device(), (gc, width, height) -> {}, 1, 1);
    GC gc = new GC(scratch);
    gc.setFont(canvas.look().normal());
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        widths[i] = Math.max(widths[i], Math.min(WIDEST, gc.textExtent(row.get(i)).x));
      }
    }
    gc.dispose();
    scratch.dispose();
  }

  @Override
  public Point size() {
    int width = 0;
    for (int each : widths) {
      width += each + GAP;
    }
    return new Point(Math.min(width, canvas.width()), rows.size() * LINE);
  }

  @Override
  public void paint(GC gc, int x, int y) {
    int top = y;
    for (List<String> row : rows) {
      boolean head = top == y;
      gc.setForeground(head ? canvas.look().accent() : canvas.look().text());
      int left = x;
      for (int i = 0; i < row.size(); i++) {
        gc.drawText(cut(gc, row.get(i), widths[i]), left, top + 2, SWT.DRAW_TRANSPARENT);
        left += widths[i] + GAP;
      }
      gc.setForeground(canvas.look().line());
      gc.drawLine(x, top + LINE - 1, x + size().x, top + LINE - 1);
      top += LINE;
    }
  }

  private static String cut(GC gc, String text, int width) {
    String shown = text;
    while (shown.length() > 1 && gc.textExtent(shown).x > width) {
      shown = shown.substring(0, shown.length() - 1);
    }
    return shown;
  }

  @Override
  public String words() {
    return rows.stream().map(row -> String.join(", ", row)).collect(Collectors.joining("; "));
  }
}
