// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.transcript;

import chat.desktop.api.PaneLook;
import chat.desktop.model.room.Grouping;
import chat.desktop.model.room.Row;
import chat.desktop.plugin.Extensions;
import chat.desktop.view.plugin.Looks;
import chat.desktop.view.widget.Paint;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.jspecify.annotations.Nullable;

/** A row with what plug-ins draw below it, each in a box of its own. */
final class DrawnPicture implements RowPicture {
  private static final int PAD = 10;
  private static final int GAP = 4;

  private final RowPicture row;
  private final RowFrame frame;
  private final Extensions extensions;
  private final List<Box> boxes = new ArrayList<>();
  private final int height;

  /** A drawing at its place, counted from the row's corner. */
  private record Box(Renderings.Drawn drawn, Rectangle area) {}

  DrawnPicture(
      RowPicture row, RowFrame frame, Extensions extensions, List<Renderings.Drawn> drawings) {
    this.row = row;
    this.frame = frame;
    this.extensions = extensions;
    int y = row.height() + GAP;
    for (Renderings.Drawn drawn : drawings) {
      int width = Math.min(frame.widest(), drawn.size().x + 2 * PAD);
      Rectangle area = new Rectangle(frame.bodyLeft(width), y, width, drawn.size().y + 2 * PAD);
      boxes.add(new Box(drawn, area));
      y += area.height + GAP;
    }
    height = y;
  }

  /** The most that a drawing may be wide. */
  static int widest(RowFrame frame) {
    return frame.widest() - 2 * PAD;
  }

  @Override
  public int height() {
    return height;
  }

  @Override
  public void paint(GC gc, int y, @Nullable Marked marked) {
    row.paint(gc, y, marked);
    PaneLook look = Looks.message(frame.theme(), frame.row().mine());
    for (Box box : boxes) {
      Rectangle area = box.area();
      Rectangle place = new Rectangle(area.x, y + area.y, area.width, area.height);
      Paint.fill(gc, look.background(), place, 10);
      Rectangle clip = gc.getClipping();
      gc.setClipping(clip.intersection(place));
      gc.setFont(frame.theme().fonts().normal());
      gc.setForeground(look.text());
      gc.setBackground(look.background());
      extensions.tell(
          box.drawn().owner(), _ -> box.drawn().drawing().paint(gc, place.x + PAD, place.y + PAD));
      gc.setClipping(clip);
    }
  }

  @Override
  public Spot at(int x, int y) {
    for (Box box : boxes) {
      if (box.area().contains(x, y)) {
        return new Spot.Drawn(() ->
            extensions.tell(
                box.drawn().owner(),
                _ ->
                    box.drawn().drawing().clicked(x - box.area().x - PAD, y - box.area().y - PAD)));
      }
    }
    return row.at(x, y);
  }

  /** What is drawn, in words. */
  String words() {
    return boxes.stream()
        .map(box -> extensions.ask(box.drawn().owner(), _ -> box.drawn().drawing().words(), ""))
        .filter(words -> !words.isBlank())
        .collect(Collectors.joining(", "));
  }

  /** The row without what is drawn below it. */
  RowPicture row() {
    return row;
  }

  @Override
  public String text() {
    return row.text();
  }

  @Override
  public Rectangle body() {
    return row.body();
  }

  @Override
  public int offset(Point point) {
    return row.offset(point);
  }

  @Override
  public boolean fits(Row other, Grouping grouping, int width) {
    return row.fits(other, grouping, width);
  }

  @Override
  public void dispose() {
    row.dispose();
    boxes.forEach(
        box -> extensions.tell(box.drawn().owner(), _ -> box.drawn().drawing().dispose()));
  }
}
