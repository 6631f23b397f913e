package chat.desktop.view;

import chat.client.ClientEvent.Transfer;
import chat.desktop.model.Grouping;
import chat.desktop.model.Later;
import chat.desktop.model.Row;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.jspecify.annotations.Nullable;

/** A file in the transcript. */
final class CardPicture implements RowPicture {
  private static final int WIDE = 330;

  private final RowFrame frame;
  private final FileCard card;
  private final boolean failedUpload;
  private final Rectangle area;
  private final RefusedLine foot;
  private final ReactionRow reactions;

  private CardPicture(GC gc, RowFrame frame, FileCard card, Later later, boolean failedUpload) {
    this.frame = frame;
    this.card = card;
    this.failedUpload = failedUpload;
    int width = Math.min(WIDE, frame.widest());
    this.area = new Rectangle(frame.bodyLeft(width), frame.bodyTop(), width, FileCard.HEIGHT);
    this.foot = new RefusedLine(frame.look(), gc, frame.width());
    this.reactions = new ReactionRow(gc, frame, later, area);
  }

  static CardPicture of(GC gc, RowFrame frame, Row.Filed filed, @Nullable Transfer download) {
    var file = filed.file();
    Look look = frame.look();
    String from =
        filed.forwarded().isEmpty()
            ? ""
            : " · " + look.text("message.forwarded", filed.forwarded());
    String pinned = filed.later().pinned() ? " · " + look.text("message.pinned") : "";
    String note = " · " + look.formats().time(filed.time()) + pinned + from;
    FileCard card = new FileCard(look, file.name(), file.size(), download, note);
    return new CardPicture(gc, frame, card, filed.later(), false);
  }

  static CardPicture of(GC gc, RowFrame frame, Row.Sending sending) {
    Transfer transfer = sending.transfer();
    boolean failed = transfer.state() instanceof Transfer.Failed;
    FileCard card =
        new FileCard(frame.look(), transfer.name(), transfer.size(), failed ? null : transfer, "");
    return new CardPicture(gc, frame, card, Later.NOTHING, failed);
  }

  FileCard card() {
    return card;
  }

  @Override
  public int height() {
    return area.y + area.height + reactions.height() + (failedUpload ? RefusedLine.HEIGHT : 0);
  }

  @Override
  public void paint(GC gc, int y, @Nullable Marked marked) {
    frame.paint(gc, y);
    Palette palette = frame.look().palette();
    Rectangle place = new Rectangle(area.x, y + area.y, area.width, area.height);
    boolean mine = frame.row().mine() && !failedUpload;
    Color fill = failedUpload ? palette.onBad() : mine ? palette.own() : palette.other();
    Paint.fill(gc, marked == null ? fill : palette.mark(), place, 12);
    FileCard.Ink ink =
        mine && marked == null
            ? new FileCard.Ink(
                palette.onOwn(), palette.quietOnOwn(), palette.onOwn(), trackOnOwn(palette))
            : new FileCard.Ink(palette.text(), palette.quiet(), palette.accent(), palette.line());
    card.paint(gc, place, ink, !failedUpload);
    reactions.paint(gc, y);
    if (failedUpload
        && frame.row() instanceof Row.Sending(Transfer transfer, long _)
        && transfer.state() instanceof Transfer.Failed(var problem, String detail)) {
      String reason = chat.desktop.model.Refusals.text(frame.look().texts(), problem, detail);
      foot.paint(gc, reason, place.y + place.height);
    }
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
    if (FileCard.buttonArea(area).contains(x, y)) {
      return new Spot.CardButton();
    }
    return area.contains(x, y) ? new Spot.Card() : reactions.at(x, y);
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
