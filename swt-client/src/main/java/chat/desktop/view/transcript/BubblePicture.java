// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.transcript;

import chat.client.ClientEvent.Refusal;
import chat.client.text.WebLink;
import chat.desktop.api.MessageRenderer;
import chat.desktop.model.room.Grouping;
import chat.desktop.model.room.MessageState;
import chat.desktop.model.room.Row;
import chat.desktop.model.text.Markup;
import chat.desktop.model.text.Refusals;
import chat.desktop.model.text.TextShapes;
import chat.desktop.view.widget.Icon;
import chat.desktop.view.widget.Paint;
import chat.desktop.view.widget.Palette;
import chat.desktop.view.widget.Theme;
import chat.protocol.Person;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
 * A text in its bubble, with what it answers above it and the reactions below. The time stands
 * behind the last line if there is room, else below it. Under a refused text stand the reason and
 * what can be done about it.
 */
final class BubblePicture implements RowPicture {
  private static final int PAD_X = 12;
  private static final int PAD_Y = 8;
  private static final int TIME_GAP = 10;
  private static final int STATE = 18;
  private static final int LINE = 20;
  private static final int EDGE_LINE = 3;

  private final RowFrame frame;
  private final String text;
  private final String note;
  private final @Nullable Refusal refused;
  private final boolean waiting;
  private final boolean bare;
  private final boolean toMe;
  private final List<WebLink> links;
  private final TextLayout layout;
  private final QuoteHead head;
  private final Rectangle bubble;
  private final int timeWidth;
  private final RefusedLine foot;
  private final ReactionRow reactions;

  /** What of a row the bubble shows. */
  private record Shown(
      String text,
      Row.@Nullable Quote quote,
      String forwarded,
      MessageState state,
      boolean important,
      boolean toMe,
      boolean waiting,
      @Nullable Refusal refused) {}

  private BubblePicture(GC gc, RowFrame frame, Shown shown) {
    Markup markup = Markup.of(shown.text());
    Theme theme = frame.theme();
    this.frame = frame;
    this.text = markup.text();
    this.note = note(frame, shown);
    this.waiting = shown.waiting();
    this.refused = shown.refused();
    this.toMe = shown.toMe();
    this.head = new QuoteHead(gc, theme, shown.forwarded(), shown.quote());
    this.bare = TextShapes.onlyEmoji(text) && head.height() == 0;
    this.links = WebLink.in(text);
    this.layout = layOut(gc, markup);
    gc.setFont(theme.fonts().small());
    this.timeWidth =
        gc.textExtent(note).x
            + (waiting || refused != null ? STATE : Ticks.of(frame) == null ? 0 : Ticks.WIDTH);
    this.bubble = bubble();
    this.foot = new RefusedLine(theme, gc, frame.width());
    this.reactions = new ReactionRow(gc, frame, shown.state(), bubble);
  }

  static BubblePicture of(GC gc, RowFrame frame, Row.Said said) {
    Shown shown =
        new Shown(
            said.text(),
            said.quote(),
            said.forwarded(),
            said.state(),
            said.said().important(),
            said.names(frame.model().account()),
            false,
            null);
    return new BubblePicture(gc, frame, shown);
  }

  static BubblePicture of(GC gc, RowFrame frame, Row.Unsent unsent) {
    Shown shown =
        new Shown(
            unsent.text(),
            unsent.quote(),
            "",
            MessageState.NOTHING,
            unsent.pending().important(),
            false,
            unsent.refused() == null,
            unsent.refused());
    return new BubblePicture(gc, frame, shown);
  }

  private static String note(RowFrame frame, Shown shown) {
    Theme theme = frame.theme();
    List<String> parts = new ArrayList<>();
    if (shown.important()) {
      parts.add(theme.text("message.important"));
    }
    if (shown.state().pinned()) {
      parts.add(theme.text("message.pinned"));
    }
    if (shown.state().edit() != null) {
      parts.add(theme.text("message.edited"));
    }
    parts.add(theme.formats().time(frame.row().time()));
    return String.join(" · ", parts);
  }

  private TextLayout layOut(GC gc, Markup markup) {
    Theme theme = frame.theme();
    TextLayout made = new TextLayout(gc.getDevice());
    made.setFont(bare ? theme.fonts().large() : theme.fonts().normal());
    made.setText(text);
    made.setSpacing(bare ? 0 : 1);
    for (Markup.Run run : markup.runs()) {
      made.setStyle(style(run.styles()), run.start(), run.end() - 1);
    }
    highlightMe(made);
    Color linkColor = frame.row().mine() ? theme.palette().onOwn() : theme.palette().link();
    for (WebLink link : links) {
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

  /** Colours parts of the text. A colour does not change how much room a text takes. */
  BubblePicture coloured(List<MessageRenderer.Style> styles) {
    for (MessageRenderer.Style each : styles) {
      MessageRenderer.Span span = each.span();
      TextStyle around = layout.getStyle(span.start());
      TextStyle style = around == null ? new TextStyle() : new TextStyle(around);
      style.foreground = each.color();
      layout.setStyle(style, span.start(), span.end() - 1);
    }
    return this;
  }

  private void highlightMe(TextLayout made) {
    Person self = frame.model().self();
    if (!toMe || self == null) {
      return;
    }
    String name = "@" + self.name().toLowerCase(Locale.ROOT);
    String lower = text.toLowerCase(Locale.ROOT);
    for (int at = lower.indexOf(name); at >= 0; at = lower.indexOf(name, at + 1)) {
      Theme theme = frame.theme();
      int end = Math.min(text.length(), at + name.length()) - 1;
      made.setStyle(
          new TextStyle(theme.fonts().bold(), theme.palette().text(), theme.palette().mark()),
          at,
          end);
    }
  }

  private TextStyle style(Set<Markup.Style> styles) {
    Theme theme = frame.theme();
    boolean mine = frame.row().mine();
    TextStyle style = new TextStyle(theme.fonts().of(styles), null, null);
    style.strikeout = styles.contains(Markup.Style.STRIKE);
    if (styles.contains(Markup.Style.QUOTE)) {
      style.foreground = mine ? theme.palette().quietOnOwn() : theme.palette().quiet();
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
    int told = Math.min(head.width(), widest);
    int width = Math.max(told, Math.max(textWidth, fits ? beside : timeWidth)) + 2 * PAD_X;
    int height = head.height() + bounds.height + 2 * PAD_Y + (fits ? 0 : LINE - 4);
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

  @Override
  public int height() {
    int below = refused == null ? reactions.height() : RefusedLine.HEIGHT;
    return bubble.y + bubble.height + below;
  }

  @Override
  public void paint(GC gc, int y, @Nullable Marked marked) {
    frame.paint(gc, y);
    Palette palette = frame.theme().palette();
    boolean mine = frame.row().mine();
    Rectangle area = new Rectangle(bubble.x, y + bubble.y, bubble.width, bubble.height);
    if (!bare) {
      Color fill = refused != null ? palette.onBad() : mine ? palette.own() : palette.other();
      Paint.fill(gc, fill, area, 12);
    }
    if (toMe && !mine) {
      Rectangle edge = new Rectangle(area.x - EDGE_LINE - 3, area.y, EDGE_LINE, area.height);
      Paint.fill(gc, palette.bad(), edge, 1);
    }
    boolean onOwn = mine && refused == null && !bare;
    Color ink = onOwn ? palette.onOwn() : palette.text();
    int x = area.x + PAD_X;
    int top = area.y + PAD_Y;
    head.paint(
        gc,
        new Rectangle(x, top, area.width - 2 * PAD_X, head.height()),
        ink,
        onOwn ? palette.quietOnOwn() : palette.quiet());
    top += head.height();
    gc.setForeground(ink);
    if (marked == null) {
      layout.draw(gc, x, top);
    } else {
      layout.draw(gc, x, top, marked.start(), marked.end() - 1, palette.text(), palette.mark());
    }
    reactions.paint(gc, y);
    time(gc, area, palette, mine);
    Refusal reason = refused;
    if (reason != null) {
      foot.paint(gc, Refusals.text(frame.theme().texts(), reason), area.y + area.height);
    }
  }

  private void time(GC gc, Rectangle area, Palette palette, boolean mine) {
    Color color =
        refused != null ? palette.bad() : mine && !bare ? palette.quietOnOwn() : palette.quiet();
    gc.setFont(frame.theme().fonts().small());
    gc.setForeground(color);
    int x = area.x + area.width - PAD_X - timeWidth;
    int height = gc.textExtent(note).y;
    int y = area.y + area.height - PAD_Y - height + 1;
    gc.drawText(note, x, y, SWT.DRAW_TRANSPARENT);
    Ticks ticks = Ticks.of(frame);
    if (ticks != null) {
      Color behind = bare ? palette.paper() : palette.own();
      ticks.draw(gc, color, behind, area.x + area.width - PAD_X - 7, y + height / 2);
    }
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
      return reactions.at(x, y);
    }
    Row.Quote quote = head.quoteAt(y - bubble.y - PAD_Y);
    if (quote != null) {
      return new Spot.Quoted(quote.number());
    }
    Ticks ticks = Ticks.of(frame);
    if (ticks != null && onTicks(x, y)) {
      return new Spot.Ticks(ticks.words());
    }
    int offset = offset(new Point(x, y));
    int[] trailing = new int[1];
    int exact = layout.getOffset(x - bubble.x - PAD_X, y - textTop(), trailing);
    for (WebLink link : links) {
      if (exact >= link.start() && exact < link.end()) {
        return new Spot.Link(link.address(), offset);
      }
    }
    return new Spot.Letter(offset);
  }

  private boolean onTicks(int x, int y) {
    return x > bubble.x + bubble.width - PAD_X - Ticks.WIDTH
        && y > bubble.y + bubble.height - PAD_Y - Ticks.WIDTH;
  }

  private int textTop() {
    return bubble.y + PAD_Y + head.height();
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
    int at = layout.getOffset(point.x - bubble.x - PAD_X, point.y - textTop(), trailing);
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
