package chat.desktop.view;

import chat.desktop.model.Grouping;
import chat.desktop.model.Row;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.jspecify.annotations.Nullable;

/** A line in the middle that nobody said. */
record NoticePicture(RowFrame frame, String text) implements RowPicture {
  private static final int LINE = 22;

  static NoticePicture of(RowFrame frame, Row.Notice notice) {
    return new NoticePicture(frame, words(frame.look(), notice));
  }

  static String words(Look look, Row.Notice notice) {
    String name = notice.about().name();
    return switch (notice.kind()) {
      case CAME -> look.text("notice.came", name);
      case WENT -> look.text("notice.went", name);
      case JOINED -> look.text("notice.joined", name);
      case LEFT -> look.text("notice.left", name);
      case ERASED -> look.text("notice.erased", name);
      case DAMAGED -> look.text("notice.damaged");
    };
  }

  @Override
  public int height() {
    return frame.bodyTop() + LINE;
  }

  @Override
  public void paint(GC gc, int y, @Nullable Marked marked) {
    frame.paint(gc, y);
    Look look = frame.look();
    String line = text + " · " + look.formats().time(frame.row().time());
    Rectangle area = new Rectangle(0, y + frame.bodyTop(), frame.width(), LINE);
    Paint.centred(gc, line, look.fonts().small(), look.palette().notice(), area);
  }

  @Override
  public Spot at(int x, int y) {
    return new Spot.Empty();
  }

  @Override
  public Rectangle body() {
    return new Rectangle(0, frame.bodyTop(), frame.width(), LINE);
  }

  @Override
  public int offset(Point point) {
    return point.y < frame.bodyTop() + LINE / 2 ? 0 : text.length();
  }

  @Override
  public boolean fits(Row row, Grouping grouping, int width) {
    return frame.row() == row && frame.grouping().equals(grouping) && frame.width() == width;
  }

  @Override
  public void dispose() {}
}
