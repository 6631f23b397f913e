// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.transcript;

import chat.desktop.model.room.MessageState;
import chat.desktop.view.widget.Paint;
import chat.desktop.view.widget.Palette;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Rectangle;

/** The reactions under a message: one chip for each emoji, the own ones marked. */
final class ReactionRow {
  private static final int CHIP = 26;
  private static final int GAP = 5;
  private static final int TOP = 4;

  private final RowFrame frame;
  private final List<Chip> chips = new ArrayList<>();
  private int height;

  /** A chip and where it is, counted from the row's corner. */
  private record Chip(MessageState.Reaction reaction, String text, Rectangle area) {}

  ReactionRow(GC gc, RowFrame frame, MessageState state, Rectangle body) {
    this.frame = frame;
    gc.setFont(frame.theme().fonts().normal());
    List<Chip> line = new ArrayList<>();
    int x = 0;
    int y = body.y + body.height + TOP;
    for (MessageState.Reaction reaction : state.reactions()) {
      String text = reaction.emoji() + " " + reaction.people().size();
      int width = gc.textExtent(text).x + 20;
      if (x > 0 && x + width > frame.widest()) {
        place(line, x - GAP, body);
        line.clear();
        x = 0;
        y += CHIP + TOP;
      }
      line.add(new Chip(reaction, text, new Rectangle(x, y, width, CHIP)));
      x += width + GAP;
    }
    if (!line.isEmpty()) {
      place(line, x - GAP, body);
      height = y + CHIP - body.y - body.height + 2;
    }
  }

  private void place(List<Chip> line, int width, Rectangle body) {
    int left = frame.row().mine() ? body.x + body.width - width : body.x;
    for (Chip chip : line) {
      Rectangle a = chip.area();
      chips.add(
          new Chip(
              chip.reaction(), chip.text(), new Rectangle(left + a.x, a.y, a.width, a.height)));
    }
  }

  int height() {
    return height;
  }

  void paint(GC gc, int y) {
    Palette palette = frame.theme().palette();
    for (Chip chip : chips) {
      Rectangle area = moved(chip.area(), y);
      boolean own = chip.reaction().by(frame.model().account());
      Paint.fill(gc, own ? palette.selected() : palette.hover(), area, CHIP / 2);
      if (own) {
        Paint.outline(gc, palette.accent(), area, CHIP / 2);
      }
      Paint.centred(gc, chip.text(), frame.theme().fonts().normal(), palette.text(), area);
    }
  }

  private static Rectangle moved(Rectangle area, int y) {
    return new Rectangle(area.x, area.y + y, area.width, area.height);
  }

  RowPicture.Spot at(int x, int y) {
    for (Chip chip : chips) {
      if (chip.area().contains(x, y)) {
        String who =
            chip.reaction().people().stream()
                .map(person -> person.shown())
                .collect(Collectors.joining(", "));
        return new RowPicture.Spot.Reaction(chip.reaction().emoji(), who);
      }
    }
    return new RowPicture.Spot.Empty();
  }
}
