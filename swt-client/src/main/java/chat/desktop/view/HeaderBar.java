package chat.desktop.view;

import chat.client.Link;
import chat.desktop.model.ChatModel;
import chat.desktop.model.Room;
import chat.protocol.Person;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;

/** What room this is, what it is about, and how many are here. */
final class HeaderBar extends Canvas {
  private static final int HEIGHT = 50;
  private static final int MIDDLE = 25;
  private static final int AVATAR = 28;

  private final Look look;
  private final ChatModel model;
  private final FlatButton files;

  HeaderBar(Composite parent, Look look, ChatModel model, Runnable details, Runnable toggleFiles) {
    super(parent, SWT.DOUBLE_BUFFERED);
    this.look = look;
    this.model = model;
    setData("id", "header");
    setBackground(look.palette().paper());
    files = new FlatButton(this, look, FlatButton.Weight.QUIET, "files.toggle");
    files.icon(Icon.FILES).tip(look.text("view.files")).does(toggleFiles);
    addListener(SWT.Paint, event -> paint(event.gc));
    addListener(SWT.MouseUp, _ -> details.run());
    setToolTipText(look.title("view.room"));
    addListener(SWT.Resize, _ -> place());
  }

  @Override
  public Point computeSize(int wHint, int hHint, boolean changed) {
    return new Point(wHint == SWT.DEFAULT ? 300 : wHint, HEIGHT);
  }

  void filesShown(boolean shown) {
    files.on(shown);
  }

  private void place() {
    files.setBounds(getClientArea().width - 44, 8, 36, 34);
    redraw();
  }

  private void paint(GC gc) {
    Rectangle area = getClientArea();
    Palette palette = look.palette();
    gc.setForeground(palette.line());
    gc.drawLine(0, area.height - 1, area.width, area.height - 1);
    Room room = model.current();
    if (room == null) {
      return;
    }
    int right = area.width - 54;
    String here = look.text("header.online", model.online().size());
    gc.setFont(look.fonts().normal());
    int width = gc.textExtent(here).x;
    // Who is here is only known while the server is.
    Color now = model.link() instanceof Link.Online ? palette.good() : palette.quiet();
    boolean roomy = area.width > 380 && !room.direct();
    if (roomy) {
      right -= width;
      Paint.line(gc, here, look.fonts().normal(), now, right, MIDDLE, width + 4);
      Paint.dot(gc, now, palette.paper(), right - 12, MIDDLE, 9);
      right -= 28;
    }
    int left = RowFrame.EDGE;
    if (room.direct()) {
      Person peer = room.info().peer();
      Paint.avatar(gc, look, peer, left, MIDDLE - AVATAR / 2, AVATAR);
      Paint.presence(
          gc,
          look,
          model.people().availability(peer.account()),
          palette.paper(),
          left + AVATAR - 3,
          MIDDLE + AVATAR / 2 - 3);
      left += AVATAR + 10;
    }
    left +=
        Paint.line(
            gc, room.title(), look.fonts().bold(), palette.text(), left, MIDDLE, right - left);
    if (right - left > 60) {
      int from = left + 12;
      Paint.line(
          gc, topic(room), look.fonts().normal(), palette.quiet(), from, MIDDLE, right - from);
    }
  }

  private String topic(Room room) {
    return room.info().archived() ? look.text("header.archived") : room.topic();
  }
}
