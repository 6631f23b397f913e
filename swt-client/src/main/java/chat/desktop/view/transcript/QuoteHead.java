// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.transcript;

import chat.desktop.model.room.Row;
import chat.desktop.model.text.Markup;
import chat.desktop.view.widget.Paint;
import chat.desktop.view.widget.Theme;
import chat.protocol.Person;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Rectangle;
import org.jspecify.annotations.Nullable;

/** What stands above the text in a bubble: who said it first, and what it answers. */
public final class QuoteHead {
  private static final int LINE = 18;
  private static final int QUOTE = 42;
  private static final int INDENT = 10;

  private final Theme theme;
  private final String forwarded;
  private final Row.@Nullable Quote quote;
  private final int width;

  QuoteHead(GC gc, Theme theme, String from, Row.@Nullable Quote quote) {
    this.theme = theme;
    this.quote = quote;
    this.forwarded = from.isEmpty() ? "" : theme.text("message.forwarded", from);
    gc.setFont(theme.fonts().small());
    int quoted = quote == null ? 0 : INDENT + 6 + gc.textExtent(words(theme, quote)).x;
    gc.setFont(theme.fonts().smallBold());
    int named = quote == null ? 0 : INDENT + 6 + gc.textExtent(author(quote)).x;
    width = Math.max(gc.textExtent(forwarded).x, Math.max(quoted, named));
  }

  /** The words of a quote in one line. */
  public static String words(Theme theme, Row.Quote quote) {
    if (quote.author() == null) {
      return theme.text("message.earlier");
    }
    return quote.text().isEmpty()
        ? theme.text("message.deleted")
        : Markup.of(quote.text()).text().replaceAll("\\s+", " ");
  }

  private static String author(Row.Quote quote) {
    Person author = quote.author();
    return author == null ? "" : author.shown();
  }

  /** How wide it would like to be. */
  int width() {
    return width;
  }

  int height() {
    return (forwarded.isEmpty() ? 0 : LINE) + (quote == null ? 0 : QUOTE);
  }

  /** The quote counted from where the head begins; null if there is none. */
  Row.@Nullable Quote quoteAt(int y) {
    int top = forwarded.isEmpty() ? 0 : LINE;
    return y >= top && y < top + QUOTE ? quote : null;
  }

  void paint(GC gc, Rectangle area, Color text, Color quiet) {
    int y = area.y;
    if (!forwarded.isEmpty()) {
      Paint.text(gc, forwarded, theme.fonts().smallBold(), quiet, area.x, y, area.width);
      y += LINE;
    }
    Row.Quote quoted = quote;
    if (quoted == null) {
      return;
    }
    Paint.fill(gc, quiet, new Rectangle(area.x, y + 1, 3, QUOTE - 8), 1);
    int left = area.x + INDENT;
    int room = area.width - INDENT;
    String author = author(quoted);
    int middle = y + (QUOTE - 6) / 2;
    if (author.isEmpty()) {
      Paint.line(gc, words(theme, quoted), theme.fonts().small(), quiet, left, middle, room);
      return;
    }
    Paint.line(gc, author, theme.fonts().smallBold(), text, left, middle - 8, room);
    Paint.line(gc, words(theme, quoted), theme.fonts().small(), quiet, left, middle + 9, room);
  }
}
