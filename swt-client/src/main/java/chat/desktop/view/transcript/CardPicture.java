// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.transcript;

import chat.client.ClientEvent.Transfer;
import chat.desktop.model.room.Grouping;
import chat.desktop.model.room.MessageState;
import chat.desktop.model.room.Row;
import chat.desktop.view.widget.FileCard;
import chat.desktop.view.widget.Paint;
import chat.desktop.view.widget.Palette;
import chat.desktop.view.widget.Theme;
import java.util.function.Supplier;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.jspecify.annotations.Nullable;

/**
 * A file in the transcript. Its thumbnail is not its own: it is asked for whenever it is drawn,
 * because others may have taken its place meanwhile.
 */
public final class CardPicture implements RowPicture {
  private static final int WIDE = 330;
  private static final int HIGH = 240;
  private static final int INSET = 6;

  /** The most that is kept of a picture, sharp on a screen of 200 percent. */
  static final Point THUMBNAIL = new Point(2 * (WIDE - 2 * INSET), 2 * HIGH);

  private final RowFrame frame;
  private final FileCard card;
  private final boolean failedUpload;
  private final Rectangle area;
  private final Supplier<@Nullable Image> thumbnail;
  private final Point shown;
  private final RefusedLine foot;
  private final ReactionRow reactions;

  private CardPicture(
      GC gc,
      RowFrame frame,
      FileCard card,
      MessageState state,
      boolean failedUpload,
      Supplier<@Nullable Image> thumbnail) {
    this.frame = frame;
    this.thumbnail = thumbnail;
    this.card = card;
    this.failedUpload = failedUpload;
    int width = Math.min(WIDE, frame.widest());
    Image now = thumbnail.get();
    this.shown = now == null ? new Point(0, 0) : shown(now.getBounds(), width);
    this.area =
        new Rectangle(
            frame.bodyLeft(width),
            frame.bodyTop(),
            width,
            FileCard.HEIGHT + (now == null ? 0 : shown.y + INSET));
    this.foot = new RefusedLine(frame.theme(), gc, frame.width());
    this.reactions = new ReactionRow(gc, frame, state, area);
  }

  /** As large as there is place for, and not larger than it is. */
  private static Point shown(Rectangle picture, int width) {
    double scale =
        Math.min(
            1.0,
            Math.min((double) (width - 2 * INSET) / picture.width, (double) HIGH / picture.height));
    return new Point((int) (picture.width * scale), (int) (picture.height * scale));
  }

  static CardPicture of(
      GC gc,
      RowFrame frame,
      Row.Filed filed,
      @Nullable Transfer download,
      Supplier<@Nullable Image> thumbnail) {
    var file = filed.file();
    Theme theme = frame.theme();
    String from =
        filed.forwarded().isEmpty()
            ? ""
            : " · " + theme.text("message.forwarded", filed.forwarded());
    String pinned = filed.state().pinned() ? " · " + theme.text("message.pinned") : "";
    String note = " · " + theme.formats().time(filed.time()) + pinned + from;
    FileCard card = new FileCard(theme, file.name(), file.size(), download, note);
    return new CardPicture(gc, frame, card, filed.state(), false, thumbnail);
  }

  static CardPicture of(
      GC gc, RowFrame frame, Row.Sending sending, Supplier<@Nullable Image> thumbnail) {
    Transfer transfer = sending.transfer();
    boolean failed = transfer.state() instanceof Transfer.Failed;
    FileCard card =
        new FileCard(frame.theme(), transfer.name(), transfer.size(), failed ? null : transfer, "");
    return new CardPicture(gc, frame, card, MessageState.NOTHING, failed, thumbnail);
  }

  public FileCard card() {
    return card;
  }

  /** Where the card is, counted from the row's corner. */
  public Rectangle cardArea() {
    return cardIn(area);
  }

  @Override
  public int height() {
    return area.y + area.height + reactions.height() + (failedUpload ? RefusedLine.HEIGHT : 0);
  }

  @Override
  public void paint(GC gc, int y, @Nullable Marked marked) {
    frame.paint(gc, y);
    Palette palette = frame.theme().palette();
    Rectangle place = new Rectangle(area.x, y + area.y, area.width, area.height);
    boolean mine = frame.row().mine() && !failedUpload;
    Color fill = failedUpload ? palette.onBad() : mine ? palette.own() : palette.other();
    Paint.fill(gc, marked == null ? fill : palette.mark(), place, 12);
    FileCard.Ink ink =
        mine && marked == null
            ? new FileCard.Ink(
                palette.onOwn(), palette.quietOnOwn(), palette.onOwn(), trackOnOwn(palette))
            : new FileCard.Ink(palette.text(), palette.quiet(), palette.accent(), palette.line());
    Image picture = shown.y == 0 ? null : thumbnail.get();
    if (picture != null) {
      Rectangle whole = picture.getBounds();
      gc.setInterpolation(SWT.HIGH);
      gc.drawImage(
          picture,
          0,
          0,
          whole.width,
          whole.height,
          place.x + (place.width - shown.x) / 2,
          place.y + INSET,
          shown.x,
          shown.y);
    }
    card.paint(gc, cardIn(place), ink, !failedUpload);
    Ticks ticks = Ticks.of(frame);
    if (ticks != null) {
      Point at = ticks(cardIn(place));
      ticks.draw(gc, ink.quiet(), marked == null ? fill : palette.mark(), at.x, at.y);
    }
    reactions.paint(gc, y);
    if (failedUpload
        && frame.row() instanceof Row.Sending(Transfer transfer, long _)
        && transfer.state() instanceof Transfer.Failed(var problem, String detail)) {
      String reason = chat.desktop.model.text.Refusals.text(frame.theme().texts(), problem, detail);
      foot.paint(gc, reason, place.y + place.height);
    }
  }

  /** The card stands below the picture. */
  private static Rectangle cardIn(Rectangle place) {
    return new Rectangle(
        place.x, place.y + place.height - FileCard.HEIGHT, place.width, FileCard.HEIGHT);
  }

  /** The middle of the sign in the corner of a card. */
  private static Point ticks(Rectangle card) {
    return new Point(card.x + card.width - 21, card.y + card.height - 10);
  }

  private static Color trackOnOwn(Palette palette) {
    Color own = palette.own();
    return new Color(own.getRed() * 3 / 4, own.getGreen() * 3 / 4, own.getBlue() * 3 / 4);
  }

  @Override
  public Spot at(int x, int y) {
    if (failedUpload && y >= area.y + area.height) {
      return foot.at(x);
    }
    if (FileCard.buttonArea(cardIn(area)).contains(x, y)) {
      return new Spot.CardButton();
    }
    if (!area.contains(x, y)) {
      return reactions.at(x, y);
    }
    Ticks ticks = Ticks.of(frame);
    Point corner = ticks(cardIn(area));
    if (ticks != null && Math.hypot(corner.x - x, corner.y - y) < Ticks.WIDTH / 2.0) {
      return new Spot.Ticks(ticks.words());
    }
    return cardIn(area).contains(x, y) ? new Spot.Card() : new Spot.Thumbnail();
  }

  @Override
  public String text() {
    return card.name();
  }

  @Override
  public Rectangle body() {
    return area;
  }

  @Override
  public int offset(Point point) {
    return point.y < area.y + area.height / 2 ? 0 : card.name().length();
  }

  @Override
  public boolean fits(Row row, Grouping grouping, int width) {
    return frame.row() == row && frame.grouping().equals(grouping) && frame.width() == width;
  }

  @Override
  public void dispose() {}
}
