// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.transcript;

import chat.desktop.model.app.ChatModel;
import chat.desktop.model.room.Grouping;
import chat.desktop.model.room.Row;
import chat.desktop.view.widget.Paint;
import chat.desktop.view.widget.Theme;
import chat.protocol.Person;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Rectangle;

/**
 * What rows have in common around their body: the line with the date, the author's name and
 * picture, and how far from the edges a body stands.
 */
public record RowFrame(Theme theme, ChatModel model, Row row, Grouping grouping, int width) {
  public static final int EDGE = 16;
  static final int AVATAR = 34;
  static final int BODY_LEFT = EDGE + AVATAR + 10;
  private static final int WIDEST = 640;
  private static final int DAY = 40;
  private static final int FRESH = 34;
  private static final int NAME = 20;
  private static final int APART = 12;
  private static final int TOGETHER = 3;

  /** The most that a body may be wide. */
  int widest() {
    return Math.max(80, Math.min(WIDEST, width - BODY_LEFT - EDGE - Math.min(60, width / 12)));
  }

  /** Where the body begins below the row's upper edge. */
  int bodyTop() {
    return (grouping.newDay() ? DAY : 0)
        + (grouping.fresh() ? FRESH : 0)
        + (grouping.head() ? APART : TOGETHER)
        + (named() ? NAME : 0);
  }

  /** Where a body of some width begins. */
  int bodyLeft(int bodyWidth) {
    return row.mine() ? width - EDGE - bodyWidth : BODY_LEFT;
  }

  void paint(GC gc, int y) {
    if (grouping.newDay()) {
      day(gc, y);
    }
    if (grouping.fresh()) {
      int middle = y + (grouping.newDay() ? DAY : 0) + FRESH / 2 + 3;
      line(
          gc, theme.text("transcript.fresh"), middle, theme.palette().bad(), theme.palette().bad());
    }
    Person author = row.author();
    if (named() && author != null) {
      int top = y + bodyTop() - NAME;
      Paint.avatar(gc, theme, author, EDGE, top + 2, AVATAR);
      Paint.text(
          gc,
          theme.name(author),
          theme.fonts().bold(),
          theme.palette().name(author),
          BODY_LEFT + 2,
          top,
          widest());
    }
  }

  private boolean named() {
    return grouping.head() && !row.mine() && row.author() != null;
  }

  private void day(GC gc, int y) {
    String text = theme.formats().day(row.time(), model.clock().instant());
    line(gc, text, y + DAY / 2 + 4, theme.palette().line(), theme.palette().quiet());
  }

  private void line(GC gc, String text, int middle, Color line, Color words) {
    gc.setFont(theme.fonts().smallBold());
    int half = gc.textExtent(text).x / 2 + 14;
    gc.setForeground(line);
    gc.drawLine(EDGE, middle, width / 2 - half, middle);
    gc.drawLine(width / 2 + half, middle, width - EDGE, middle);
    Rectangle area = new Rectangle(0, middle - 12, width, 24);
    Paint.centred(gc, text, theme.fonts().smallBold(), words, area);
  }
}
