// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.transcript;

import chat.desktop.model.room.Grouping;
import chat.desktop.model.room.Row;
import chat.desktop.view.widget.Paint;
import chat.desktop.view.widget.Theme;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.jspecify.annotations.Nullable;

/** The quiet place where a message was. */
record DeletedPicture(RowFrame frame, String text, Rectangle body) implements RowPicture {
  private static final int HEIGHT = 32;
  private static final int PAD = 12;

  static DeletedPicture of(GC gc, RowFrame frame) {
    Theme theme = frame.theme();
    String text = theme.text("message.deleted");
    gc.setFont(theme.fonts().italic());
    int width = gc.textExtent(text).x + 2 * PAD;
    return new DeletedPicture(
        frame, text, new Rectangle(frame.bodyLeft(width), frame.bodyTop(), width, HEIGHT));
  }

  @Override
  public int height() {
    return body.y + body.height;
  }

  @Override
  public void paint(GC gc, int y, @Nullable Marked marked) {
    frame.paint(gc, y);
    Theme theme = frame.theme();
    Rectangle area = new Rectangle(body.x, y + body.y, body.width, body.height);
    Paint.outline(gc, theme.palette().line(), area, 12);
    Paint.centred(gc, text, theme.fonts().italic(), theme.palette().quiet(), area);
  }

  @Override
  public Spot at(int x, int y) {
    return new Spot.Empty();
  }

  @Override
  public int offset(Point point) {
    return point.y < body.y + HEIGHT / 2 ? 0 : text.length();
  }

  @Override
  public boolean fits(Row row, Grouping grouping, int width) {
    return frame.row() == row && frame.grouping().equals(grouping) && frame.width() == width;
  }

  @Override
  public void dispose() {}
}
