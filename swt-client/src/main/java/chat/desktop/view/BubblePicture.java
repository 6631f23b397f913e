package chat.desktop.view;

import chat.client.ClientEvent.Refusal;
import chat.desktop.model.Grouping;
import chat.desktop.model.Markup;
import chat.desktop.model.Refusals;
import chat.desktop.model.Row;
import chat.desktop.model.TextShapes;
import java.util.List;
import java.util.Set;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.graphics.TextLayout;
import org.eclipse.swt.graphics.TextStyle;
import org.jspecify.annotations.Nullable;

/**
 * A text in its bubble. The time stands behind the last line if there is room, else below it. Under
 * a refused text stand the reason and what can be done about it.
 */
final class BubblePicture implements RowPicture {
  private static final int PAD_X = 12;
  private static final int PAD_Y = 8;
  private static final int TIME_GAP = 10;
  private static final int STATE = 18;
  private static final int LINE = 20;

  private final RowFrame frame;
  private final String text;
  private final @Nullable Refusal refused;
  private final boolean waiting;
  private final boolean bare;
  private final List<TextShapes.Link> links;
  private final TextLayout layout;
  private final Rectangle bubble;
  private final int timeWidth;
  private final RefusedLine foot;

  BubblePicture(GC gc, RowFrame frame, String said, boolean waiting, @Nullable Refusal refused) {
    Markup markup = Markup.of(said);
    this.frame = frame;
    this.text = markup.text();
    this.waiting = waiting;
    this.refused = refused;
    this.bare = TextShapes.onlyEmoji(text);
    this.links = TextShapes.links(text);
    this.layout = layOut(gc, markup);
    gc.setFont(frame.look().fonts().small());
    this.timeWidth = gc.textExtent(time()).x + (waiting || refused != null ? STATE : 0);
    this.bubble = bubble();
    this.foot = new RefusedLine(frame.look(), gc, frame.width());
  }

  static BubblePicture of(GC gc, RowFrame frame, Row.Said said) {
    return new BubblePicture(gc, frame, said.text(), false, null);
  }

  static BubblePicture of(GC gc, RowFrame frame, Row.Unsent unsent) {
    return new BubblePicture(gc, frame, unsent.text(), unsent.refused() == null, unsent.refused());
  }

  private TextLayout layOut(GC gc, Markup markup) {
    Look look = frame.look();
    TextLayout made = new TextLayout(gc.getDevice());
    made.setFont(bare ? look.fonts().large() : look.fonts().normal());
    made.setText(text);
    made.setSpacing(bare ? 0 : 1);
    for (Markup.Run run : markup.runs()) {
      made.setStyle(style(run.styles()), run.start(), run.end() - 1);
    }
    Color linkColor = frame.row().mine() ? look.palette().onOwn() : look.palette().link();
    for (TextShapes.Link link : links) {
      TextStyle around = made.getStyle(link.start());
      TextStyle style = around == null ? new TextStyle() : new TextStyle(around);
      style.foreground = linkColor;
      style.underline = true;
      made.setStyle(style, link.start(), link.end() - 1);
    }
    int widest = frame.widest() - 2 * PAD_X;
    if (made.getBounds().width > widest) {
      made.setWidth(widest);
    }
    return made;
  }

  private TextStyle style(Set<Markup.Style> styles) {
    Look look = frame.look();
    boolean mine = frame.row().mine();
    TextStyle style = new TextStyle(look.fonts().of(styles), null, null);
    style.strikeout = styles.contains(Markup.Style.STRIKE);
    if (styles.contains(Markup.Style.QUOTE)) {
      style.foreground = mine ? look.palette().quietOnOwn() : look.palette().quiet();
    }
    return style;
  }

  private Rectangle bubble() {
    Rectangle bounds = layout.getBounds();
    int textWidth = textWidth();
    int last = layout.getLineBounds(layout.getLineCount() - 1).width;
    boolean rightToLeft = layout.getLineBounds(layout.getLineCount() - 1).x > 0;
    int beside = last + TIME_GAP + timeWidth;
    int widest = frame.widest() - 2 * PAD_X;
    boolean fits = beside <= widest && !rightToLeft && !bare;
    int width = Math.max(textWidth, fits ? beside : timeWidth) + 2 * PAD_X;
    int height = bounds.height + 2 * PAD_Y + (fits ? 0 : LINE - 4);
    return new Rectangle(frame.bodyLeft(width), frame.bodyTop(), width, height);
  }

  private int textWidth() {
    int width = 0;
    for (int i = 0; i < layout.getLineCount(); i++) {
      Rectangle line = layout.getLineBounds(i);
      width = Math.max(width, line.x + line.width);
    }
    return width;
  }

  private String time() {
    return frame.look().formats().time(frame.row().time());
  }

  @Override
  public int height() {
    return bubble.y + bubble.height + (refused == null ? 0 : RefusedLine.HEIGHT);
  }

  @Override
  public void paint(GC gc, int y, @Nullable Marked marked) {
    frame.paint(gc, y);
    Palette palette = frame.look().palette();
    boolean mine = frame.row().mine();
    Rectangle area = new Rectangle(bubble.x, y + bubble.y, bubble.width, bubble.height);
    if (!bare) {
      Color fill = refused != null ? palette.onBad() : mine ? palette.own() : palette.other();
      Paint.fill(gc, fill, area, 12);
    }
    gc.setForeground(mine && refused == null && !bare ? palette.onOwn() : palette.text());
    int x = area.x + PAD_X;
    if (marked == null) {
      layout.draw(gc, x, area.y + PAD_Y);
    } else {

      layout.draw(
          gc, x, area.y + PAD_Y, marked.start(), marked.end() - 1, palette.text(), palette.mark());
    }
    time(gc, area, palette, mine);
    Refusal reason = refused;
    if (reason != null) {
      foot.paint(gc, Refusals.text(frame.look().texts(), reason), area.y + area.height);
    }
  }

  private void time(GC gc, Rectangle area, Palette palette, boolean mine) {
    Color color =
        refused != null ? palette.bad() : mine && !bare ? palette.quietOnOwn() : palette.quiet();
    gc.setFont(frame.look().fonts().small());
    gc.setForeground(color);
    int x = area.x + area.width - PAD_X - timeWidth;
    int height = gc.textExtent(time()).y;
    int y = area.y + area.height - PAD_Y - height + 1;
    gc.drawText(time(), x, y, SWT.DRAW_TRANSPARENT);
    if (waiting || refused != null) {
      Icon icon = waiting ? Icon.CLOCK : Icon.ALERT;
      icon.draw(gc, area.x + area.width - PAD_X - 5, y + height / 2, waiting ? 12 : 15);
    }
  }

  @Override
  public Spot at(int x, int y) {
    if (refused != null && y >= bubble.y + bubble.height) {
      return foot.at(x);
    }
    if (!bubble.contains(x, y)) {
      return new Spot.Empty();
    }
    int offset = offset(new Point(x, y));
    int[] trailing = new int[1];
    int exact = layout.getOffset(x - bubble.x - PAD_X, y - bubble.y - PAD_Y, trailing);
    for (TextShapes.Link link : links) {
      if (exact >= link.start() && exact < link.end()) {
        return new Spot.Link(link.address(), offset);
      }
    }
    return new Spot.Letter(offset);
  }

  @Override
  public String text() {
    return text;
  }

  @Override
  public Rectangle body() {
    return bubble;
  }

  @Override
  public int offset(Point point) {
    if (point.y < bubble.y) {
      return 0;
    }
    if (point.y >= bubble.y + bubble.height) {
      return text.length();
    }
    int[] trailing = new int[1];
    int at = layout.getOffset(point.x - bubble.x - PAD_X, point.y - bubble.y - PAD_Y, trailing);
    return Math.clamp(at + trailing[0], 0, text.length());
  }

  @Override
  public boolean fits(Row row, Grouping grouping, int width) {
    return frame.row() == row && frame.grouping().equals(grouping) && frame.width() == width;
  }

  @Override
  public void dispose() {
    layout.dispose();
  }
}
